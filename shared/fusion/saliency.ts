import type { FusionRule } from './rule.js';

/**
 * The baseline that needs no learning: what stands out more than `threshold` (0..255) has the image's first label
 * (in a project the lowest class). Any method should beat it, and where photos show one thing each that is not easy.
 */
export const saliencyRule: FusionRule = {
  name: 'saliency',
  needs: { maps: 'unused', saliency: 'required' },
  fuse({ width, height, classes, saliency }, settings) {
    const label = classes.length > 0 ? classes[0] + 1 : 0;
    const threshold = settings['saliency.threshold'];
    const data = saliency!.data.map((byte) => (byte > threshold ? label : 0));
    return { width, height, data };
  },
};
