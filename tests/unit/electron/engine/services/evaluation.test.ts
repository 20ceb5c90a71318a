import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { describe, expect, it, onTestFinished } from 'vitest';
import { encodeLabelMap, readLabelMap } from '../../../../../electron/engine/images/index.js';
import type { Project } from '../../../../../electron/engine/project/project.js';
import { evaluateSet } from '../../../../../electron/engine/services/evaluation.js';
import type { EvaluationRequest } from '../../../../../electron/engine/services/evaluation-files.js';
import { exportEvaluation } from '../../../../../electron/engine/services/evaluation-export.js';
import { evaluationTables } from '../../../../../electron/engine/services/evaluation-csv.js';
import { evaluationReport } from '../../../../../electron/engine/services/evaluation-report.js';
import { makeMaskSet } from '../../../../../electron/engine/services/mask-set.js';
import { evaluationSchema, type Evaluation } from '../../../../../shared/evaluation.js';
import { lineOf } from '../../../../../shared/rounds.js';
import { maskSettings } from '../../../../../shared/settings/index.js';
import { SIZE, put } from '../../../../support/dataset.js';
import { temporaryFolder } from '../../../../support/folder.js';
import { halves, measuredProject } from '../../../../support/measured.js';

const COUNT = 8;
const { signal } = new AbortController();
const quiet = (): void => undefined;

async function fixture(): Promise<Project> {
  const project = await measuredProject(temporaryFolder(), COUNT);
  onTestFinished(() => project.close());
  const request = { masks: 'fused', maps: 'good', saliency: 'good' };
  await makeMaskSet(project, request, maskSettings.defaults(), quiet, signal);
  return project;
}

const evaluate = (project: Project, request: Partial<EvaluationRequest> = {}): Promise<Evaluation> =>
  evaluateSet(project, { kind: 'masks', set: 'fused', ...request }, quiet, signal);

/** A label map of one label. */
const flat = (label: number, { width, height }: { width: number; height: number } = SIZE): Uint8Array =>
  encodeLabelMap({ width, height, data: new Uint8Array(width * height).fill(label) });

