import type { Tensor4D } from '@tensorflow/tfjs';
import type { Tf } from '../../runtime/tensorflow.js';
import type { Colours } from '../../../images/normalise.js';
import type { Parameters, ParameterSpecs } from '../parameters.js';

/** A network that turns photos into features at an eighth of their size. */
export interface Backbone {
  name: string;
  /** What colours are turned into before the net sees them. */
  colours: Colours;
  /** Channels of the features. */
  channels: number;
  /** Channels of the three convolutions that follow. */
  headChannels: number;
  /** Whether it can start from random weights; others need a weights file. */
  fromNothing: boolean;
  /** Whether the convolutions that follow are normalised layer by layer: without it, a net from nothing dies out. */
  normalised: boolean;
  /** Weights by name, without the `backbone.` prefix; those of the first `frozenStages` stages are frozen where they come trained. */
  parameters(frozenStages: number): ParameterSpecs;
  /**
   * @param photos float32 [B,H,W,3], normalised by `colours`
   * @returns float32 [B,ceil(H/8),ceil(W/8),channels]
   */
  features(tf: Tf, photos: Tensor4D, weights: Parameters): Tensor4D;
}
