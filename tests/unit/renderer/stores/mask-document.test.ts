import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { engine } from '../../../../renderer/api/engine.js';
import type { ImageDetails } from '../../../../renderer/composables/useImage.js';
import { QUIET } from '../../../../renderer/saving/autosave.js';
import type { JournalEntry } from '../../../../renderer/saving/journal.js';
import { useEditorSession } from '../../../../renderer/stores/editor-session.js';
import { useMaskDocument } from '../../../../renderer/stores/mask-document.js';
import { api } from '../../../../shared/api/index.js';
import { fromBase64, toBase64 } from '../../../../shared/base64.js';
import { StudioError, type ErrorCode } from '../../../../shared/errors.js';
import { packRuns, unpackRuns } from '../../../../shared/label-map/runs.js';

const [WIDTH, HEIGHT] = [6, 2];
const kept = vi.hoisted(() => new Map<string, JournalEntry>());
vi.mock('../../../../renderer/saving/journal.js', () => ({
  browserJournal: () => ({
    put: async (key: string, entry: JournalEntry) => void kept.set(key, entry),
    get: async (key: string) => kept.get(key) ?? null,
    remove: async (key: string) => void kept.delete(key),
  }),
}));
vi.mock('../../../../renderer/workers/ask-worker.js', () => ({ askWorker: () => Promise.resolve(null) }));

const labels = (text: string): Uint8Array => Uint8Array.from(text.padEnd(WIDTH * HEIGHT, '.'), (sign) => Number(sign === '.' ? 0 : sign)); // prettier-ignore
const textOf = (data: Uint8Array): string => [...data].map((label) => label || '.').join('').replace(/\.*$/, ''); // prettier-ignore

/** An engine that has masks of one image by set, with versions; it can be made to fail. */
class FakeEngine {
  readonly masks = new Map<string, { data: Uint8Array; version: string }>();
  failure: ErrorCode | null = null;
  saves = 0;
  reads = 0;
  /** Saving waits for it. */
  gate: Promise<unknown> = Promise.resolve();

  put(set: string, text: string, version: string): void {
    this.masks.set(set, { data: labels(text), version });
  }
  get text(): string | null {
    const mask = this.masks.get('corrected');
    return mask ? textOf(mask.data) : null;
  }
  answer = async (route: unknown, { params, body }: { params: { set: string }; body: { labels: string; base: string | null } }): Promise<unknown> => {
    if (route === api.images.get) return { files: [...this.masks].map(([name, { version }]) => ({ kind: 'masks', name, version })) };
    if (route === api.masks.labels) {
      this.reads++;
      const mask = this.masks.get(params.set);
      if (!mask) throw new StudioError({ code: 'file-missing', message: 'none' });
      return { width: WIDTH, height: HEIGHT, labels: toBase64(packRuns(mask.data)), version: mask.version };
    }
    await this.gate;
    const now = this.masks.get('corrected')?.version ?? null;
    if (this.failure) throw new StudioError({ code: this.failure, message: this.failure });
    if (now !== body.base) throw new StudioError({ code: 'changed-elsewhere', message: 'changed', version: now ?? undefined });
    if (route === api.masks.reset) return this.masks.delete('corrected');
    const version = `v${++this.saves}`;
    this.masks.set('corrected', { data: unpackRuns(fromBase64(body.labels), WIDTH * HEIGHT), version });
    return { version };
  }; // prettier-ignore
}

let fake: FakeEngine;
let mask: ReturnType<typeof useMaskDocument>;
const photo = {
  photo: () => null,
  superpixels: () => null,
  derived: () => null,
  segment: () => false,
  pixelsPerScreenPixel: () => 1,
};

const image = (id: string): ImageDetails =>
  ({
    id,
    width: WIDTH,
    height: HEIGHT,
    files: [...fake.masks].map(([name, { version }]) => ({ kind: 'masks', name, version })),
  }) as unknown as ImageDetails;
