import { describe, expect, it } from 'vitest';
import { measureMasks } from '../../../../../../electron/engine/evaluate/measure.js';
import type { GalleryRow } from '../../../../../../electron/engine/evaluate/report/gallery.js';
import { reportPage } from '../../../../../../electron/engine/evaluate/report/page.js';
import { summarise } from '../../../../../../electron/engine/evaluate/summary.js';
import { emptyHistogram, sweepThresholds, countScores } from '../../../../../../electron/engine/evaluate/thresholds.js';
import type { Evaluation } from '../../../../../../shared/evaluation.js';
import { vocPalette } from '../../../../../../shared/palette.js';
import { map } from '../maps.js';

const HOSTILE = `"><script>alert('x')</script>&amp;`;
const truth = map(4, 1, [0, 1, 1, 2]);
const mask = map(4, 1, [0, 1, 0, 1]);

/** An evaluation in which every text that comes from a person is hostile. */
async function evaluationOf(ids: string[], scored = false): Promise<Evaluation> {
  const images = ids.map((id) => ({ id, readTruth: async () => truth, readMask: async () => mask }));
  const measured = await measureMasks(images, ids.length, 3, () => undefined, new AbortController().signal);
  measured.withoutTruth.push(HOSTILE);
  measured.failures.push({ id: HOSTILE, file: HOSTILE, code: 'file-damaged', reason: HOSTILE, action: 'left out' });
  const histogram = emptyHistogram(3);
  countScores(histogram, truth, [{ label: 1, map: map(4, 1, [0, 200, 100, 150]) }]);
  const swept = scored ? { sweep: sweepThresholds(histogram), histogram } : null;
  const kind = scored ? 'maps' : 'masks';
  const subject = {
    name: 'e',
    kind,
    set: HOSTILE,
    split: HOSTILE,
    images: ids.length + 2,
    missingMaps: 1,
    against: null,
  } as const;
  return summarise(subject, ['background', HOSTILE, 'dog'], measured, swept);
}

const context = (rows: GalleryRow[] = []): Parameters<typeof reportPage>[1] => ({
  project: HOSTILE,
  createdAt: '2026-01-02T03:04:05.000Z',
  palette: vocPalette(),
  rows,
});

const picture = { width: 1, height: 1, source: 'data:image/png;base64,AA==' };

async function page(scored = false): Promise<string> {
  const evaluation = await evaluationOf([HOSTILE, 'b'], scored);
  const row = { score: evaluation.perImage[0], classes: [HOSTILE], pictures: { photo: picture, mask: picture } };
  return reportPage(evaluation, context([row]));
}

describe.each([false, true])('the report (of maps: %s)', (scored) => {
  it('escapes every text that is not its own', async () => {
    const html = await page(scored);
    expect(html).not.toContain('<script');
    expect(html).not.toContain(HOSTILE);
    expect(html).toContain('&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;');
  });

  it('needs no other file, no network and no script', async () => {
    const html = await page(scored);
    const addresses = [...html.matchAll(/(?:src|href|url\()=?["']?([^"')\s>]+)/g)].map(([, address]) => address);
    expect(addresses.every((address) => address.startsWith('data:'))).toBe(true);
    expect(html).toMatch(/default-src 'none'/);
    expect(html).not.toMatch(/https?:|@import|<link|\son\w+=/);
  });

  it('closes every element it opens, in order', async () => {
    const open: string[] = [];
    for (const [, end, name, , selfClosing] of (await page(scored)).matchAll(
      /<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^">])*?)(\/?)>/g,
    )) {
      if (selfClosing || ['meta', 'img'].includes(name)) continue;
      if (end) expect(open.pop()).toBe(name);
      else open.push(name);
    }
    expect(open).toEqual([]);
  });

  it('names every picture, heads every column and captions every table', async () => {
    const html = await page(scored);
    for (const [image] of html.matchAll(/<img[^>]*>/g)) expect(image).toMatch(/alt="[^"]+"/);
    for (const [table] of html.matchAll(/<table[\s\S]*?<\/table>/g)) {
      expect(table).toContain('<caption>');
      expect(table).toContain('scope="col"');
    }
  });
});

describe('what a report says', () => {
  it('shows the curve for scores, and the figure for labelled pixels for masks', async () => {
    const [masks, maps] = [await page(false), await page(true)];
    expect(masks).toContain('mIoU, labelled pixels');
    expect(masks).not.toContain('Background threshold');
    expect(maps).toContain('Background threshold');
    expect(maps).toContain('<polyline');
    expect(maps).not.toContain('labelled pixels');
  });

  it('leaves out columns without pictures, and says how many images it leaves out', async () => {
    const html = await page();
    expect(html).toContain('>Photo</th>');
    expect(html).not.toContain('>Saliency</th>');
    expect(html).toContain('1 better image is left out');
  });

  it('says what to do where nothing could be measured', async () => {
    const html = reportPage(await evaluationOf([]), context());
    expect(html).toContain('Nothing could be measured');
    expect(html).toContain('--ground-truth');
    expect(html).not.toContain('NaN');
  });
});
