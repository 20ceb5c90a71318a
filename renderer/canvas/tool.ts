import type { Surface } from './surface.js';

/** Of every tool: nothing pressed; pressed or between two clicks; something is being drawn. */
export const stateNames = ['idle', 'pointing', 'painting'] as const;
export type StateName = (typeof stateNames)[number];

/** Where the pointer is, in image coordinates: pixel (3, 5) reaches from 3 to 4 and from 5 to 6. */
export interface Pointer {
  x: number;
  y: number;
  /** The right button, or Alt: take away. */
  erase: boolean;
  shift: boolean;
}

/** Where to go next; nothing, to stay. */
type Next = StateName | void;

/** What a tool does in one of its states. */
export interface ToolState {
  enter?(at: Pointer): void;
  exit?(): void;
  down?(at: Pointer): Next;
  move?(at: Pointer): Next;
  up?(at: Pointer): Next;
  /** Enter or Backspace, which end or take back a corner. Null: the tool has no use for it. */
  key?(key: string): Next | null;
  /** The person gives up what is in hand: it is as if it had not begun. */
  cancel?(): void;
  /** Something else takes over (another tool, another image, a lost pointer): what is painted stays. */
  interrupt?(): void;
}

/** A way to paint. It sees image coordinates and the surface, never an element of the page. */
export interface Tool {
  /** Key that takes it up. */
  key: string;
  /** Each press is a click of its own: what it draws lies between clicks, so that no key need hold it. */
  clicks?: true;
  /** Its states over a surface; what it holds in hand is in its closure. */
  states(surface: Surface): Partial<Record<StateName, ToolState>>;
}

const AWAY: Pointer = { x: -1, y: -1, erase: false, shift: false };

/** A tool in hand: passes events to its present state. After cancel and interrupt it is idle. */
export class ToolMachine {
  readonly #states: Partial<Record<StateName, ToolState>>;
  #state: StateName = 'idle';
  #at = AWAY;

  constructor(tool: Tool, surface: Surface) {
    this.#states = tool.states(surface);
  }

  get state(): StateName {
    return this.#state;
  }

  send(event: 'down' | 'move' | 'up', at: Pointer): void {
    this.#at = at;
    this.#go(this.#states[this.#state]?.[event]?.(at));
  }

  /** Returns whether the tool had a use for the key. */
  key(key: string): boolean {
    const state = this.#states[this.#state];
    if (!state?.key) return false;
    const next = state.key(key);
    if (next === null) return false;
    this.#go(next);
    return true;
  }

  /** Returns whether there was anything to give up. */
  cancel(): boolean {
    const busy = this.#state !== 'idle';
    this.#states[this.#state]?.cancel?.();
    this.#go('idle');
    return busy;
  }

  interrupt(): void {
    this.#states[this.#state]?.interrupt?.();
    this.#go('idle');
  }

  #go(next: Next): void {
    if (next === undefined || next === this.#state) return;
    this.#states[this.#state]?.exit?.();
    this.#state = next;
    this.#states[next]?.enter?.(this.#at);
  }
}
