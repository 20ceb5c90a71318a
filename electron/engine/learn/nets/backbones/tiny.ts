import type { Tensor4D } from '@tensorflow/tfjs';
import { imagenetColours } from '../../../images/normalise.js';
import { normalisedConvolution } from '../../ops/layerNorm.js';
import { convolutionSpecs, type ParameterSpecs } from '../parameters.js';
import type { Backbone } from './types.js';

/** Widths after each stage; every stage halves the size. Small enough to learn from nothing in minutes on two cores. */
const widths = [24, 48, 96] as const;

/** Convolutions in a stage: a single one sees too little of an object before the first halving. */
const LAYERS_A_STAGE = 2;

interface Layer {
  name: string;
  stage: number;
  from: number;
  to: number;
}

const layers: readonly Layer[] = widths.flatMap((to, stage) =>
  Array.from({ length: LAYERS_A_STAGE }, (_, i) => ({
    name: `stage${stage + 1}.${i}`,
    stage,
    from: i === 0 ? (stage === 0 ? 3 : widths[stage - 1]) : to,
    to,
  })),
);

/** What starts from nothing has nothing to keep: no stage is ever frozen. */
function parameters(): ParameterSpecs {
  return new Map(
    layers.flatMap(({ name, from, to }) =>
      convolutionSpecs(name, { from, to, std: Math.sqrt(2 / (9 * from)), group: 'new' }),
    ),
  );
}

/** A small net in the manner of VGG, for the sample and for tests: no weights file, stride 8. */
export const tiny: Backbone = {
  name: 'tiny',
  colours: imagenetColours,
  channels: 96,
  headChannels: 96,
  fromNothing: true,
  normalised: true,
  parameters,
  features(tf, photos, weights) {
    // [B,H,W,3] -> 24 at H/2, 48 at H/4, 96 at H/8
    return tf.tidy(() =>
      layers.reduce<Tensor4D>((x, { name, stage }, i) => {
        const y = normalisedConvolution(tf, x, weights[`${name}.weight`], weights[`${name}.bias`]);
        return layers[i + 1]?.stage === stage ? y : tf.maxPool(y, 2, 2, 'same');
      }, photos),
    );
  },
};
