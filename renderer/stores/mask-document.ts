import { defineStore } from 'pinia';
import { computed, markRaw, ref, shallowRef } from 'vue';
import { StudioError, errorDetails } from '../../shared/errors.js';
import { MAX_PIXELS } from '../../shared/max-pixels.js';
import { History, type StepName } from '../../shared/label-map/history.js';
import { merge } from '../../shared/label-map/merge.js';
import type { Rect } from '../../shared/label-map/rect.js';
import { replaceAll, replaceIn } from '../../shared/label-map/replace.js';
import { packRuns, unpackRuns } from '../../shared/label-map/runs.js';
import type { Survey } from '../../shared/label-map/survey.js';
import type { LabelMap } from '../../shared/types.js';
import { MaskEditor, type PhotoSource } from '../canvas/mask-editor.js';
import type { ImageDetails } from '../composables/useImage.js';
import type { SaveState } from '../saving/autosave.js';
import { HistoryShelf } from '../saving/history-shelf.js';
import { browserJournal, type JournalEntry } from '../saving/journal.js';
import {
  CORRECTED,
  fetchDetails,
  fetchMask,
  refineMask,
  removeMask,
  type ImageAddress,
} from '../saving/mask-client.js';
import { MaskInHand, journalKey, sameBytes } from '../saving/mask-in-hand.js';
import { NearMasks } from '../saving/near-masks.js';
import { correctedVersion, nothing, startOf } from '../saving/mask-start.js';
import { askWorker } from '../workers/ask-worker.js';
import { useEditorSession } from './editor-session.js';

/** Refuses a mask that would not fit into memory with its history. */
function checkSize({ width, height, path }: Pick<ImageDetails, 'width' | 'height' | 'path'>): void {
  if (width * height <= MAX_PIXELS) return;
  throw new StudioError({
    code: 'file-too-large',
    message: `the image has ${Math.round((width * height) / 1e6)} million pixels; masks of at most ${Math.floor(MAX_PIXELS / 1e6)} million can be edited`,
    file: path,
    remedy: 'Import a smaller copy of the photo, or parts of it.',
  });
}

/** Milliseconds after the last change before pixels and islands are counted. */
const SURVEY_AFTER = 300;

export type Resolution = 'mine' | 'theirs' | 'merge';

/** A save that did not go, and what becomes of it. */
export interface SaveTrouble {
  state: Extract<SaveState, 'failed' | 'stuck' | 'conflict'>;
  error: unknown;
}

