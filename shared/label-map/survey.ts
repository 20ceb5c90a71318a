import { IGNORE, type LabelMap } from '../types.js';
import { countIslands } from './islands.js';

/** Pieces of fewer pixels than this are islands: at least 16, and of large masks a 50,000th. */
export const islandSize = ({ width, height }: { width: number; height: number }): number =>
  Math.max(16, Math.round((width * height) / 50_000));

/** Above this share of ignored pixels there is little left to learn from. */
const MUCH_IGNORED = 0.2;

/** Figures of a mask. */
export interface Survey {
  /** Pixels of each of 256 labels. */
  counts: number[];
  /** Islands of each class that has any: label and number. */
  islands: [label: number, count: number][];
}

/** Something about a mask that is probably wrong. */
export type Warning =
  | { kind: 'unlabelled'; label: number; share: number }
  | { kind: 'empty'; label: number }
  | { kind: 'islands'; label: number; count: number }
  | { kind: 'ignored'; share: number };

/** Counts pixels and islands. */
export function surveyOf(map: LabelMap): Survey {
  const counts = new Uint32Array(256);
  for (let i = 0; i < map.data.length; i++) counts[map.data[i]]++;
  const least = islandSize(map);
  const islands = [...counts.keys()]
    .filter((label) => label > 0 && label < IGNORE && counts[label] > 0)
    .map((label): [number, number] => [label, countIslands(map, label, least)])
    .filter(([, count]) => count > 0);
  return { counts: [...counts], islands };
}

/**
 * What is probably wrong: a class that is none of the image's labels, a label without a pixel, islands, much ignored.
 *
 * @param classes 0-based, of the image; where it has none, nothing is said of them
 */
export function warningsOf({ counts, islands }: Survey, classes: readonly number[]): Warning[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const labels = classes.map((index) => index + 1);
  const present = counts.flatMap((count, label) => (label > 0 && label < IGNORE && count > 0 ? [label] : []));
  const foreign = classes.length > 0 ? present.filter((label) => !labels.includes(label)) : [];
  const ignored = counts[IGNORE] / total;
  return [
    ...foreign.map((label): Warning => ({ kind: 'unlabelled', label, share: counts[label] / total })),
    ...labels.filter((label) => counts[label] === 0).map((label): Warning => ({ kind: 'empty', label })),
    ...islands.map(([label, count]): Warning => ({ kind: 'islands', label, count })),
    ...(ignored > MUCH_IGNORED ? [{ kind: 'ignored', share: ignored } as const] : []),
  ];
}
