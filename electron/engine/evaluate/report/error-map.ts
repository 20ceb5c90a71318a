import { outcomeColours, outcomeTextures, outcomes, type Outcome } from '../../../../shared/outcomes.js';
import { IGNORE, type ByteImage, type LabelMap } from '../../../../shared/types.js';

function outcomeOf(truth: number, mask: number): Outcome {
  if (truth === IGNORE) return 'ignored';
  const given = mask === IGNORE ? 0 : mask;
  if (given === truth) return truth === 0 ? 'background' : 'object';
  if (given === 0) return 'missed';
  return truth === 0 ? 'invented' : 'confused';
}

/** uint8 [height, width]: the place in `outcomes` of what happened at each pixel; undecided counts as background. */
export function outcomeMap(truth: LabelMap, mask: LabelMap): ByteImage {
  const data = truth.data.map((label, at) => outcomes.indexOf(outcomeOf(label, mask.data[at])));
  return { width: truth.width, height: truth.height, data };
}

/** How much of its brightness the photo keeps where the mask is right, so that mistakes stand out. */
const BRIGHTNESS = { background: 0.35, object: 0.85 } as const;
/** Share of white in the mark of a texture. */
const MARK = 0.35;

/**
 * RGB bytes [height, width, 3] of a picture of the mistakes over the grey photo. `outcome` and `grey` have the size of
 * the picture; textures are in its pixels.
 */
export function paintOutcomes(outcome: ByteImage, grey: Uint8Array): Uint8Array {
  const { width, data } = outcome;
  const picture = new Uint8Array(data.length * 3);
  for (let i = 0; i < data.length; i++) {
    const what = outcomes[data[i]];
    if (what === 'background' || what === 'object') {
      picture.fill(Math.round(grey[i] * BRIGHTNESS[what]), i * 3, i * 3 + 3);
      continue;
    }
    const share = outcomeTextures[what](i % width, Math.floor(i / width)) ? MARK : 0;
    outcomeColours[what].forEach((value, at) => (picture[i * 3 + at] = Math.round(value + (255 - value) * share)));
  }
  return picture;
}
