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
  get(key: string, size: Size): Promise<JournalEntry | null>;
  remove(key: string, size: Size): Promise<void>;
}

const DATABASE = 'comask-journal';
const STORE = 'masks';

const placeOf = (key: string, { width, height }: Size): string => `${key}\n${width}x${height}`;

const answerOf = <Result>(request: IDBRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the browser keeps nothing'));
  });

function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return answerOf(request);
}

/** A journal in the browser's own database. */
export function browserJournal(): Journal {
  let database: Promise<IDBDatabase> | null = null;
  async function ask<Result>(
    mode: IDBTransactionMode,
    act: (store: IDBObjectStore) => IDBRequest<Result>,
  ): Promise<Result | null> {
    // prettier-ignore
    try {
      database ??= opened();
      return await answerOf(act((await database).transaction(STORE, mode).objectStore(STORE)));
    } catch {
      return null;
    }
  }
  return {
    put: async (key, entry) => void (await ask('readwrite', (store) => store.put(entry, placeOf(key, entry)))),
    get: async (key, size) =>
      (await ask<JournalEntry | undefined>('readonly', (store) => store.get(placeOf(key, size)))) ?? null,
    remove: async (key, size) => void (await ask('readwrite', (store) => store.delete(placeOf(key, size)))),
  };
}
