import { stat } from 'node:fs/promises';
import type { InferenceSession } from 'onnxruntime-node';
import { StudioError, errorDetails } from '../../../../shared/errors.js';
import { createSession, loadOnnxRuntime, type OnnxRuntime } from '../onnx/session.js';
import type { ClickFamily } from './family.js';
import type { Size } from './frame.js';
import { clickFamilies } from './registry.js';
import { isNumberType } from './tensor.js';

/** Paths of the two ONNX files. */
export interface ModelFiles {
  encoder: string;
  decoder: string;
}

/** Two networks that fit each other. */
export interface Pair {
  runtime: OnnxRuntime;
  family: ClickFamily;
  encoder: InferenceSession;
  decoder: InferenceSession;
  /** What the encoder sees. */
  picture: Size;
  /** Whether the encoder takes colours 0..255 [height, width, 3] of any size, and does the rest itself. */
  plain: boolean;
  /** Number of points that the decoder takes; null for any. */
  pointCount: number | null;
  /** Outputs of the encoder by the decoder's inputs that they go to. */
  features: ReadonlyMap<string, string>;
  /** Names of the decoder's outputs. */
  masks: string;
  scores: string;
}

/** Longest file that holds a whole model: what Protocol Buffers can say. */
const MOST_BYTES = 2 ** 31;
/** Side of the picture of a model that leaves it open. */
const SIDE = 1024;
/** Longest side that is believed; memory grows with its square. */
const MOST_SIDE = 4096;

type Port = InferenceSession['inputMetadata'][number];

const misfit = (file: string, message: string, remedy: string): StudioError =>
  new StudioError({ code: 'weights-mismatch', message, file, remedy });

const OTHER_FILES = 'Name the encoder and the decoder of a model of the SAM family, exported as two ONNX files.';

/** Throws `file-missing`, `file-unreadable`, `file-too-large`. */
async function checkFile(file: string): Promise<void> {
  const found = await stat(file).catch((error: unknown) => {
    const { code, message } = errorDetails(error);
    const missing = code === 'file-missing';
    throw new StudioError(
      {
        code: missing ? 'file-missing' : 'file-unreadable',
        message: `cannot read the model: ${message}`,
        file,
        remedy: 'Check the path and the permissions.',
      },
      { cause: error },
    );
  });
  if (!found.isFile()) {
    throw new StudioError({ code: 'file-unreadable', message: 'the model is no file', file, remedy: OTHER_FILES });
  }
  if (found.size <= MOST_BYTES) return;
  const message = `the model has ${found.size} bytes, more than ${MOST_BYTES}`;
  throw new StudioError({ code: 'file-too-large', message, file, remedy: 'Use a smaller model of the family.' });
}

/** Opens both files and finds out how they fit together. Throws as openClickModel. */
export async function openPair(files: ModelFiles): Promise<Pair> {
  await checkFile(files.encoder);
  await checkFile(files.decoder);
  const runtime = await loadOnnxRuntime('Use the other tools: the wand, superpixels, or an outline.');
  const encoder = await createSession(runtime, files.encoder, files.encoder);
  try {
    const decoder = await createSession(runtime, files.decoder, files.decoder);
    try {
      return { runtime, encoder, decoder, ...pictureOf(encoder, files.encoder), ...fitted(encoder, decoder, files) };
    } catch (error) {
      await decoder.release();
      throw error;
    }
  } catch (error) {
    await encoder.release();
    throw error;
  }
}

const EXCHANGE = 'The two files are the wrong way round: exchange them.';
const isDecoder = (inputs: readonly string[]): boolean => clickFamilies.some((family) => family.fits(inputs));

const lengthOf = (length: number | string | undefined): number => (typeof length === 'number' ? length : -1);

