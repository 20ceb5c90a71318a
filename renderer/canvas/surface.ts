import type { Edit } from '../../shared/label-map/edit.js';
import type { StepName } from '../../shared/label-map/history.js';
import type { Outcome } from '../../shared/label-map/outcome.js';
import type { OutlineMode } from '../../shared/label-map/polygon.js';
import type { Rect } from '../../shared/label-map/rect.js';
import type { PaintOver } from '../../shared/label-map/rules.js';
import type { TipShape } from '../../shared/label-map/tip.js';
import type { Photo } from '../../shared/label-map/wand.js';
import type { LabelMap } from '../../shared/types.js';
import type { Segmentation } from '../../shared/superpixels/slic.js';

interface Place {
  x: number;
  y: number;
}

/** A click on the thing that is meant, or beside it. */
export interface Click extends Place {
  positive: boolean;
}

/** Something that is drawn over the mask and is none of it yet, in image coordinates. */
export type Draft =
  | { kind: 'outline'; corners: readonly Place[]; mode: OutlineMode; closed: boolean }
  | { kind: 'box'; rect: Rect }
  | { kind: 'line'; from: Place; to: Place }
  /** Clicks, and the mask that answers them once it is there. */
  | { kind: 'clicks'; points: readonly Click[]; mask: LabelMap | null };

/** How the person paints: the same from image to image. */
export interface PaintSettings {
  /** Label to paint with. */
  label: number;
  /** Sizes apart, px of the image. */
  brushSize: number;
  eraserSize: number;
  shape: TipShape;
  over: PaintOver;
  hidden: ReadonlySet<number>;
  locked: ReadonlySet<number>;
  clip: Rect | null;
  outline: OutlineMode;
  /** Of the wand: difference of colour that still counts as alike, 0..255. */
  tolerance: number;
  /** Of the superpixels: place in their levels. */
  level: number;
}

/** What a tool works on. */
export interface Surface {
  readonly settings: PaintSettings;
  readonly map: LabelMap;
  /** Begins a change under the rules of now. */
  begin(): Edit;
  /** Passes on what a piece of a change did: to be drawn, or to be said. */
  took(outcome: Outcome): void;
  /** Shows that pixels are as they were. */
  restored(rect: Rect | null): void;
  /** Ends a change: it becomes a step that can be undone, unless nothing has changed. */
  commit(edit: Edit, name: StepName): void;
  draft(shape: Draft | null): void;
  /** Image pixels that are a screen pixel. */
  pixelsPerScreenPixel(): number;
  /** The photo's pixels and superpixels; null while they are not there yet. */
  photo(): Photo | null;
  superpixels(): Segmentation | null;
  /** What maps and saliency give at the thresholds in hand, of the map's size; null while there is none. */
  derived(): LabelMap | null;
  /**
   * Has clicks answered by a mask of 0 and 1, of the map's size; null where that failed. Returns whether there is a model to
   * ask.
   */
  segment(points: readonly Click[], done: (mask: LabelMap | null) => void): boolean;
  /** Takes up a label from the picture. */
  pick(label: number): void;
}
