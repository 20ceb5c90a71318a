import { browserWindows, type Windows } from './windows.js';

/** A mask that the engine has not got yet, as it is kept by the browser against a crash. */
export interface JournalEntry {
  width: number;
  height: number;
  /** Packed as runs. */
  labels: Uint8Array;
  /** Version that it stands on; null: there was none. */
  base: string | null;
  /** Labels that were sent without an answer; packed. Where the engine has these, no other has saved. */
  unanswered?: Uint8Array[];
}

/** Pixels of an image: what was painted on a photo of another size is another entry, and waits for that photo. */
type Size = Pick<JournalEntry, 'width' | 'height'>;

/** Keeps masks that are not saved. It is the second net: where the browser keeps nothing, there is none. */
export interface Journal {
  put(key: string, entry: JournalEntry): Promise<void>;
  /** What this window has kept, else what one has left behind that is closed by now: that is this window's from then on. */
  get(key: string, size: Size): Promise<JournalEntry | null>;
  /** Forgets what this window has kept; what another keeps is not its own to forget. */
  remove(key: string, size: Size): Promise<void>;
}

const DATABASE = 'comask-journal';
const STORE = 'masks';

const placeOf = (key: string, { width, height }: Size, window: string): string => `${key}\n${width}x${height}\n${window}`; // prettier-ignore

const answerOf = <Result>(request: IDBRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the browser keeps nothing'));
  });

/** Nothing, where the browser keeps nothing. */
const tried = <Result>(act: () => Promise<Result>): Promise<Result | void> => act().catch(() => {});

function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return answerOf(request);
}

/** A journal in the browser's own database, in which each window has a place of its own for an image. */
export function browserJournal(windows: Windows = browserWindows()): Journal {
  let database: Promise<IDBDatabase> | null = null;
  async function open(): Promise<IDBObjectStore> {
    database ??= opened();
    return (await database).transaction(STORE, 'readwrite').objectStore(STORE);
  }
  const own = async (key: string, size: Size): Promise<string> => placeOf(key, size, await windows.own());

  async function find(key: string, size: Size): Promise<JournalEntry | null> {
    const [place, others] = [await own(key, size), await windows.open()];
    const all = placeOf(key, size, '');
    const store = await open();
    const keys = await answerOf(store.getAllKeys(IDBKeyRange.bound(all, `${all}\uffff`)));
    const free = keys.map(String).filter((at) => at === place || !others.has(at.slice(all.length)));
    const found = free.includes(place) ? place : free[0];
    if (found === undefined) return null;
    const entry = await answerOf<JournalEntry>(store.get(found));
    if (found !== place) await Promise.all([answerOf(store.put(entry, place)), answerOf(store.delete(found))]);
    return entry;
  }

  return {
    put: (key, entry) =>
      tried(async () => {
        const place = await own(key, entry);
        await answerOf((await open()).put(entry, place));
      }),
    get: async (key, size) => (await tried(() => find(key, size))) ?? null,
    remove: (key, size) =>
      tried(async () => {
        const place = await own(key, size);
        await answerOf((await open()).delete(place));
      }),
  };
}
