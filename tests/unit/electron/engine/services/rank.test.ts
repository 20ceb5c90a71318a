import { rmSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Project } from '../../../../../electron/engine/project/project.js';
import { makeMaskSet } from '../../../../../electron/engine/services/mask-set.js';
import { rankImages, type RankResult } from '../../../../../electron/engine/services/rank.js';
import { projectScores } from '../../../../../electron/engine/services/score-index.js';
import { pageQuerySchema } from '../../../../../shared/api/index.js';
import { REVIEW_QUEUE_TAG } from '../../../../../shared/dataset/review.js';
import { queueScores } from '../../../../../shared/dataset/scores.js';
import { maskSettings, queueSettings } from '../../../../../shared/settings/index.js';
import { put } from '../../../../support/dataset.js';
import { temporaryFolder } from '../../../../support/folder.js';
import { halves, measuredProject } from '../../../../support/measured.js';

const COUNT = 8;
let project: Project;
beforeEach(async () => {
  project = await measuredProject(temporaryFolder(), COUNT);
  onTestFinished(() => project.close());
  // Of this image the saliency says the other half.
  put(project.root, 'saliency/good/i004.png', halves(10, 220));
  const settings = maskSettings.resolve({ 'plain.saliencyWeight': 0 });
  await makeMaskSet(project, { masks: 'fused', maps: 'good', saliency: 'good' }, settings, () => undefined, new AbortController().signal); // prettier-ignore
});

const rank = (signal = new AbortController().signal, weights = {}): Promise<RankResult> =>
  rankImages(project, { masks: 'fused' }, queueSettings.resolve(weights), () => undefined, signal);
const order = (): string[] => {
  const ids: string[] = [];
  for (let id = project.store.queue.next('fused', null)!.id; !ids.includes(id); id = project.store.queue.next('fused', id)!.id) ids.push(id); // prettier-ignore
  return ids;
};
const review = (ids: string[], change: object): unknown => project.store.edits.apply({ ids }, { addClasses: [], removeClasses: [], addTags: [], removeTags: [], ...change } as never); // prettier-ignore

describe('the order of masks for review', () => {
  it('has terms and benefit as scores that the dataset can sort by', async () => {
    expect(await rank()).toEqual({ ranked: COUNT, failures: [] });
    const terms = project.store.queue.terms('fused', 'i000');
    expect(Object.values(terms).every((value) => value !== null && value >= 0 && value <= 1)).toBe(true);
    expect(terms.doubt).toBeCloseTo(1 - 200 / 255, 6);
    expect(projectScores(project)).toEqual(expect.arrayContaining(queueScores.map((kind) => `${kind}/fused`)));
    const query = pageQuerySchema.parse({ sort: 'disagreement/fused', order: 'descending' });
    expect(project.store.browser.page(query).images[0].id).toBe('i004');
  });

  it('shows first what was put first, then what is worth most, and not what is reviewed', async () => {
    await rank(undefined, { doubt: 0, rarity: 0, risk: 0 });
    expect(order()[0]).toBe('i004');
    expect(order()).toHaveLength(COUNT);
    review(['i006'], { addTags: [REVIEW_QUEUE_TAG] });
    expect(order().slice(0, 2)).toEqual(['i006', 'i004']);
    expect(project.store.queue.place('fused', 'i006')).toEqual({ place: 0, first: true });
    expect(project.store.queue.next('fused', 'i006')).toEqual({ id: 'i004', at: 4 });
    review(['i006'], { review: 'reviewed' });
    expect(order()[0]).toBe('i004');
    expect(project.store.queue.place('fused', 'i006')).toBeNull();
    expect(project.store.queue.counts('fused')).toEqual({ total: COUNT - 1, ranked: COUNT - 1 });
  });

  it('is by id where nothing was computed, and ends where all are reviewed', () => {
    expect(order()).toEqual(Array.from({ length: COUNT }, (_, at) => `i00${at}`));
    expect(project.store.queue.counts('fused')).toEqual({ total: COUNT, ranked: 0 });
    review(order(), { review: 'reviewed' });
    expect(project.store.queue.next('fused', 'i000')).toBeNull();
  });

  it('knows no disagreement where a mask set does not say what it was made from', async () => {
    project.store.recordArtifact({ kind: 'masks', name: 'fused', parents: [], settings: {} });
    await rank();
    expect(project.store.queue.terms('fused', 'i000')).toMatchObject({ disagreement: null, doubt: null });
  });

  it('passes by what cannot be read, and stops when asked to', async () => {
    writeFileSync(project.paths.mask('fused', 'i001'), 'no picture');
    rmSync(project.paths.saliencyMap('good', 'i002'));
    const result = await rank();
    expect(result).toMatchObject({ ranked: COUNT - 1, failures: [{ id: 'i001', action: 'no place in the queue' }] });
    await expect(rank(AbortSignal.abort())).rejects.toMatchObject({ code: 'interrupted' });
    expect(project.store.queue.counts('fused').ranked).toBe(COUNT - 1);
  });
});
