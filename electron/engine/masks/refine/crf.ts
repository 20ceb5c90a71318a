import { StudioError } from '../../../../shared/errors.js';
import type { RefineSettings } from '../../../../shared/settings/index.js';
import { IGNORE } from '../../../../shared/types.js';
import { denseCrf, unaryFromLabels, unaryFromProbabilities, type CrfParameters } from '../crf/index.js';
import type { MaskRefiner, RefineInputs } from './refiner.js';

/** Lattices take some 100 bytes a pixel, and labels 8 each: about 2.2 GB for this many with four labels. */
const MOST_PIXELS = 2 ** 24;

function parametersOf(settings: RefineSettings): CrfParameters {
  return {
    iterations: settings['crf.iterations'],
    gaussian: { sxy: settings['crf.gaussian.sxy'], compat: settings['crf.gaussian.compat'] },
    bilateral: {
      sxy: settings['crf.bilateral.sxy'],
      srgb: settings['crf.bilateral.srgb'],
      compat: settings['crf.bilateral.compat'],
    },
  };
}

/** Labels to choose between and unary energies, float32 [pixels, labels]; ignored pixels are open to every label. */
function energiesOf({ labels: map, probabilities }: RefineInputs, settings: RefineSettings) {
  if (probabilities && settings['crf.unary'] === 'probabilities') {
    const { labels, data } = probabilities;
    const unary = unaryFromProbabilities(data, settings['crf.clip']);
    map.data.forEach((label, point) => {
      if (label === IGNORE) unary.fill(0, point * labels.length, (point + 1) * labels.length);
    });
    return { labels, unary };
  }
  const labels = [...new Set(map.data)].filter((label) => label !== IGNORE).sort((a, b) => a - b);
  return { labels, unary: unaryFromLabels(map.data, labels, settings['crf.confidence']) };
}

/**
 * The most likely labels of a dense CRF whose unary energies come from the rule's probabilities or, where it has none or
 * `crf.unary` says so, from its label map. Only labels that the image has take part.
 */
export const crfRefiner: MaskRefiner = {
  refine(inputs, settings) {
    const { labels: map, photo } = inputs;
    if (map.data.length > MOST_PIXELS) {
      throw new StudioError({
        code: 'size-mismatch',
        message: `the photo is too large for a CRF: ${map.width}x${map.height}, more than 16 million pixels`,
        remedy: 'Make the photo smaller, or its mask without refinement (--refine none).',
      });
    }
    const { labels, unary } = energiesOf(inputs, settings);
    if (labels.length < 2) return map;
    const marginals = denseCrf(unary, labels.length, photo, parametersOf(settings));
    const data = map.data.map((label, point) => {
      if (label === IGNORE) return IGNORE;
      const from = point * labels.length;
      let best = 0;
      for (let k = 1; k < labels.length; k++) if (marginals[from + k] > marginals[from + best]) best = k;
      return labels[best];
    });
    return { ...map, data };
  },
};
