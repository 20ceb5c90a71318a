import { Edit } from '../../shared/label-map/edit.js';
import type { History, StepName } from '../../shared/label-map/history.js';
import type { Outcome, Refusal } from '../../shared/label-map/outcome.js';
import type { Rect } from '../../shared/label-map/rect.js';
import { rulesFor } from '../../shared/label-map/rules.js';
import type { Photo } from '../../shared/label-map/wand.js';
import type { Segmentation } from '../../shared/superpixels/slic.js';
import type { LabelMap } from '../../shared/types.js';
import { actions, type ActionName } from './actions.js';
import type { Draft, PaintSettings, Surface } from './surface.js';
import { ToolMachine, type Pointer, type StateName } from './tool.js';
import { tools, type ToolName } from './tools/index.js';

/** Who shows what the editor does. */
export interface EditorListener {
  /** Pixels have changed. */
  touched(rect: Rect): void;
  /** A step was done, undone or done again. */
  stepped(): void;
  drafted(shape: Draft | null): void;
  refused(reason: Refusal): void;
  picked(label: number): void;
}

/** What the tools need of the photo and of what was made of it. */
export interface PhotoSource {
  photo(): Photo | null;
  superpixels(): Segmentation | null;
  derived(): LabelMap | null;
  segment: Surface['segment'];
  pixelsPerScreenPixel(): number;
}

/** Tools, actions and history over one label map. Knows no page: tests drive it as the page does. */
export class MaskEditor {
  readonly surface: Surface;
  #machine: ToolMachine;
  #tool: ToolName = 'brush';

  constructor(
    readonly map: LabelMap,
    readonly history: History,
    readonly settings: PaintSettings,
    private readonly listener: EditorListener,
    source: PhotoSource,
  ) {
    this.surface = {
      settings,
      map,
      begin: () => this.#begin(),
      took: (outcome) => this.#took(outcome),
      restored: (rect) => void (rect && listener.touched(rect)),
      commit: (edit, name) => this.#commit(edit, name),
      draft: (shape) => void listener.drafted(shape),
      pick: (label) => void listener.picked(label),
      photo: () => source.photo(),
      superpixels: () => source.superpixels(),
      derived: () => source.derived(),
      segment: (points, done) => source.segment(points, done),
      pixelsPerScreenPixel: () => source.pixelsPerScreenPixel(),
    };
    this.#machine = new ToolMachine(tools[this.#tool], this.surface);
  }

  get tool(): ToolName {
    return this.#tool;
  }

  get state(): StateName {
    return this.#machine.state;
  }

  /** Takes up a tool; what the last one had in hand is finished. */
  take(tool: ToolName): void {
    this.#machine.interrupt();
    this.listener.drafted(null);
    this.#tool = tool;
    this.#machine = new ToolMachine(tools[tool], this.surface);
  }

  send(event: 'down' | 'move' | 'up', at: Pointer): void {
    this.#machine.send(event, at);
  }

  key = (key: string): boolean => this.#machine.key(key);
  cancel = (): boolean => this.#machine.cancel();
  interrupt = (): void => this.#machine.interrupt();

  /** Does something to the whole mask, as one step. */
  act(name: ActionName, label = this.settings.label): void {
    this.change({ action: name, label }, (edit) => actions[name].run(edit, label));
  }

  /** Does anything as one step. */
  change(name: StepName, work: (edit: Edit) => Outcome): void {
    this.#machine.interrupt();
    const edit = this.#begin();
    this.#took(work(edit));
    this.#commit(edit, name);
  }

  /** Undoes the last step, or gives up what is in hand. */
  undo(): void {
    if (this.#machine.cancel()) return;
    this.#stepped(this.history.undo(this.map));
  }

  redo(): void {
    this.#machine.interrupt();
    this.#stepped(this.history.redo(this.map));
  }

  /** Undoes or redoes until the first `position` steps are done. */
  goTo(position: number): void {
    this.#machine.interrupt();
    while (this.history.position > position) if (!this.#stepped(this.history.undo(this.map))) return;
    while (this.history.position < position) if (!this.#stepped(this.history.redo(this.map))) return;
  }

  #begin(): Edit {
    const { label, ...protection } = this.settings;
    return new Edit(this.map, rulesFor(this.map, { ...protection, current: label }));
  }

  #took(outcome: Outcome): void {
    if (outcome.ok) this.listener.touched(outcome.touched);
    else this.listener.refused(outcome.reason);
  }

  #commit(edit: Edit, name: StepName): void {
    const patch = edit.patch();
    if (!patch) return;
    this.history.push(name, patch);
    this.listener.stepped();
  }

  #stepped(rect: Rect | null): boolean {
    if (!rect) {
      this.listener.refused('unchanged');
      return false;
    }
    this.listener.touched(rect);
    this.listener.stepped();
    return true;
  }
}
