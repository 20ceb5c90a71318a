import { afterEach, describe, expect, it, vi } from 'vitest';
import type {
  PreviewAnswer,
  PreviewOpening,
  PreviewQuestion,
} from '../../../../../electron/engine/jobs/session/kinds/preview.js';
import type { Project } from '../../../../../electron/engine/project/project.js';
import { Previews } from '../../../../../electron/engine/services/previews.js';
import { StudioError } from '../../../../../shared/errors.js';

/** Sessions that answer when the test says so. */
function fakeSessions() {
  const opened: (PreviewOpening & { closed: boolean; asked: PreviewQuestion[]; broken: boolean })[] = [];
  const waiting: (() => void)[] = [];
  const previews = new Previews({ root: '/p' } as Project, (opening) => {
    const state = { ...opening, closed: false, asked: [] as PreviewQuestion[], broken: false };
    opened.push(state);
    return {
      ask: (question) =>
        new Promise<PreviewAnswer>((resolve) => {
          state.asked.push(question);
          waiting.push(() => resolve({ ask: 'map', map: new Uint8Array([1]), references: [] }));
        }),
      close: async () => void (state.closed = true),
      get over() {
        return state.broken;
      },
    };
  });
  return { previews, opened, answer: () => waiting.shift()!() };
}

const source = { run: 'r', epoch: null, settings: {} };
const question = (...references: string[]) => ({ ask: 'map', imageId: 'i', classIndex: 0, references }) as const;

afterEach(() => void vi.useRealTimers());

describe('previews', () => {
  it('answer only the newest of the questions that wait', async () => {
    const { previews, opened, answer } = fakeSessions();
    const first = previews.ask(source, question('a'));
    await vi.waitFor(() => expect(opened[0]?.asked).toHaveLength(1));
    const second = previews.ask(source, question('b'));
    const third = previews.ask(source, question('c'));
    answer();
    await first;
    await expect(second).rejects.toMatchObject({ code: 'interrupted' });
    await vi.waitFor(() => expect(opened[0].asked).toHaveLength(2));
    answer();
    await third;
    expect(opened[0].asked.map(({ references }) => references)).toEqual([['a'], ['c']]);
    expect(opened).toHaveLength(1);
  });

  it('open another thread for another run, other settings, or after the death of the first', async () => {
    const { previews, opened, answer } = fakeSessions();
    const ask = async (from = source) => {
      const asked = previews.ask(from, question('a'));
      await vi.waitFor(() => expect(opened.at(-1)?.asked).toHaveLength(1));
      answer();
      await asked;
    };
    await ask();
    await ask({ ...source, run: 'other' });
    expect(opened.map(({ closed }) => closed)).toEqual([true, false]);
    opened[1].broken = true;
    await ask({ ...source, run: 'other' });
    await ask({ ...source, run: 'other', settings: { inputSize: 64 } as never });
    expect(opened.map(({ settings }) => settings.inputSize)).toEqual([0, 0, 0, 64]);
  });

  it('let go of the weights after a while without questions', async () => {
    vi.useFakeTimers();
    const { previews, opened, answer } = fakeSessions();
    const asked = previews.ask(source, question('a'));
    await vi.advanceTimersByTimeAsync(1);
    answer();
    await asked;
    await vi.advanceTimersByTimeAsync(119_000);
    expect(opened[0].closed).toBe(false);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(opened[0].closed).toBe(true);
  });

  it('refuse settings that are not right before anything is opened', async () => {
    const { previews, opened } = fakeSessions();
    const asked = previews.ask({ ...source, settings: { inputSize: -1 } }, question('a'));
    await expect(asked).rejects.toMatchObject({ code: 'settings-invalid' });
    expect(opened).toEqual([]);
  });

  it('keep the latest pictures by their bytes', () => {
    const { previews } = fakeSessions();
    const names = Array.from({ length: 70 }, (_, i) => previews.keep(new Uint8Array([i])));
    expect(previews.picture(names[69])).toEqual(new Uint8Array([69]));
    expect(previews.keep(new Uint8Array([69]))).toBe(names[69]);
    expect(() => previews.picture(names[0])).toThrow(StudioError);
  });
});
