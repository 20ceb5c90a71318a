import { errorDetails, type ErrorCode } from '../../shared/errors.js';

/** `saved`: nothing waits. `waiting`: the next save is due. `failed`: it will be tried again. `stuck`: not before a change. */
export type SaveState = 'saved' | 'waiting' | 'saving' | 'failed' | 'stuck' | 'conflict';

/** Milliseconds after the last stroke. */
export const QUIET = 500;
/** Milliseconds before a failed save is tried again; the last one for all later ones. */
export const BACK_OFF = [1000, 2000, 4000, 8000, 15_000, 30_000, 60_000] as const;

/** What trying again does not mend. */
const LASTING: ReadonlySet<ErrorCode> = new Set([
  'usage',
  'size-mismatch',
  'label-unknown',
  'file-too-large',
  'file-missing',
]);

/** When to save: a little after the last change, again later where it failed, and never over what another has saved. */
export class Autosave {
  #state: SaveState = 'saved';
  #changes = 0;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | null = null;

  /**
   * @param save writes what there is now. Rejects with the reason.
   * @param onState is told of each change of state, and of the reason where it is a bad one
   */
  constructor(
    private readonly save: () => Promise<void>,
    private readonly onState: (state: SaveState, reason: unknown) => void,
  ) {}

  get state(): SaveState {
    return this.#state;
  }

  /** Something was changed. */
  changed(): void {
    this.#changes++;
    if (this.#state === 'conflict') return;
    // One that failed keeps its turn: strokes are no reason to try more often.
    if (this.#state !== 'failed') this.#wait(QUIET, 'waiting');
  }

  /** Saves now what is not saved yet, or with `always` in any case. Returns whether everything is saved. */
  async flush(always = false): Promise<boolean> {
    if (this.#state === 'conflict') return false;
    if (this.#running) await this.#running;
    if (always || this.#state !== 'saved') await this.#run();
    return this.#state === 'saved';
  }

  /** The conflict is over: either what is here shall be saved, or it is what the other has saved. */
  resolved(dirty: boolean): void {
    clearTimeout(this.#timer);
    this.#failures = 0;
    if (dirty) this.#wait(0, 'waiting');
    else this.#to('saved');
  }

  /** A failed save is tried at once: what held it up may be over. */
  retry(): void {
    if (this.#state === 'failed') void this.#run();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #wait(delay: number, state: SaveState, reason?: unknown): void {
    clearTimeout(this.#timer);
    if (this.#running === null) this.#to(state, reason);
    this.#timer = setTimeout(() => void this.#run(), delay);
  }

  async #run(): Promise<void> {
    clearTimeout(this.#timer);
    this.#running ??= this.#attempt().finally(() => (this.#running = null));
    await this.#running;
    if (this.#state === 'saving') this.#wait(QUIET, 'waiting');
  }

  async #attempt(): Promise<void> {
    const changes = this.#changes;
    this.#to('saving');
    try {
      await this.save();
      this.#failures = 0;
      // `saving` stays where more was painted meanwhile.
      if (changes === this.#changes) this.#to('saved');
    } catch (reason) {
      const { code } = errorDetails(reason);
      if (code === 'changed-elsewhere') this.#to('conflict', reason);
      else if (LASTING.has(code)) this.#to('stuck', reason);
      else {
        const delay = BACK_OFF[Math.min(this.#failures++, BACK_OFF.length - 1)];
        this.#to('failed', reason);
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => void this.#run(), delay);
      }
    }
  }

  #to(state: SaveState, reason: unknown = null): void {
    this.#state = state;
    this.onState(state, reason);
  }
}
