import { MaskEditor } from '../../../renderer/canvas/mask-editor.js';
import type { Draft, PaintSettings, Surface } from '../../../renderer/canvas/surface.js';
import type { Pointer } from '../../../renderer/canvas/tool.js';
import type { ToolName } from '../../../renderer/canvas/tools/index.js';
import { History } from '../../../shared/label-map/history.js';
import type { Refusal } from '../../../shared/label-map/outcome.js';
import type { Photo } from '../../../shared/label-map/wand.js';
import type { Segmentation } from '../../../shared/superpixels/slic.js';
import type { LabelMap } from '../../../shared/types.js';
import { rowsOf } from '../label-map.js';

export const plainSettings = (): PaintSettings => ({
  label: 1,
  brushSize: 1,
  eraserSize: 1,
  shape: 'round',
  over: 'all',
  hidden: new Set(),
  locked: new Set(),
  clip: null,
  outline: 'add',
  tolerance: 10,
  level: 0,
});

/** Drives the tools as the page does, without one. */
export class TestEditor {
  readonly editor: MaskEditor;
  readonly settings = plainSettings();
  readonly refusals: Refusal[] = [];
  draft: Draft | null = null;
  picked: number | null = null;
  steps = 0;
  /** Image pixels that are a screen pixel. */
  scale = 1;
  photo: Photo | null = null;
  superpixels: Segmentation | null = null;
  derived: LabelMap | null = null;
  segment: Surface['segment'] = () => false;

  constructor(readonly map: LabelMap) {
    this.editor = new MaskEditor(
      map,
      new History(),
      this.settings,
      {
        touched: () => undefined,
        stepped: () => this.steps++,
        drafted: (shape) => (this.draft = shape),
        refused: (reason) => this.refusals.push(reason),
        picked: (label) => (this.picked = label),
      },
      {
        photo: () => this.photo,
        superpixels: () => this.superpixels,
        derived: () => this.derived,
        segment: (points, done) => this.segment(points, done),
        pixelsPerScreenPixel: () => this.scale,
      },
    );
  }

  take(tool: ToolName): this {
    this.editor.take(tool);
    return this;
  }
  pointerDown(x: number, y: number, more: Partial<Pointer> = {}): this {
    return this.#send('down', x, y, more);
  }
  pointerMove(x: number, y: number, more: Partial<Pointer> = {}): this {
    return this.#send('move', x, y, more);
  }
  pointerUp(x: number, y: number, more: Partial<Pointer> = {}): this {
    return this.#send('up', x, y, more);
  }
  click(x: number, y: number, more: Partial<Pointer> = {}): this {
    return this.pointerDown(x, y, more).pointerUp(x, y, more);
  }
  key(key: string): this {
    if (key === 'Escape') this.editor.cancel();
    else this.editor.key(key);
    return this;
  }
  undo(): this {
    this.editor.undo();
    return this;
  }
  redo(): this {
    this.editor.redo();
    return this;
  }
  /** Tool and state. */
  get path(): string {
    return `${this.editor.tool}.${this.editor.state}`;
  }
  get rows(): string[] {
    return rowsOf(this.map);
  }

  #send(event: 'down' | 'move' | 'up', x: number, y: number, more: Partial<Pointer>): this {
    this.editor.send(event, { x, y, erase: false, shift: false, ...more });
    return this;
  }
}
