import { errorKinds, type ErrorKind } from '../../../shared/evaluation.js';
import { labelComponents, type Component } from '../images/regions/index.js';
import type { ErrorMap } from './error-kinds.js';

/** A connected piece of wrong pixels of one kind about one label. */
export interface ErrorRegion {
  kind: ErrorKind;
  label: number;
  pixels: number;
  /** In pixels of the image. */
  box: Component['box'];
}

/** Codes of a byte that stand for kind and label; more combinations than this do not occur in an image of any sense. */
const MOST_CODES = 255;

/** The largest pieces of wrong pixels, the largest first. */
export function errorRegions({ width, height, kinds, about }: ErrorMap, most: number): ErrorRegion[] {
  const codes = new Map<number, number>();
  const parts: { kind: ErrorKind; label: number }[] = [];
  const data = new Uint8Array(kinds.length);
  for (let i = 0; i < kinds.length; i++) {
    if (kinds[i] === 0) continue;
    const key = kinds[i] * 256 + about[i];
    const known = codes.get(key);
    if (known === undefined && parts.length < MOST_CODES) {
      codes.set(key, parts.push({ kind: errorKinds[kinds[i] - 1], label: about[i] }));
    }
    data[i] = codes.get(key) ?? 0;
  }
  return labelComponents({ width, height, data }, 8)
    .components.sort((a, b) => b.area - a.area)
    .slice(0, most)
    .map(({ label, area, box }) => ({ ...parts[label - 1], pixels: area, box }));
}