/** What the encoder wants to see: float32 [1,3,H,W], or [H,W,3] of any size. Throws `weights-mismatch`. */
function pictureOf(
  { inputNames, inputMetadata: [input, ...others] }: InferenceSession,
  file: string,
): Pick<Pair, 'picture' | 'plain'> {
  const wrong = (what: string): StudioError =>
    misfit(
      file,
      `the encoder ${what}; it should take one float32 picture [1,3,S,S]`,
      isDecoder(inputNames) ? EXCHANGE : OTHER_FILES,
    );
  if (others.length > 0) throw wrong(`takes ${others.length + 1} inputs`);
  if (!input?.isTensor || input.type !== 'float32') throw wrong(`takes ${input?.isTensor ? input.type : 'no tensor'}`);
  const shape = input.shape.map(lengthOf);
  const shown = `takes ${input.type} [${input.shape.join(',')}]`;
  if (shape.length === 3 && shape[2] === 3) {
    if (shape[0] > 0 || shape[1] > 0) throw wrong(shown);
    return { plain: true, picture: { width: SIDE, height: SIDE } };
  }
  if (shape.length !== 4 || shape[0] > 1 || (shape[1] > 0 && shape[1] !== 3)) throw wrong(shown);
  const [height, width] = shape.slice(2).map((side) => (side > 0 ? side : SIDE));
  if (Math.max(width, height) > MOST_SIDE) throw wrong(shown);
  return { plain: false, picture: { width, height } };
}

/** How the decoder is fed and read. Throws `weights-mismatch`. */
function fitted(
  encoder: InferenceSession,
  decoder: InferenceSession,
  { encoder: encoderFile, decoder: file }: ModelFiles,
): Pick<Pair, 'family' | 'features' | 'masks' | 'scores' | 'pointCount'> {
  const family = clickFamilies.find((one) => one.fits(decoder.inputNames));
  if (!family) {
    const message = `the decoder takes ${decoder.inputNames.join(', ')}, which no known family does`;
    throw misfit(file, message, isDecoder(encoder.inputNames) ? EXCHANGE : OTHER_FILES);
  }
  const features = featuresFor(family, encoder, decoder, encoderFile, file);
  const named = (names: readonly string[], what: string): string => {
    const found = decoder.outputMetadata.find((port) => names.includes(port.name) && isFloat(port));
    if (found) return found.name;
    const message = `the decoder gives ${decoder.outputNames.join(', ')}, and no ${what} (${names.join(', ')}) as float32`;
    throw misfit(file, message, OTHER_FILES);
  };
  return {
    family,
    features,
    masks: named(family.masks, 'masks'),
    scores: named(family.scores, 'scores'),
    pointCount: pointCountOf(decoder),
  };
}

const isFloat = (port: Port): boolean => port.isTensor && port.type === 'float32';

/** Points that the decoder declares: the length before the last of its coordinates. */
function pointCountOf({ inputMetadata }: InferenceSession): number | null {
  const port = inputMetadata.find(({ name }) => name === 'point_coords' || name === 'input_points');
  const count = port?.isTensor ? lengthOf(port.shape.at(-2)) : -1;
  return count > 0 ? count : null;
}

/** Which output of the encoder each input of the decoder gets that is no click. Throws `weights-mismatch`. */
function featuresFor(
  family: ClickFamily,
  encoder: InferenceSession,
  decoder: InferenceSession,
  encoderFile: string,
  file: string,
): Map<string, string> {
  const features = new Map<string, string>();
  const given = new Set(encoder.outputNames);
  const others = decoder.inputMetadata.filter(({ name }) => !Object.hasOwn(family.inputs, name));
  for (const port of decoder.inputMetadata) {
    if (!port.isTensor || (Object.hasOwn(family.inputs, port.name) && !isNumberType(port.type))) {
      const type = port.isTensor ? port.type : 'no tensor';
      throw misfit(file, `the decoder takes ${port.name} as ${type}`, 'Export the model with float32 numbers.');
    }
  }
  for (const { name } of others) {
    // Where there is only one thing to hand over, its two names need not agree.
    const only = others.length === 1 && given.size === 1 ? encoder.outputNames[0] : undefined;
    const source = given.has(name) ? name : only;
    if (source === undefined) {
      const message = `the decoder wants ${name}, which is no click, and the encoder gives ${encoder.outputNames.join(', ')}`;
      throw misfit(encoderFile, message, 'Use an encoder and a decoder that were exported together.');
    }
    features.set(name, source);
  }
  return features;
}