describe('measuring a mask set', () => {
  it('finds a perfect one perfect, and names the image without ground truth', async () => {
    const project = await fixture();
    const evaluation = await evaluate(project);
    expect(evaluation).toMatchObject({
      images: COUNT,
      evaluated: COUNT - 1,
      withoutTruth: ['i007'],
      failures: [],
      mIoU: 1,
      mIoULabelled: 1,
      boundaryIoU: 1,
      pixelAccuracy: 1,
      threshold: null,
    });
    expect(evaluation.perClass.filter(({ iou }) => iou !== null).map(({ name }) => name)).toEqual([
      'background',
      'aeroplane',
      'bicycle',
      'bird',
    ]);
  });

  it('saves what it returns, and where it came from', async () => {
    const project = await fixture();
    const evaluation = await evaluate(project, { split: 'train' });
    const saved: unknown = JSON.parse(readFileSync(project.paths.evaluation('masks-fused-train'), 'utf8'));
    expect(evaluationSchema.parse(saved)).toEqual(evaluation);
    expect(project.store.artifact('evaluation', 'masks-fused-train')?.parents).toEqual([
      { kind: 'masks', name: 'fused' },
    ]);
  });

  it('puts the worst image first, and counts what is missed and invented', async () => {
    const project = await fixture();
    put(project.root, 'masks/fused/i001.png', flat(0));
    put(project.root, 'masks/fused/i002.png', flat(3));
    const { perImage } = await evaluate(project);
    expect(perImage.slice(0, 2)).toMatchObject([
      { id: 'i001', mIoU: 0.25, missed: 0.5, invented: 0 },
      { id: 'i002', mIoU: 0.25, missed: 0, invented: 0.5 },
    ]);
  });

  it('measures agreement with a mask set in the place of ground truth, also where there is none', async () => {
    const project = await fixture();
    const against = { against: 'fused', name: 'same' };
    const same = await evaluate(project, against);
    expect(same).toMatchObject({ mIoU: 1, evaluated: COUNT, against: 'fused', withoutTruth: [] });
    expect(project.store.artifact('evaluation', 'same')?.parents).toHaveLength(2);
    put(project.root, 'masks/fused/i001.png', flat(255));
    const maps = await evaluate(project, { kind: 'maps', set: 'good', against: 'fused' });
    expect(maps.name).toBe('maps-good-against-fused');
    expect(maps.perImage.find(({ id }) => id === 'i001')?.mIoU).toBeNull();
    put(project.root, 'predictions/deeplab/i000.png', readFileSync(join(project.root, 'masks/fused/i000.png')));
    const predicted = await evaluate(project, { against: 'predictions/deeplab' });
    expect(predicted).toMatchObject({ name: 'masks-fused-against-predictions-deeplab', mIoU: 1, evaluated: 1 });
    expect(project.store.artifact('evaluation', predicted.name)!.parents).toEqual([
      { kind: 'masks', name: 'fused' },
      { kind: 'predictions', name: 'deeplab' },
    ]);
    await expect(evaluate(project, { against: 'none' })).rejects.toMatchObject({ code: 'set-missing' });
    await expect(evaluate(project, { against: 'predictions/../masks/fused' })).rejects.toMatchObject({
      code: expect.stringMatching(/unsafe|usage|outside|name/),
    });
  });

  it('has tables of classes, images and confusions', async () => {
    const project = await fixture();
    put(project.root, 'masks/fused/i001.png', flat(0));
    const tables = evaluationTables(await evaluate(project));
    const lines = (name: string): string[] => tables[name].trimEnd().split('\r\n');
    expect(lines('classes.csv')).toHaveLength(22);
    expect(lines('images.csv')[1]).toMatch(/^i001,0\.25,0\.5,0\.5,0,0,0,\d+,0,0,0,0$/);
    expect(lines('pairs.csv')).toContainEqual(expect.stringMatching(/^i001,bicycle,background,\d+$/));
    expect(lines('confusion.csv')[0]).toMatch(/^truth,background,aeroplane,.*,undecided$/);
  });

  it('takes masks made by hand in the place of the set where it is asked to, and is noted as a round', async () => {
    const project = await fixture();
    put(project.root, 'masks/fused/i001.png', flat(0));
    const before = await evaluate(project);
    await evaluate(project);
    put(project.root, 'masks/corrected/i001.png', encodeLabelMap(await readLabelMap(project.truthPath(project.store.image('i001')!)!))); // prettier-ignore
    const after = await evaluate(project, { corrected: true });
    expect([before.name, after.name]).toEqual(['masks-fused', 'masks-fused-corrected']);
    expect(before.mIoU).toBeLessThan(1);
    expect(after.mIoU).toBe(1);
    const rounds = lineOf(project.store.rounds.list(), { kind: 'masks', split: null, against: null });
    expect(rounds.map(({ evaluation, mIoU, step, fixed }) => [evaluation, mIoU, step, fixed])).toEqual([
      ['masks-fused', before.mIoU, 'before', 0],
      ['masks-fused-corrected', 1, 'fixed', 1],
    ]);
  });

  it('is written as a page and tables beside its figures, those of before in their place', async () => {
    const project = await fixture();
    const evaluation = await evaluate(project);
    const write = (): ReturnType<typeof exportEvaluation> =>
      exportEvaluation(project, { evaluation: evaluation.name, images: 2 }, quiet, signal);
    const { folder, files, report } = await write();
    expect(files).toEqual(['report.html', 'classes.csv', 'images.csv', 'pairs.csv', 'confusion.csv']);
    expect(files.every((file) => existsSync(join(folder, file)))).toBe(true);
    const page = readFileSync(report, 'utf8');
    expect(page).toContain(evaluation.perImage[0].id);
    expect(page).not.toContain(evaluation.perImage[2].id);
    expect(readFileSync(join(folder, 'images.csv'), 'utf8')).toBe(evaluationTables(evaluation)['images.csv']);
    put(folder, 'images.csv', 'of before');
    await write();
    expect(readFileSync(join(folder, 'images.csv'), 'utf8')).toBe(evaluationTables(evaluation)['images.csv']);
    await expect(exportEvaluation(project, { evaluation: 'none', images: 2 }, quiet, signal)).rejects.toMatchObject({
      code: 'file-missing',
    });
  });

  it('leaves out masks that are missing, damaged, of another size or of unknown labels', async () => {
    const project = await fixture();
    put(project.root, 'masks/fused/i000.png', 'no image');
    put(project.root, 'masks/fused/i001.png', flat(1, { width: 9, height: 9 }));
    put(project.root, 'masks/fused/i002.png', flat(77));
    const { failures, evaluated } = await evaluate(project);
    expect(evaluated).toBe(COUNT - 4);
    expect(failures.map(({ id, code }) => [id, code])).toEqual([
      ['i000', 'file-damaged'],
      ['i001', 'size-mismatch'],
      ['i002', 'label-unknown'],
    ]);
  });

  it('takes ground truth from another folder, by id', async () => {
    const project = await fixture();
    const groundTruth = temporaryFolder();
    put(groundTruth, 'i000.png', flat(0));
    const { evaluated, withoutTruth, pixelAccuracy } = await evaluate(project, { groundTruth });
    expect({ evaluated, without: withoutTruth.length, pixelAccuracy }).toEqual({
      evaluated: 1,
      without: COUNT - 1,
      pixelAccuracy: 0.5,
    });
    await expect(evaluate(project, { groundTruth: `${groundTruth}/none` })).rejects.toMatchObject({
      code: 'file-missing',
    });
  });

  it('reads ground truth by a convention, and in colours', async () => {
    const project = await fixture();
    const groundTruth = temporaryFolder();
    // Class 0 of "zero-based" is label 1, and so is the first colour after black.
    put(groundTruth, 'i000.png', flat(0));
    const rgb = Uint8Array.from({ length: SIZE.width * SIZE.height * 3 }, (_, i) => (i % 3 === 0 ? 128 : 0));
    put(groundTruth, 'i001.png', encode({ ...SIZE, channels: 3, data: rgb }));
    put(project.root, 'masks/fused/i000.png', flat(1));
    put(project.root, 'masks/fused/i001.png', flat(1));
    const { evaluated, mIoU } = await evaluate(project, { groundTruth, convention: 'zero-based' });
    expect({ evaluated, mIoU }).toEqual({ evaluated: 2, mIoU: 1 });
  });

  it('measures masks made by hand', async () => {
    const project = await fixture();
    put(project.root, 'masks/corrected/i000.png', flat(0));
    const { evaluated, failures } = await evaluate(project, { set: 'corrected' });
    expect({ evaluated, failed: failures.length }).toEqual({ evaluated: 1, failed: COUNT - 2 });
  });

  it('says so when there is no such set', async () => {
    const project = await fixture();
    await expect(evaluate(project, { set: 'none' })).rejects.toMatchObject({
      code: 'set-missing',
      remedy: expect.stringContaining('fused'),
    });
  });
});

