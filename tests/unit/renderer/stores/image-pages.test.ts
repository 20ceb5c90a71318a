import { describe, expect, it, vi } from 'vitest';
import { ImagePages, PAGE, type AskPage } from '../../../../renderer/stores/image-pages.js';

const answer = (offset: number, total = 100_000, name = 'image') => ({
  total,
  images: Array.from({ length: PAGE }, (_, i) => ({ id: `${name} ${offset + i}` })) as never,
});

describe('a long list of images', () => {
  it('asks for the pages of what is looked at, once', async () => {
    const ask = vi.fn<AskPage>((offset) => Promise.resolve(answer(offset)));
    const pages = new ImagePages(ask, () => undefined);
    await Promise.all([pages.need(PAGE - 1, PAGE), pages.need(PAGE, PAGE + 5)]);
    await pages.need(0, 3);
    expect(ask.mock.calls.map(([offset]) => offset)).toEqual([0, PAGE]);
    expect(pages.at(PAGE + 3)?.id).toBe(`image ${PAGE + 3}`);
    expect(pages.at(5 * PAGE)).toBeUndefined();
  });

  it('drops answers, and errors, of an earlier filter', async () => {
    const waiting: ((value: ReturnType<typeof answer> | Promise<never>) => void)[] = [];
    const onChange = vi.fn();
    const pages = new ImagePages(() => new Promise((resolve) => waiting.push(resolve)), onChange);
    const [first, second] = [pages.need(0, 0), pages.need(PAGE, PAGE)];
    pages.reset((offset) => Promise.resolve(answer(offset, 7, 'other')));
    await pages.need(0, 0);
    waiting[0](answer(0));
    waiting[1](Promise.reject(new Error('late')));
    await Promise.all([first, second]);
    expect(pages.at(0)?.id).toBe('other 0');
    expect(onChange.mock.calls).toEqual([[7]]);
  });

  it('says what a page could not be had for, and asks again the next time', async () => {
    const ask = vi.fn<AskPage>().mockRejectedValueOnce(new Error('busy')).mockResolvedValue(answer(0));
    const pages = new ImagePages(ask, () => undefined);
    await expect(pages.need(0, 0)).rejects.toThrow('busy');
    await pages.need(0, 0);
    expect(pages.at(0)).toBeDefined();
  });

  it('keeps no more than it shows soon, however far one scrolls', async () => {
    const pages = new ImagePages((offset) => Promise.resolve(answer(offset)), () => undefined); // prettier-ignore
    for (let page = 0; page < 200; page++) await pages.need(page * PAGE, page * PAGE);
    const kept = Array.from({ length: 200 }, (_, page) => pages.at(page * PAGE)).filter(Boolean);
    expect(kept).toHaveLength(80);
    expect(pages.at(199 * PAGE)).toBeDefined();
  });

  it('keeps showing what is there while it is asked for again, and nothing of another filter', async () => {
    let name = 'one';
    const pages = new ImagePages((offset) => Promise.resolve(answer(offset, 500, name)), () => undefined); // prettier-ignore
    await pages.need(0, 0);
    pages.refresh();
    name = 'two';
    expect(pages.at(3)?.id).toBe('one 3');
    expect(pages.held()[7]).toEqual([7, { id: 'one 7' }]);
    await pages.need(0, 0);
    expect(pages.at(3)?.id).toBe('two 3');
    pages.refresh();
    pages.reset((offset) => Promise.resolve(answer(offset)));
    expect([pages.at(3), pages.held()]).toEqual([undefined, []]);
  });
});
