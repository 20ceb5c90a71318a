import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { StudioError, errorDetails } from '../../../../shared/errors.js';
import type { RgbImage } from '../../../../shared/types.js';
import type { OnnxRuntime } from '../onnx/session.js';
import type { ClickPoint, DecoderCall } from './family.js';
import { frameOf, normalisedPicture, plainPicture, type Frame, type Size } from './frame.js';
import { bestOf, maskOf } from './masks.js';
import { openPair, type ModelFiles, type Pair } from './pair.js';
import { tensorOf } from './tensor.js';

export type { ClickPoint } from './family.js';
export type { ModelFiles } from './pair.js';

/** What an encoder has made of a photo; a few megabytes. */
export interface Encoded {
  features: Readonly<Record<string, Tensor>>;
  photo: Size;
  frame: Frame;
}

/** A mask that answers clicks. */
export interface ClickMask extends Size {
  /** 1 inside, 0 outside, uint8 [height, width]. */
  mask: Uint8Array;
  /** How well the model expects the mask to fit (its estimate of the IoU), about 0..1. */
  score: number;
}

/** A pair of networks that answers clicks. Both hold up the thread that they run on: seconds to encode, then tenths. */
export interface ClickModel {
  family: string;
  /** Size of the picture that the encoder sees. */
  picture: Size;
  /**
   * Looks at a photo, once for all clicks.
   *
   * @param size of the photo, where its pixels come at a reduced one
   */
  encode(photo: RgbImage, size?: Size): Promise<Encoded>;
  /** The mask of the photo's size that fits the clicks best. Throws `usage` where the model takes fewer clicks. */
  segment(encoded: Encoded, points: readonly ClickPoint[]): Promise<ClickMask>;
  close(): Promise<void>;
}

/**
 * Loads a pair of networks.
 *
 * @throws StudioError runtime-unsupported, file-missing, file-unreadable, file-too-large, weights-damaged,
 *   weights-mismatch (naming the file and what does not fit)
 */
export async function openClickModel(files: ModelFiles): Promise<ClickModel> {
  const pair = await openPair(files);
  const { family, runtime, encoder, decoder, picture, plain } = pair;
  return {
    family: family.name,
    picture,
    async encode(photo, size = photo) {
      const frame = frameOf(size, picture, family.framing);
      const { width, height } = plain ? frame.content : picture;
      const pixels = plain ? plainPicture(photo, frame) : normalisedPicture(photo, frame);
      const shape = plain ? [height, width, 3] : [1, 3, height, width];
      const input = { [encoder.inputNames[0]]: new runtime.Tensor('float32', pixels, shape) };
      const features = await ran(encoder, input, files.encoder);
      return { features, frame, photo: { width: size.width, height: size.height } };
    },
    async segment({ features, photo, frame }, points) {
      const call = callOf(pair, points, photo, frame, files.decoder);
      const answer = await ran(decoder, feedsOf(runtime, pair, features, call), files.decoder);
      const logits = answer[pair.masks];
      const scores = answer[pair.scores].data as Float32Array;
      const [height, width] = logits.dims.slice(-2);
      const best = bestOf({ scores }, points.length);
      const data = (logits.data as Float32Array).subarray(best * width * height, (best + 1) * width * height);
      return { ...photo, mask: maskOf({ width, height, data }, photo, frame), score: scores[best] };
    },
    async close() {
      await Promise.all([encoder.release(), decoder.release()]);
    },
  };
}

/** The clicks in the network's picture, with those that stand for nothing. Throws `usage`. */
function callOf(
  { family, pointCount }: Pair,
  clicks: readonly ClickPoint[],
  photo: Size,
  { scale }: Frame,
  file: string,
): DecoderCall {
  const none = { x: 0, y: 0, label: -1 };
  const points = clicks.map(({ x, y, positive }) => ({ x: x * scale.x, y: y * scale.y, label: Number(positive) }));
  if (family.pointForNoBox) points.push(none);
  if (pointCount !== null && points.length > pointCount) {
    const most = pointCount - Number(family.pointForNoBox);
    throw new StudioError({
      code: 'usage',
      message: `the model takes ${most} clicks at most, not ${clicks.length}`,
      file,
      remedy: 'Take what there is, and go on with other clicks, or use a model that takes any number of them.',
    });
  }
  while (pointCount !== null && points.length < pointCount) points.push(none);
  return { points, photo };
}

function feedsOf(
  runtime: OnnxRuntime,
  { decoder, family, features: sources }: Pair,
  features: Encoded['features'],
  call: DecoderCall,
): Record<string, Tensor> {
  const feeds: Record<string, Tensor> = {};
  for (const port of decoder.inputMetadata) {
    if (!port.isTensor) continue;
    const shape = port.shape.map((length) => (typeof length === 'number' ? length : -1));
    const source = sources.get(port.name);
    feeds[port.name] =
      source === undefined ? tensorOf(runtime, port.type, family.inputs[port.name](call, shape)) : features[source];
  }
  return feeds;
}

/** Runs a network; what it says against its inputs is said of its file. */
async function ran(
  session: InferenceSession,
  feeds: Record<string, Tensor>,
  file: string,
): Promise<Record<string, Tensor>> {
  try {
    return (await session.run(feeds)) as Record<string, Tensor>;
  } catch (error) {
    throw new StudioError(
      {
        code: 'weights-mismatch',
        message: `the model cannot be run: ${errorDetails(error).message}`,
        file,
        remedy: 'Use an encoder and a decoder that were exported together, from the same weights.',
      },
      { cause: error },
    );
  }
}