const open = (id = 'a', preferred: string | null = null): Promise<void> => mask.open({ project: 'p', id }, image(id), preferred, photo); // prettier-ignore
const text = (): string => textOf(mask.editor!.map.data);
/** A dot of the first class. */
function dot(x: number): void {
  for (const event of ['down', 'up'] as const) mask.editor!.send(event, { x: x + 0.5, y: 0.5, erase: false, shift: false });
} // prettier-ignore
const later = (ms = QUIET): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  setActivePinia(createPinia());
  kept.clear();
  fake = new FakeEngine();
  vi.spyOn(engine, 'call').mockImplementation(fake.answer as never);
  useEditorSession().settings.brushSize = 1;
  mask = useMaskDocument();
});
afterEach(() => {
  mask.close();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('a mask that was had ahead', () => {
  const ahead = async (...ids: string[]): Promise<void> => {
    mask.prefetch(ids.map((id) => ({ project: 'p', id })), null); // prettier-ignore
    await later(0);
  };

  it('is shown without being fetched again', async () => {
    fake.put('one', '1', 'a');
    await ahead('a', 'b');
    expect(fake.reads).toBe(2);
    await open('a');
    expect([text(), mask.source, fake.reads]).toEqual(['1', 'one', 2]);
  });

  it('is never shown once there is another version, or one made by hand', async () => {
    fake.put('one', '1', 'a');
    await ahead('a');
    fake.put('one', '2', 'b');
    await open('a');
    expect([text(), fake.reads]).toEqual(['2', 2]);
    await ahead('b');
    fake.put('corrected', '3', 'c');
    await open('b');
    expect([text(), mask.source, mask.version]).toEqual(['3', 'corrected', 'c']);
  });

  it('is one of its own: what is painted stays out of the one that is held', async () => {
    fake.put('one', '1', 'a');
    await ahead('a');
    await open('a');
    dot(3);
    fake.failure = 'not-writable';
    mask.close();
    kept.clear();
    await open('a');
    expect([text(), fake.reads]).toEqual(['1', 1]);
  });

  it('stays while its image is opened, whatever is had ahead from there on', async () => {
    fake.put('one', '1', 'a');
    await ahead('a');
    mask.prefetch([{ project: 'p', id: 'b' }], null, { project: 'p', id: 'a' });
    await later(0);
    await open('a');
    expect([text(), fake.reads]).toEqual(['1', 2]);
  });

  it('is let go when it is far, and one that cannot be had is no failure', async () => {
    await ahead('a');
    fake.put('one', '1', 'a');
    await ahead('b');
    await ahead('c');
    await open('b');
    expect([text(), fake.reads]).toEqual(['1', 3]);
    vi.spyOn(engine, 'call').mockRejectedValueOnce(new StudioError({ code: 'file-missing', message: 'none' }));
    await ahead('d');
    await open('d');
    expect(text()).toBe('1');
  });
});

describe('an image that is opened', () => {
  it('begins with nothing, with the preferred pseudo-mask, or with the corrected mask; looking saves nothing', async () => {
    await open();
    expect([text(), mask.source]).toEqual(['', null]);
    fake.put('one', '1', 'a');
    fake.put('two', '2', 'b');
    await open('a', 'one');
    expect([text(), mask.source, mask.version]).toEqual(['1', 'one', null]);
    fake.put('corrected', '3', 'c');
    await open();
    expect([text(), mask.source, mask.version]).toEqual(['3', 'corrected', 'c']);
    await mask.flush();
    await later(10_000);
    expect(fake.saves).toBe(0);
    await mask.flush(true);
    expect([fake.saves, mask.version]).toEqual([1, 'v1']);
  });

  it('says why its mask cannot be read, and is begun anew only where the person asks', async () => {
    await mask.open({ project: 'p', id: 'a' }, { ...image('a'), files: [{ kind: 'masks', name: 'corrected', version: 'x' }] } as ImageDetails, null, photo); // prettier-ignore
    expect([mask.openError, mask.editor]).toMatchObject([{ code: 'file-missing' }, null]);
    mask.openEmpty({ project: 'p', id: 'a' }, image('a'), photo);
    expect([text(), mask.openError]).toEqual(['', null]);
  });
});

describe('an image of 20,000 x 20,000', () => {
  const huge = (): ImageDetails => ({ ...image('a'), width: 20_000, height: 20_000, path: 'photos/a.jpg' });

  it('is refused with its size, and cannot be begun empty either', async () => {
    await mask.open({ project: 'p', id: 'a' }, huge(), null, photo);
    expect([mask.openError, mask.editor]).toMatchObject([{ code: 'file-too-large', file: 'photos/a.jpg' }, null]);
    expect((mask.openError as StudioError).message).toContain('400 million pixels');
    expect(() => mask.openEmpty({ project: 'p', id: 'a' }, huge(), photo)).toThrow('400 million pixels');
    expect(mask.editor).toBeNull();
  });
});

describe('saving', () => {
  it('follows half a second after the last stroke, over the version that was opened', async () => {
    await open();
    dot(0);
    await later(QUIET - 1);
    expect([fake.text, mask.state, kept.size]).toEqual([null, 'waiting', 1]);
    dot(2);
    await later();
    expect([fake.text, mask.state, mask.version, kept.size]).toEqual(['1.1', 'saved', 'v1', 0]);
    mask.editor!.undo();
    await later();
    expect([fake.text, mask.version]).toEqual(['1', 'v2']);
  });

  it('that fails stays visible and in the browser, and comes back with the image after a crash', async () => {
    await open();
    fake.failure = 'disk-full';
    dot(0);
    await later();
    expect([mask.state, mask.trouble, fake.text]).toMatchObject([
      'failed',
      { state: 'failed', error: { code: 'disk-full' } },
      null,
    ]);
    expect(await mask.flush()).toBe(false);
    fake.failure = null;
    setActivePinia(createPinia());
    mask = useMaskDocument();
    await open();
    expect([text(), mask.recovered, mask.steps.names]).toEqual(['1', true, [{ action: 'recovered' }]]);
    await later();
    expect([fake.text, kept.size]).toEqual(['1', 0]);
  });

  it('that ends after another image was opened changes nothing of that', async () => {
    await open('a');
    dot(0);
    let release: (value: unknown) => void = () => undefined;
    fake.gate = new Promise((resolve) => (release = resolve));
    const saving = mask.flush();
    await open('b');
    release(null);
    await saving;
    expect([fake.text, mask.state, mask.source, mask.version]).toEqual(['1', 'saved', null, null]);
  });
});

describe('the history', () => {
  it('outlives a change of image, unless another has changed the mask since', async () => {
    await open('a');
    dot(0);
    dot(2);
    await mask.flush();
    await open('b');
    expect(mask.steps.names).toEqual([]);
    await open('a');
    expect(mask.steps).toMatchObject({ position: 2 });
    mask.editor!.undo();
    expect(text()).toBe('1');
    await mask.flush();
    await open('b');
    fake.put('corrected', '33', 'x');
    await open('a');
    expect([text(), mask.steps.position]).toEqual(['33', 0]);
  });
});

describe('a mask that another has saved meanwhile', () => {
  async function conflict(): Promise<void> {
    fake.put('corrected', '1.....', 'base');
    await open();
    fake.put('corrected', '1...22', 'theirs');
    dot(2);
    dot(4);
    await later();
    expect([mask.state, fake.text]).toEqual(['conflict', '1...22']);
    await later(600_000);
    expect(fake.text).toBe('1...22');
  }

  it('is kept out by mine', async () => {
    await conflict();
    await mask.resolve('mine');
    await later();
    expect([fake.text, mask.state]).toEqual(['1.1.1', 'saved']);
  });

  it('takes the place of mine, which can be undone', async () => {
    await conflict();
    await mask.resolve('theirs');
    await later();
    expect([text(), fake.text, mask.state]).toEqual(['1...22', '1...22', 'saved']);
    mask.editor!.undo();
    await later();
    expect(fake.text).toBe('1.1.1');
  });

  it('is merged with mine, and what both changed is counted', async () => {
    await conflict();
    expect(await mask.resolve('merge')).toEqual({ disputed: 1 });
    await later();
    expect([fake.text, mask.state]).toEqual(['1.1.12', 'saved']);
  });

  it('may have been removed', async () => {
    await conflict();
    fake.masks.delete('corrected');
    await mask.resolve('merge');
    await later();
    expect([fake.text, mask.state]).toEqual(['1.1.1', 'saved']);
  });
});

describe('reset', () => {
  it('shows the pseudo-mask whatever is protected, takes the corrected one away, and can be undone', async () => {
    fake.put('fused', '22', 'f');
    await open();
    dot(3);
    await later();
    const { settings } = useEditorSession();
    Object.assign(settings, { over: 'background', locked: new Set([2]) });
    await mask.reset('fused');
    await later(10_000);
    expect([text(), fake.text, mask.source, settings.over]).toEqual(['22', null, 'fused', 'background']);
    mask.editor!.undo();
    await later();
    expect(fake.text).toBe('22.1');
  });
});