describe('measuring scores', () => {
  it('finds the background threshold of maps, and the masks of that threshold perfect', async () => {
    const project = await fixture();
    const { mIoU, boundaryIoU, threshold, missingMaps } = await evaluate(project, { kind: 'maps', set: 'good' });
    expect({ mIoU, boundaryIoU, missingMaps }).toEqual({ mIoU: 1, boundaryIoU: 1, missingMaps: 0 });
    // Right halves have 50: the lowest threshold that keeps them out.
    expect(threshold!.best).toBeCloseTo(50 / 255, 12);
    expect(threshold!.curve).toHaveLength(256);
    expect(threshold!.curve[200].mIoU).toBeLessThan(1);
  });

  it('counts labels without a map as background', async () => {
    const project = await fixture();
    rmSync(project.paths.map('good', 'i000', 0));
    const { missingMaps, evaluated, perImage } = await evaluate(project, { kind: 'maps', set: 'good' });
    expect({ missingMaps, evaluated }).toEqual({ missingMaps: 1, evaluated: COUNT - 1 });
    expect(perImage[0]).toMatchObject({ id: 'i000', missed: 0.5 });
  });

  it('measures saliency as object against background', async () => {
    const project = await fixture();
    const { perClass, mIoU, threshold } = await evaluate(project, { kind: 'saliency', set: 'good' });
    expect(perClass.map(({ name, iou }) => [name, iou])).toEqual([
      ['background', 1],
      ['object', 1],
    ]);
    expect(mIoU).toBe(1);
    expect(threshold!.best).toBeCloseTo(10 / 255, 12);
  });

  it('meets a damaged map once, as a failure', async () => {
    const project = await fixture();
    put(project.root, 'maps/good/i000_0.png', halves(1, 2, { width: 3, height: 3 }));
    const { failures } = await evaluate(project, { kind: 'maps', set: 'good' });
    expect(failures).toMatchObject([{ id: 'i000', code: 'size-mismatch' }]);
  });
});

describe('the report of an evaluation', () => {
  it.each([
    ['masks', 'fused', ['Photo', 'Map', 'Saliency', 'Mask', 'Ground truth', 'Error']],
    ['maps', 'good', ['Photo', 'Map', 'Mask', 'Ground truth', 'Error']],
    ['saliency', 'good', ['Photo', 'Saliency', 'Mask', 'Ground truth', 'Error']],
  ] as const)('of %s shows its pictures', async (kind, set, titles) => {
    const project = await fixture();
    const request = { kind, set };
    const evaluation = await evaluate(project, request);
    const options = { images: 3, onProgress: quiet, signal };
    const html = await evaluationReport(project, request, evaluation, options);
    const [gallery] = html.match(/<table class="gallery"[^]*<\/table>/)!;
    expect([...gallery.matchAll(/<th scope="col">([^<]+)/g)].map(([, title]) => title)).toEqual(['Image', ...titles]);
    expect([...gallery.matchAll(/<img src="data:image\/(?:png|jpeg);base64,/g)]).toHaveLength(3 * titles.length);
    expect(html).toContain(`${COUNT - 4} better images are left out`);
  });
});
