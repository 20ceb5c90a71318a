import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { browserJournal, type Journal, type JournalEntry } from '../../../../renderer/saving/journal.js';

const size = { width: 16, height: 12 };
const entry = (...labels: number[]): JournalEntry => ({ ...size, labels: Uint8Array.from(labels), base: null });

/** Windows that are open. */
let open: Set<string>;
/** The journal of a window, which is opened. */
function windowed(name: string): Journal {
  open.add(name);
  return browserJournal({ own: async () => name, open: async () => open });
}
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  open = new Set();
});

describe('what a window keeps of masks that are not saved', () => {
  it('is given back for its image and size alone, until it is forgotten', async () => {
    const journal = windowed('a');
    await journal.put('p\n1', entry(1));
    await journal.put('p\n1', entry(2));
    expect(await journal.get('p\n1', size)).toEqual(entry(2));
    expect(await journal.get('p\n12', size)).toBeNull();
    expect(await journal.get('p\n1', { width: 16, height: 1 })).toBeNull();
    await journal.remove('p\n1', size);
    expect(await journal.get('p\n1', size)).toBeNull();
  });

  it('is untouched by another that is open, saves the same image and forgets its own', async () => {
    const [a, b] = [windowed('a'), windowed('b')];
    await a.put('i', entry(1));
    expect(await b.get('i', size)).toBeNull();
    await b.put('i', entry(2));
    await b.remove('i', size);
    expect(await a.get('i', size)).toEqual(entry(1));
  });

  it('goes to one other once it was closed, and is forgotten with what that one keeps', async () => {
    await windowed('a').put('i', entry(1));
    const [b, c] = [windowed('b'), windowed('c')];
    open.delete('a');
    expect(await b.get('i', size)).toEqual(entry(1));
    expect(await c.get('i', size)).toBeNull();
    await b.remove('i', size);
    expect(await c.get('i', size)).toBeNull();
  });

  it('comes before what closed windows left, which follows it', async () => {
    await windowed('a').put('i', entry(1));
    open.delete('a');
    const b = windowed('b');
    await b.put('i', entry(2));
    expect(await b.get('i', size)).toEqual(entry(2));
    await b.remove('i', size);
    expect(await b.get('i', size)).toEqual(entry(1));
  });

  it('is nothing where the browser keeps nothing or has no windows to tell of', async () => {
    globalThis.indexedDB = { open: () => { throw new Error('denied'); } } as unknown as IDBFactory; // prettier-ignore
    const denied = windowed('a');
    const none = async (): Promise<never> => Promise.reject(new Error('no locks'));
    for (const journal of [denied, browserJournal({ own: none, open: none })]) {
      await journal.put('i', entry(1));
      expect(await journal.get('i', size)).toBeNull();
      await journal.remove('i', size);
    }
  });
});
