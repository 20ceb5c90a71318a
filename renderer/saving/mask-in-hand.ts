import { errorDetails } from '../../shared/errors.js';
import { packRuns, unpackRuns } from '../../shared/label-map/runs.js';
import type { LabelMap } from '../../shared/types.js';
import type { MaskEditor } from '../canvas/mask-editor.js';
import { Autosave, type SaveState } from './autosave.js';
import type { Journal } from './journal.js';
import { CORRECTED, fetchMask, sendMask, type ImageAddress } from './mask-client.js';

export const journalKey = ({ project, id }: ImageAddress): string => `${project}\n${id}`;

/** Labels that were sent without an answer of which so many are known; of another one it is asked as of someone else's. */
export const MOST_UNANSWERED = 16;

export const sameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, i) => byte === other[i]);

/**
 * Labels that were sent without an answer, with what is sent now. A save that is tried again and again is one of them, and
 * the first one always stays: it is the likeliest to have been written by an engine that then went down.
 */
export function withSent(unanswered: readonly Uint8Array[], sent: Uint8Array): readonly Uint8Array[] {
  if (unanswered.some((known) => sameBytes(known, sent))) return unanswered;
  const [first, ...later] = [...unanswered, sent];
  return [first, ...later.slice(1 - MOST_UNANSWERED)];
}

/** Who is told what becomes of the mask, for as long as it is in hand. */
export interface MaskListener {
  onState(state: SaveState, reason: unknown): void;
  onVersion(version: string | null): void;
}

/** A mask that is worked on, with all that saving it needs: it is saved to its own image even when another was opened. */
export class MaskInHand {
  readonly autosave: Autosave;
  /** Labels as they were when the image was opened; packed. */
  readonly #opened: Uint8Array;
  /** Labels as the engine has them; packed. */
  #saved: Uint8Array;
  #changes = 0;
  /** Labels that were sent and of which it is not known whether the engine has them; packed. */
  #unanswered: readonly Uint8Array[] = [];

  /** @param version that the labels stand on; null: the image has no mask made by hand */
  constructor(
    readonly at: ImageAddress,
    readonly editor: MaskEditor,
    private version: string | null,
    private readonly journal: Journal,
    private readonly listener: MaskListener,
  ) {
    this.#opened = this.#saved = packRuns(editor.map.data);
    this.autosave = new Autosave(() => this.#save(), (state, reason) => listener.onState(state, reason)); // prettier-ignore
    listener.onVersion(version);
  }

  get map(): LabelMap {
    return this.editor.map;
  }

  /** The labels as they were when the image was opened. */
  openedMap(): LabelMap {
    return { ...this.map, data: unpackRuns(this.#opened, this.map.data.length) };
  }

  /** The labels that the engine has. */
  savedLabels(): Uint8Array {
    return unpackRuns(this.#saved, this.map.data.length);
  }

  /** Notes which version the engine has by now, and its labels where they are known. */
  stand(version: string | null, labels?: Uint8Array): void {
    this.version = version;
    if (labels) this.#saved = packRuns(labels);
    this.listener.onVersion(version);
  }

  /** After a step: to be saved, and kept by the browser until then. */
  stepped(): void {
    this.#changes++;
    this.autosave.changed();
    const { width, height, data } = this.map;
    const entry = { width, height, labels: packRuns(data), base: this.version, unanswered: [...this.#unanswered] };
    void this.journal.put(journalKey(this.at), entry);
  }

  /** The browser need not keep it any more. */
  forget(): Promise<void> {
    return this.journal.remove(journalKey(this.at), this.map);
  }

  async #save(): Promise<void> {
    try {
      await this.#send(this.version);
    } catch (reason) {
      if (errorDetails(reason).code !== 'changed-elsewhere') throw reason;
      const own = await this.#ownVersion();
      if (own === null) throw reason;
      await this.#send(own);
    }
  }

  async #send(base: string | null): Promise<void> {
    const [sent, changes] = [packRuns(this.map.data), this.#changes];
    this.#unanswered = withSent(this.#unanswered, sent);
    this.version = await sendMask(this.at, this.map, base);
    [this.#saved, this.#unanswered] = [sent, []];
    this.listener.onVersion(this.version);
    // What was painted meanwhile is in the journal by now, and not saved.
    if (changes === this.#changes) await this.forget();
  }

  /** Version that the engine has, where it is of labels that were sent from here without an answer; else null. */
  async #ownVersion(): Promise<string | null> {
    const there = await fetchMask(this.at, CORRECTED).catch(() => null);
    if (!there) return null;
    const packed = packRuns(there.map.data);
    return this.#unanswered.some((sent) => sameBytes(sent, packed)) ? there.version : null;
  }
}
