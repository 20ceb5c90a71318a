/**
 * What one step of a threshold's slider costs the page: the mask fused anew from two maps and saliency of 500x375, and its
 * pixels coloured, under each rule of fusion in turn.
 *
 * Usage: npm run bench -- thresholds
 */
import { labelPixels } from '../../renderer/pictures/label-pixels.js';
import { fusionRule } from '../../shared/fusion/registry.js';
import type { FusionInputs } from '../../shared/fusion/rule.js';
import { vocPalette } from '../../shared/palette.js';
import { fusionRules, maskSettings } from '../../shared/settings/index.js';
import { photoOf } from './support/photos.js';
import { benchSide } from './support/side.js';

const [WIDTH, HEIGHT] = [500, 375];
/** Steps of a round. */
const CHANGES = 60;

/** A grey picture that is neither flat nor noise. */
const grey = (seed: number) => {
  const { data } = photoOf(seed, WIDTH, HEIGHT);
  return { width: WIDTH, height: HEIGHT, data: Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) => data[i * 3]) };
};

await benchSide(
  async () => undefined,
  async () => {
    const maps = [0, 1].map((classIndex) => ({ classIndex, map: grey(classIndex) }));
    const inputs: FusionInputs = { width: WIDTH, height: HEIGHT, classes: [0, 1], maps, saliency: grey(2) };
    const palette = vocPalette(21);
    const change = (step: number): number => {
      const share = (step % CHANGES) / CHANGES;
      const rule = fusionRules[step % fusionRules.length];
      const settings = maskSettings.resolve({ rule, 'plain.background': share, 'reference.foreground': share, 'saliency.threshold': Math.round(share * 255) }); // prettier-ignore
      return labelPixels(fusionRule(rule).fuse(inputs, settings), palette).length;
    };
    for (let step = 0; step < CHANGES; step++) change(step);
    return {
      versions: { node: process.versions.node },
      check: [],
      round() {
        for (let step = 0; step < CHANGES; step++) change(step);
        return CHANGES;
      },
    };
  },
);