/** The mask in hand: labels, the version they stand on, history. Labels are no reactive value: listeners are told. */
export const useMaskDocument = defineStore('mask-document', () => {
  const session = useEditorSession();
  const [journal, shelf] = [browserJournal(), new HistoryShelf()];
  const near = new NearMasks({ details: fetchDetails, mask: fetchMask });
  const hand = shallowRef<MaskInHand | null>(null);
  const editor = computed(() => hand.value?.editor ?? null);
  const source = ref<string | null>(null);
  const version = ref<string | null>(null);
  const steps = shallowRef<{ names: StepName[]; position: number }>({ names: [], position: 0 });
  const state = ref<SaveState>('saved');
  const savedAt = ref<Date | null>(null);
  /** Why the latest save did not go; it stands while it is tried again. */
  const trouble = shallowRef<SaveTrouble | null>(null);
  const openError = shallowRef<unknown>(null);
  /** Whether strokes were found that had been kept from being saved. */
  const recovered = ref(false);
  const survey = shallowRef<Survey | null>(null);
  const listeners = new Set<(rect: Rect) => void>();
  let counting: ReturnType<typeof setTimeout> | undefined;
  let latest = 0;

  function count(): void {
    clearTimeout(counting);
    counting = setTimeout(async () => {
      const mine = hand.value;
      const found = mine && (await askWorker('survey', { map: mine.map }).catch(() => null));
      if (mine === hand.value) survey.value = found;
    }, SURVEY_AFTER);
  }
  function showSteps(): void {
    const history = editor.value?.history;
    steps.value = { names: history?.names ?? [], position: history?.position ?? 0 };
  }
  function stepped(): void {
    showSteps();
    count();
    hand.value?.stepped();
  }
  const listener = {
    touched: (rect: Rect) => listeners.forEach((tell) => tell(rect)),
    stepped,
    drafted: (shape: typeof session.draft) => void (session.draft = shape),
    refused: (reason: typeof session.refusal) => void (session.refusal = reason),
    picked: (label: number) => session.choose(label),
  };

  function onState(now: SaveState, reason: unknown): void {
    state.value = now;
    if (now === 'failed' || now === 'stuck' || now === 'conflict') trouble.value = { state: now, error: reason };
    else if (now !== 'saving') trouble.value = null;
    if (now !== 'saved') return;
    savedAt.value = new Date();
    if (version.value !== null) source.value = CORRECTED;
  }

  function begin(at: ImageAddress, labels: LabelMap, history: History, base: string | null, photo: PhotoSource): void {
    const made = new MaskEditor(labels, history, session.settings, listener, photo);
    // A late word about a mask that was let go says nothing about this one.
    const isMine = (): boolean => hand.value?.editor === made;
    hand.value = markRaw(
      new MaskInHand(at, made, base, journal, {
        onState: (now, reason) => isMine() && onState(now, reason),
        onVersion: (now) => isMine() && (version.value = now),
      }),
    );
    version.value = base;
    made.take(session.tool);
    showSteps();
    count();
  }

  /**
   * Takes an image in hand: its corrected mask, else its mask of the set `preferred`, else an empty one; and what the browser
   * has kept of it. What went wrong stands in `openError`; an empty mask is then in hand only where the person asks for it.
   */
  async function open(
    at: ImageAddress,
    image: ImageDetails,
    preferred: string | null,
    photo: PhotoSource,
  ): Promise<void> {
    // prettier-ignore
    const mine = ++latest;
    close();
    [openError.value, trouble.value, survey.value, recovered.value, savedAt.value] = [null, null, null, false, null];
    try {
      checkSize(image);
      const [found, known] = await Promise.allSettled([
        startOf(at, image, preferred, (set, now) => near.take(at, set, now)),
        journal.get(journalKey(at), image),
      ]);
      if (mine !== latest) return;
      const kept = known.status === 'fulfilled' ? known.value : null;
      // What the browser has kept needs no file that can be read.
      if (found.status === 'rejected' && !kept) throw found.reason;
      const start = found.status === 'fulfilled' ? found.value : nothing;
      source.value = start.source;
      const { width, height } = image;
      const labels = start.mask?.map ?? { width, height, data: new Uint8Array(width * height) };
      const history = shelf.take(journalKey(at), packRuns(labels.data)) ?? new History();
      begin(at, labels, history, start.source === CORRECTED ? start.mask!.version : null, photo);
      if (kept) recover(kept);
    } catch (reason) {
      if (mine === latest) openError.value = reason;
    }
  }

  /** Brings back what was not saved. Where the engine has another version by now, saving finds the conflict. */
  function recover({ labels, base, unanswered = [] }: JournalEntry): void {
    const own = hand.value!;
    const there = packRuns(own.map.data);
    if (sameBytes(there, labels)) return void own.forget();
    recovered.value = true;
    // Where the engine has what was sent from here, it is no other's.
    if (version.value === null || !unanswered.some((sent) => sameBytes(sent, there))) own.stand(base);
    if (base !== null) source.value = CORRECTED;
    replace('recovered', unpackRuns(labels, own.map.data.length));
  }

  /** Begins with an empty mask where the one that there is cannot be read. */
  function openEmpty(at: ImageAddress, image: ImageDetails, photo: PhotoSource): void {
    checkSize(image);
    const { width, height } = image;
    [openError.value, source.value] = [null, null];
    begin(at, { width, height, data: new Uint8Array(width * height) }, new History(), correctedVersion(image), photo);
  }

  /** Lets go of the image; its history stays for when it comes back. */
  function close(): void {
    const own = hand.value;
    if (own) {
      own.editor.interrupt();
      own.autosave.stop();
      shelf.put(journalKey(own.at), packRuns(own.map.data), own.editor.history);
    }
    clearTimeout(counting);
    [hand.value, session.draft, state.value] = [null, null, 'saved'];
    showSteps();
  }

  /** Saves what is not saved, before the image is left; with `always` in any case. Returns whether it may be left. */
  async function flush(always = false): Promise<boolean> {
    editor.value?.interrupt();
    return hand.value?.autosave.flush(always) ?? true;
  }

  /** Other labels in one step. What comes as a whole is no stroke: no rule holds it back. */
  function replace(action: string, labels: Uint8Array): void {
    const { settings } = session;
    const { over, clip, locked } = settings;
    Object.assign(settings, { over: 'all', clip: null, locked: new Set() });
    editor.value?.change({ action }, (edit) => replaceAll(edit, labels));
    Object.assign(settings, { over, clip, locked });
  }

  /** Puts the mask of a set in the place of what is here, as a step, and takes the corrected mask away. */
  async function reset(set: string): Promise<void> {
    const own = hand.value;
    if (!own) return;
    const { map } = await fetchMask(own.at, set);
    replace('reset', map.data);
    own.autosave.stop();
    if (version.value !== null) await removeMask(own.at, version.value);
    own.stand(null, map.data);
    source.value = set;
    await own.forget();
    own.autosave.resolved(false);
  }

  /** Has a CRF draw the labels in a box anew. What was painted meanwhile goes before it. Returns whether it was taken. */
  async function refine(box: Rect): Promise<boolean> {
    const own = hand.value;
    if (!own) return false;
    own.editor.interrupt();
    const { position } = own.editor.history;
    const labels = await refineMask(own.at, own.map, box);
    if (hand.value !== own || own.editor.history.position !== position) return false;
    own.editor.change({ action: 'crf' }, (edit) => replaceIn(edit, box, labels));
    return true;
  }

  /** Ends a conflict: mine over theirs, theirs in place of mine (a step that can be undone), or both together. */
  async function resolve(how: Resolution): Promise<{ disputed: number }> {
    const own = hand.value;
    if (!own) return { disputed: 0 };
    const theirs = await fetchMask(own.at, CORRECTED).catch((reason: unknown) => {
      // A file that cannot be read can be replaced, not taken.
      if (how === 'mine' || errorDetails(reason).code === 'file-missing') return null;
      throw reason;
    });
    if (how === 'mine' || theirs?.map.data.length !== own.map.data.length) {
      own.stand(theirs?.version ?? correctedVersion(await fetchDetails(own.at)));
      own.autosave.resolved(true);
      return { disputed: 0 };
    }
    const merged = merge(own.savedLabels(), own.map.data, theirs.map.data);
    own.stand(theirs.version, theirs.map.data);
    replace(how, how === 'theirs' ? theirs.map.data : merged.labels);
    own.autosave.resolved(how === 'merge');
    if (how === 'theirs') await own.forget();
    return { disputed: how === 'merge' ? merged.disputed : 0 };
  }

  /** Has the masks of images ahead that are likely to be opened after `opening`, the most urgent first. */
  function prefetch(images: readonly ImageAddress[], preferred: string | null, opening?: ImageAddress): void {
    void near.hold(images, preferred, opening);
  }

  /** A save that failed is tried at once. */
  function retry(): void {
    hand.value?.autosave.retry();
  }

  function listen(tell: (rect: Rect) => void): () => void {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }
  const openedMap = (): LabelMap | null => hand.value?.openedMap() ?? null;

  return {
    editor, source, version, steps, state, savedAt, trouble, openError, recovered, survey,
    open, openEmpty, close, flush, retry, reset, refine, resolve, prefetch, listen, openedMap,
  }; // prettier-ignore
});
