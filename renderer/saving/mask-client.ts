import { api, type AnswerOf } from '../../shared/api/index.js';
import { fromBase64, toBase64 } from '../../shared/base64.js';
import { labelsIn } from '../../shared/label-map/patch.js';
import type { Rect } from '../../shared/label-map/rect.js';
import { packRuns, unpackRuns } from '../../shared/label-map/runs.js';
import type { LabelMap } from '../../shared/types.js';
import { StudioError, errorDetails, type ErrorDetails } from '../../shared/errors.js';
import { engine } from '../api/engine.js';

/** Name of the set of masks made by hand. */
export const CORRECTED = 'corrected';

/** A mask of an image as the engine has it. */
export interface LoadedMask {
  map: LabelMap;
  version: string;
}

export interface ImageAddress {
  project: string;
  id: string;
}

/** Fetches the labels of a mask. Rejects with what the engine says against it. */
export async function fetchMask({ project, id }: ImageAddress, set: string): Promise<LoadedMask> {
  const { width, height, labels, version } = await engine.call(api.masks.labels, { params: { project, id, set } });
  return { map: { width, height, data: unpackRuns(fromBase64(labels), width * height) }, version };
}

/** Fetches what there is about an image. Rejects with what the engine says against it. */
export const fetchDetails = ({ project, id }: ImageAddress): Promise<AnswerOf<typeof api.images.get>> =>
  engine.call(api.images.get, { params: { project, id } });

/** Saves a mask made by hand over the version `base`; returns the new version. Rejects with why not, naming the file. */
export async function sendMask({ project, id }: ImageAddress, map: LabelMap, base: string | null): Promise<string> {
  const { width, height, data } = map;
  const body = { width, height, labels: toBase64(packRuns(data)), base };
  try {
    return (await engine.call(api.masks.save, { params: { project, id }, body })).version;
  } catch (reason) {
    // What did not reach the engine, or was not let in, names no file yet.
    throw new StudioError({ file: `masks/${CORRECTED}/${id}.png`, ...named(errorDetails(reason)) }, { cause: reason });
  }
}

const named = ({ file, ...details }: ErrorDetails): ErrorDetails =>
  file === undefined ? details : { file, ...details };

/** The labels of a box of a mask as a CRF sees them in the photo, row by row. Rejects with what the engine says against it. */
export async function refineMask(
  { project, id }: ImageAddress,
  map: LabelMap,
  { left, top, right, bottom }: Rect,
): Promise<Uint8Array> {
  // prettier-ignore
  const [width, height] = [right - left, bottom - top];
  const packed = toBase64(packRuns(labelsIn(map, { left, top, right, bottom })));
  const body = { left, top, width, height, labels: packed };
  const { labels } = await engine.call(api.masks.refine, { params: { project, id }, body });
  return unpackRuns(fromBase64(labels), width * height);
}

/** Takes the mask made by hand away. */
export async function removeMask({ project, id }: ImageAddress, base: string): Promise<void> {
  await engine.call(api.masks.reset, { params: { project, id }, body: { base } });
}
