import type { Tensor4D } from '@tensorflow/tfjs';
import type { TrainSettings } from '../../../../shared/settings/index.js';
import { photoBatch } from '../batch.js';
import { keepBounds, type KeepBounds } from '../kept/bounds.js';
import { keptNumbers, type KeptNumbers } from '../kept/store.js';
import type { Backbone } from '../nets/backbones/index.js';
import { frozenStagesOf, lowerFeatures } from '../nets/classifier.js';
import type { Tf } from '../runtime/tensorflow.js';
import { variantsOf } from './looks.js';
import type { PreparedBatch, Seen } from './prepared.js';
import { viewSize } from './seen.js';
import type { TrainingState } from './state.js';

/** A net in training. */
export interface NetContext {
  tf: Tf;
  backbone: Backbone;
  state: TrainingState;
  settings: TrainSettings;
}

/** What the frozen stages made of photos, kept from one epoch to the next. */
export interface KeptFeatures extends KeptNumbers {
  /** Of the last frozen stage. */
  channels: number;
}

/** What the photos of a batch enter the trained stages as, each float32 [B,h,w,C]. */
export interface NetInputs {
  /** First images, then second ones. */
  both: Tensor4D;
  /** The first images in each view of theirs. */
  views: Tensor4D[];
}

/** Shape of what the frozen stages make of a square photo. */
function lowerShape({ tf, backbone, state, settings }: NetContext, side: number): number[] {
  return tf.tidy(() => {
    const photo = tf.zeros([1, side, side, 3]) as Tensor4D;
    return lowerFeatures(tf, backbone, state.weights, photo, frozenStagesOf(backbone, settings)).shape.slice(1);
  });
}

/**
 * A place for what frozen stages make of photos. Null where nothing comes again: no stage is frozen, or every photo looks
 * otherwise every time.
 *
 * @param count images that take part
 */
export function keptFeatures(
  context: NetContext,
  count: number,
  bounds: KeepBounds = keepBounds(context.settings),
): KeptFeatures | null {
  const { backbone, settings } = context;
  const variants = variantsOf(settings);
  if (!settings['cache.frozen'] || variants === 0 || frozenStagesOf(backbone, settings) === 0) return null;
  const sides = ['mirror', ...settings['pairs.self']].map((view) => viewSize(view, settings.inputSize));
  const shapes = sides.map((side) => lowerShape(context, side));
  const each = shapes.reduce((sum, [height, width, channels]) => sum + 4 * height * width * channels, 0);
  return { ...keptNumbers(count * variants * each, bounds), channels: shapes[0][2] };
}

/** Photos through the frozen stages: float32 [B,h,w,C]; photos as they are where no stage is frozen. */
function computed({ tf, backbone, state, settings }: NetContext, seen: readonly Seen[]): Tensor4D {
  return tf.tidy(() => {
    const photos = seen.map(({ photo }) => photo!);
    const x = photoBatch(tf, photos, backbone.colours);
    return lowerFeatures(tf, backbone, state.weights, x, frozenStagesOf(backbone, settings));
  });
}

/** The same out of what is kept; what is not there yet is computed and kept. */
function fromKept(context: NetContext, kept: KeptFeatures, seen: readonly Seen[]): Tensor4D {
  const missing = new Map(seen.filter(({ key }) => !kept.has(key!)).map((one) => [one.key!, one]));
  const fresh = new Map<string, Float32Array>();
  if (missing.size > 0) {
    const x = computed(context, [...missing.values()]);
    const values = x.dataSync() as Float32Array;
    const size = values.length / missing.size;
    [...missing.keys()].forEach((key, i) => fresh.set(key, kept.put(key, values.slice(i * size, (i + 1) * size))));
    x.dispose();
  }
  const rows = seen.map(({ key }) => fresh.get(key!) ?? kept.get(key!));
  const side = Math.sqrt(rows[0].length / kept.channels);
  const all = new Float32Array(rows.length * rows[0].length);
  rows.forEach((row, i) => all.set(row, i * row.length));
  return context.tf.tensor4d(all, [rows.length, side, side, kept.channels]);
}

/**
 * What the photos of a batch enter the trained stages as; the caller disposes it. To be called outside of what gradients
 * are taken of: what the frozen stages compute on the way is not held for them.
 */
export function netInputs(context: NetContext & { kept?: KeptFeatures | null }, batch: PreparedBatch): NetInputs {
  const { tf, kept } = context;
  const lower = (seen: readonly Seen[]): Tensor4D => (kept ? fromKept(context, kept, seen) : computed(context, seen));
  return tf.tidy(() => ({
    both: lower([...batch.first, ...batch.second]),
    views: batch.views.map(({ photos }) => lower(photos)),
  }));
}

/** Whether anything that a step makes of a photo is not kept yet, so that its pixels are needed. */
export const needsPhoto = (kept: KeptFeatures | null, keys: readonly string[]): boolean =>
  !kept || keys.some((key) => !kept.has(key));
