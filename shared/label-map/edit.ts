import type { LabelMap } from '../types.js';
import { refused, type Outcome } from './outcome.js';
import { labelsIn, patchOf, type Patch } from './patch.js';
import { around, isEmpty, shared, wholeOf, type Rect } from './rect.js';
import type { Rules } from './rules.js';

/** Side of the squares of pixels that are kept before they are written to: small beside a brush, cheap to look up. */
const TILE = 64;

/**
 * A change of a label map in progress: a stroke, a fill. All writing goes through it, so that rules hold and it can be
 * undone to the byte. What it has touched is read from `outcome` after each piece.
 */
export class Edit {
  readonly #tiles = new Map<number, Uint8Array>();
  readonly #columns: number;
  #touched: Rect | null = null;
  #fresh: Rect | null = null;

  constructor(
    readonly map: LabelMap,
    readonly rules: Rules,
  ) {
    this.#columns = Math.ceil(map.width / TILE);
  }

  /**
   * Gives the pixels from `left` up to `right` of a row a label, as far as the rules let it.
   *
   * @param only of these, only pixels that have this label now
   */
  span(y: number, left: number, right: number, label: number, only = -1): void {
    const { clip, paintable, erasable, givable } = this.rules;
    const [from, to] = [Math.max(left, clip.left), Math.min(right, clip.right)];
    if (y < clip.top || y >= clip.bottom || from >= to || !givable[label]) return;
    this.#keep(y, from, to);
    const { data, width } = this.map;
    const allowed = label === 0 ? erasable : paintable;
    const row = y * width;
    let [first, last] = [-1, -1];
    for (let i = row + from; i < row + to; i++) {
      const old = data[i];
      if (old === label || allowed[old] === 0 || (only >= 0 && old !== only)) continue;
      data[i] = label;
      if (first < 0) first = i;
      last = i;
    }
    if (first >= 0) this.#touch(first - row, y, last - row + 1);
  }

  /** What was touched since the last call. */
  outcome(): Outcome {
    const touched = this.#fresh;
    this.#fresh = null;
    return touched ? { ok: true, touched } : refused('unchanged');
  }

  /** Puts every pixel back as it was. Returns where something had changed; the edit can go on from there. */
  restore(): Rect | null {
    const touched = this.#touched;
    const { data, width } = this.map;
    for (const [tile, kept] of this.#tiles) {
      const { left, top, right, bottom } = this.#rectOf(tile);
      for (let y = top, at = 0; y < bottom; y++, at += right - left) {
        data.set(kept.subarray(at, at + right - left), y * width + left);
      }
    }
    this.#tiles.clear();
    [this.#touched, this.#fresh] = [null, null];
    return touched;
  }

  /** What undoes it, or null where nothing has changed. */
  patch(): Patch | null {
    const rect = this.#touched;
    if (!rect) return null;
    const before = labelsIn(this.map, rect);
    const columns = rect.right - rect.left;
    for (const [tile, kept] of this.#tiles) {
      const own = this.#rectOf(tile);
      const part = shared(own, rect);
      if (isEmpty(part)) continue;
      for (let y = part.top; y < part.bottom; y++) {
        const start = (y - own.top) * (own.right - own.left) + part.left - own.left;
        before.set(kept.subarray(start, start + part.right - part.left), (y - rect.top) * columns + part.left - rect.left); // prettier-ignore
      }
    }
    return patchOf(rect, before);
  }

  #touch(left: number, y: number, right: number): void {
    const row = { left, top: y, right, bottom: y + 1 };
    this.#touched = around(this.#touched, row);
    this.#fresh = around(this.#fresh, row);
  }

  #rectOf(tile: number): Rect {
    const [left, top] = [(tile % this.#columns) * TILE, Math.floor(tile / this.#columns) * TILE];
    return shared({ left, top, right: left + TILE, bottom: top + TILE }, wholeOf(this.map));
  }

  #keep(y: number, from: number, to: number): void {
    const row = Math.floor(y / TILE) * this.#columns;
    for (let tile = row + Math.floor(from / TILE); tile <= row + Math.floor((to - 1) / TILE); tile++) {
      if (!this.#tiles.has(tile)) this.#tiles.set(tile, labelsIn(this.map, this.#rectOf(tile)));
    }
  }
}
