import { packRuns } from '../../../../../shared/label-map/runs.js';
import { WORKING_PIXELS, decodePhoto } from '../../../images/index.js';
import {
  openClickModel,
  type ClickModel,
  type ClickPoint,
  type Encoded,
  type ModelFiles,
} from '../../../learn/clicks/model.js';
import type { SessionKind } from '../session.js';

/** What is wanted of a model. */
export type ClickQuestion =
  /** Whether its files can be used at all. */
  | { ask: 'check' }
  /** The mask that fits clicks on a photo best. `photo` is its file, `version` changes with it, the size is that of the mask. */
  | {
      ask: 'mask';
      photo: string;
      version: string;
      width: number;
      height: number;
      points: readonly ClickPoint[];
    };

export type ClickAnswer =
  | { ask: 'check'; family: string; side: number }
  /** Labels 0 and 1, row by row, as packed runs; and how well the model thinks that they fit. */
  | { ask: 'mask'; labels: Uint8Array; score: number };

/** Photos whose encoding is kept: a person goes back and forth between two or three. Each takes some megabytes. */
const KEPT = 4;

async function encodedBy(
  model: ClickModel,
  kept: Map<string, Encoded>,
  { photo, version, width, height }: Extract<ClickQuestion, { ask: 'mask' }>,
): Promise<Encoded> {
  const key = `${photo}\n${version}`;
  const found = kept.get(key) ?? (await model.encode(await decodePhoto(photo, WORKING_PIXELS), { width, height }));
  kept.delete(key);
  kept.set(key, found);
  for (const oldest of [...kept.keys()].slice(0, -KEPT)) kept.delete(oldest);
  return found;
}

/** Masks by clicks, on networks that stay loaded: they hold up the thread that they run on. */
export const clicksSession: SessionKind<ModelFiles, ClickQuestion, ClickAnswer> = {
  async open(files) {
    const model = await openClickModel(files);
    const kept = new Map<string, Encoded>();
    return async (question) => {
      if (question.ask === 'check') {
        const { family, picture } = model;
        return { ask: 'check', family, side: Math.max(picture.width, picture.height) };
      }
      const { mask, score } = await model.segment(await encodedBy(model, kept, question), question.points);
      return { ask: 'mask', labels: packRuns(mask), score };
    };
  },
};
