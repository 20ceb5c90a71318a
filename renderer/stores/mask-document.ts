import { defineStore } from 'pinia';
import { markRaw, ref, shallowRef } from 'vue';
import { History, type StepName } from '../../shared/label-map/history.js';
import { merge } from '../../shared/label-map/merge.js';
import { wholeOf, type Rect } from '../../shared/label-map/rect.js';
import { replaceAll } from '../../shared/label-map/replace.js';
import { packRuns, unpackRuns } from '../../shared/label-map/runs.js';
import type { Survey } from '../../shared/label-map/survey.js';
import type { LabelMap } from '../../shared/types.js';
import { MaskEditor, type PhotoSource } from '../canvas/mask-editor.js';
import type { ImageDetails } from '../composables/useImage.js';
import { Autosave, type SaveState } from '../saving/autosave.js';
import { browserJournal, type Journal } from '../saving/journal.js';
import { CORRECTED, fetchMask, removeMask, sendMask, type ImageAddress } from '../saving/mask-client.js';
import { correctedVersion, startOf } from '../saving/mask-start.js';
import { HistoryShelf } from '../saving/history-shelf.js';
import { askWorker } from '../workers/ask-worker.js';
import { useEditorSession } from './editor-session.js';

/** Milliseconds after the last change before pixels and islands are counted. */
const SURVEY_AFTER = 300;

export type Resolution = 'mine' | 'theirs' | 'merge';

