import type { Tensor4D } from '@tensorflow/tfjs';
import type { Tf } from '../../runtime/tensorflow.js';
import type { Colours } from '../../../images/normalise.js';
import type { Parameters, ParameterSpecs } from '../parameters.js';

/** Stages of a backbone: those from `from` (default the first) to before `to` (default all). */
export interface Span {
  from?: number;
  to?: number;
}

/** A network that turns photos into features at an eighth of their size. */
export interface Backbone {
  name: string;
  /** What colours are turned into before the net sees them. */
  colours: Colours;
  /** Parts that it consists of, each with the input of the next one as its result; `frozenStages` counts them. */
  stageCount: number;
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
   * @param x float32 [B,H,W,3], photos normalised by `colours`; where `span` begins later, what the stages before it give
   * @returns float32 [B,ceil(H/8),ceil(W/8),channels]; where `span` ends earlier, what the next stage takes
   */
  features(tf: Tf, x: Tensor4D, weights: Parameters, span?: Span): Tensor4D;
}