/** The mask in hand: labels, the version they stand on, history. Labels are no reactive value: listeners are told. */
export const useMaskDocument = defineStore('mask-document', () => {
  const session = useEditorSession();
  const journal: Journal = browserJournal();
  const shelf = new HistoryShelf();
  const editor = shallowRef<MaskEditor | null>(null);
  const source = ref<string | null>(null);
  const version = ref<string | null>(null);
  const steps = shallowRef<{ names: StepName[]; position: number }>({ names: [], position: 0 });
  const state = ref<SaveState>('saved');
  const savedAt = ref<Date | null>(null);
  const saveError = shallowRef<unknown>(null);
  const openError = shallowRef<unknown>(null);
  /** Whether strokes were found that a crash had kept from being saved. */
  const recovered = ref(false);
  const survey = shallowRef<Survey | null>(null);
  const listeners = new Set<(rect: Rect) => void>();

  let at: ImageAddress = { project: '', id: '' };
  /** Labels as they were when the image was opened, and as the engine has them; packed. */
  let opened: Uint8Array = new Uint8Array();
  let saved: Uint8Array = opened;
  let autosave = newAutosave();
  let changes = 0;
  let counting: ReturnType<typeof setTimeout> | undefined;
  let latest = 0;

  const key = (): string => `${at.project}\n${at.id}`;
  const map = (): LabelMap | null => editor.value?.map ?? null;

  /** One for each image: a late word of an earlier one says nothing about this. */
  function newAutosave(): Autosave {
    const own = new Autosave(save, (now, reason) => own === autosave && onState(now, reason));
    return own;
  }
  function onState(now: SaveState, reason: unknown): void {
    state.value = now;
    saveError.value = reason;
    if (now === 'saved') savedAt.value = new Date();
  }

  async function save(): Promise<void> {
    const labels = map();
    if (!labels) return;
    const [mine, sent, place, then] = [editor.value, packRuns(labels.data), key(), changes];
    const now = await sendMask(at, labels, version.value);
    // What was painted meanwhile is in the journal by now, and not saved.
    if (then === changes) await journal.remove(place);
    if (mine !== editor.value) return;
    [version.value, source.value, saved] = [now, CORRECTED, sent];
  }

  function count(): void {
    clearTimeout(counting);
    counting = setTimeout(async () => {
      const [labels, mine] = [map(), editor.value];
      if (!labels) return;
      const found = await askWorker('survey', { map: labels }).catch(() => null);
      if (mine === editor.value) survey.value = found;
    }, SURVEY_AFTER);
  }

  function shown(): void {
    const history = editor.value?.history;
    steps.value = { names: history?.names ?? [], position: history?.position ?? 0 };
  }

  /** After every step: to be saved, and kept by the browser until then. */
  function stepped(): void {
    shown();
    const labels = map();
    if (!labels) return;
    changes++;
    autosave.changed();
    count();
    const { width, height, data } = labels;
    void journal.put(key(), { width, height, labels: packRuns(data), base: version.value });
  }

  const listener = {
    touched: (rect: Rect) => listeners.forEach((tell) => tell(rect)),
    stepped,
    drafted: (shape: typeof session.draft) => void (session.draft = shape),
    refused: (reason: typeof session.refusal) => void (session.refusal = reason),
    picked: (label: number) => session.choose(label),
  };

  function begin(labels: LabelMap, history: History, photo: PhotoSource): void {
    editor.value = markRaw(new MaskEditor(labels, history, session.settings, listener, photo));
    editor.value.take(session.tool);
    shown();
    count();
  }

  /**
   * Takes an image in hand: its corrected mask, else its mask of the set `preferred`, else an empty one; and what the browser
   * has kept of it. What went wrong stands in `openError`, and an empty mask is in hand only where the person asks for it.
   */
  async function open(
    to: ImageAddress,
    image: ImageDetails,
    preferred: string | null,
    photo: PhotoSource,
  ): Promise<void> {
    // prettier-ignore
    const mine = ++latest;
    close();
    at = to;
    [openError.value, saveError.value, survey.value, recovered.value, savedAt.value] = [null, null, null, false, null];
    version.value = correctedVersion(image);
    try {
      const [start, kept] = await Promise.all([startOf(to, image, preferred), journal.get(key())]);
      if (mine !== latest) return;
      source.value = start.source;
      const { width, height } = image;
      const labels = start.mask?.map ?? { width, height, data: new Uint8Array(width * height) };
      if (start.source === CORRECTED) version.value = start.mask!.version;
      opened = saved = packRuns(labels.data);
      begin(labels, shelf.take(key(), opened) ?? new History(), photo);
      if (kept && kept.width === labels.width && kept.height === labels.height) recover(kept.labels, kept.base);
    } catch (reason) {
      if (mine === latest) openError.value = reason;
    }
  }

  /** Brings back what was not saved. Where the engine has another version by now, saving finds the conflict. */
  function recover(labels: Uint8Array, base: string | null): void {
    if (packRuns(map()!.data).join() === labels.join()) return void journal.remove(key());
    recovered.value = true;
    if (base !== version.value) version.value = base;
    replace('recovered', unpackRuns(labels, map()!.data.length));
  }

  /** Begins with an empty mask where the one that there is cannot be read. */
  function openEmpty(image: ImageDetails, photo: PhotoSource): void {
    const { width, height } = image;
    [openError.value, source.value] = [null, null];
    const labels = { width, height, data: new Uint8Array(width * height) };
    opened = saved = packRuns(labels.data);
    begin(labels, new History(), photo);
  }

  /** Lets go of the image; its history stays for when it comes back. */
  function close(): void {
    const labels = map();
    if (editor.value && labels) {
      editor.value.interrupt();
      shelf.put(key(), packRuns(labels.data), editor.value.history);
    }
    autosave.stop();
    autosave = newAutosave();
    state.value = 'saved';
    clearTimeout(counting);
    editor.value = null;
    session.draft = null;
    shown();
  }

  /** Saves what is not saved, before the image is left. Returns whether it may be left. */
  async function flush(always = false): Promise<boolean> {
    editor.value?.interrupt();
    return editor.value === null || autosave.flush(always);
  }

  function replace(action: string, labels: Uint8Array): void {
    const { settings } = session;
    const kept = { over: settings.over, clip: settings.clip, locked: settings.locked };
    // What comes as a whole is no stroke: no rule holds it back.
    Object.assign(settings, { over: 'all', clip: null, locked: new Set() });
    editor.value?.change({ action }, (edit) => replaceAll(edit, labels));
    Object.assign(settings, kept);
  }

  /** Puts the mask of a set in the place of what is here, as a step, and takes the corrected mask away. */
  async function reset(set: string): Promise<void> {
    const { map: theirs } = await fetchMask(at, set);
    replace('reset', theirs.data);
    autosave.stop();
    if (version.value !== null) await removeMask(at, version.value);
    [version.value, source.value] = [null, set];
    saved = packRuns(theirs.data);
    await journal.remove(key());
    autosave.resolved(false);
  }

  /** Ends a conflict: mine over theirs, theirs in place of mine (a step that can be undone), or both together. */
  async function resolve(how: Resolution): Promise<{ disputed: number }> {
    const labels = map();
    if (!labels) return { disputed: 0 };
    const theirs = await fetchMask(at, CORRECTED).catch(() => null);
    version.value = theirs?.version ?? null;
    const size = labels.data.length;
    if (how === 'mine' || !theirs || theirs.map.data.length !== size) {
      autosave.resolved(true);
      return { disputed: 0 };
    }
    const merged = merge(unpackRuns(saved, size), labels.data, theirs.map.data);
    replace(how, how === 'theirs' ? theirs.map.data : merged.labels);
    saved = packRuns(theirs.map.data);
    autosave.resolved(how === 'merge');
    if (how === 'theirs') await journal.remove(key());
    return { disputed: how === 'merge' ? merged.disputed : 0 };
  }

  function listen(tell: (rect: Rect) => void): () => void {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }

  /** The labels as they were when the image was opened. */
  const openedMap = (): LabelMap | null => {
    const labels = map();
    return labels && { ...labels, data: unpackRuns(opened, labels.data.length) };
  };
  const redraw = (): void => {
    const labels = map();
    if (labels) listener.touched(wholeOf(labels));
  };

  return {
    editor, source, version, steps, state, savedAt, saveError, openError, recovered, survey,
    open, openEmpty, close, flush, reset, resolve, listen, openedMap, redraw,
  }; // prettier-ignore
});
