import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { segmentSettings } from '../../../../../../shared/settings/index.js';
import { writeBest, writeLatest } from '../../../../../../electron/engine/jobs/run/checkpoints.js';
import { exportRun, type RunExport } from '../../../../../../electron/engine/jobs/run/export.js';
import { runFiles } from '../../../../../../electron/engine/jobs/run/files.js';
import { openRun } from '../../../../../../electron/engine/jobs/run/open.js';
import { readRunRecord } from '../../../../../../electron/engine/jobs/run/record.js';
import { readSegmentRecord, segmentRecords, type SegmentRecord } from '../../../../../../electron/engine/jobs/run/segment-record.js'; // prettier-ignore
import { readTrainedSegmenter } from '../../../../../../electron/engine/jobs/tasks/trainedSegmenter.js';
import { segmenterOf } from '../../../../../../electron/engine/learn/segment/segmenter.js';
import { readWeights } from '../../../../../../electron/engine/learn/weights/readers.js';
import { decodeSafetensors } from '../../../../../../electron/engine/learn/weights/safetensors.js';
import { createProject, type Project } from '../../../../../../electron/engine/project/project.js';
import { runSummary } from '../../../../../../electron/engine/services/runs.js';
import { temporaryFolder } from '../../../../../support/folder.js';
import { cheapWeights } from '../../../../../support/weights.js';

const settings = segmentSettings.resolve({ segmenter: 'tiny-largefov', 'head.channels': 8 });
const record: SegmentRecord = {
  schema: 1,
  task: 'segment',
  origin: 'trained',
  preset: 'studio',
  settings,
  weights: null,
  split: 'train',
  classes: ['disc', 'bar'],
  masks: { kind: 'masks', name: 'exact' },
  agreement: null,
  images: { count: 3, corrected: 0, digest: '' },
  validation: null,
};

let folder: string;
let project: Project;
beforeEach(() => {
  folder = temporaryFolder();
  project = createProject(join(folder, 'project'), { name: 'p', classes: ['disc', 'bar'] });
  onTestFinished(() => project.close());
  const files = runFiles(project.paths.run('s'));
  openRun(files, record, 'new', segmentRecords).release();
  const tensors = cheapWeights(segmenterOf(settings, 2).specs);
  writeLatest(files, { tensors, state: {}, epoch: 7, logLines: 0 });
});

const exported = (to: string, more: Partial<RunExport> = {}): ReturnType<typeof exportRun> =>
  exportRun(project, { run: 's', to: join(folder, to), epoch: null, backbone: false, naming: 'pytorch', ...more });

describe('the run of a segmenter', () => {
  it('is told from a classifier’s, and shown with its settings', () => {
    const files = runFiles(project.paths.run('s'));
    expect(readSegmentRecord(files)).toEqual(record);
    expect(() => readRunRecord(files)).toThrow('run of a segmenter');
    expect(runSummary(project, 's')).toMatchObject({ task: 'segment', images: 3, settings: { 'head.channels': 8 } });
    const other = { ...record, split: null, settings: { ...settings, seed: 2 } };
    expect(segmentRecords.differences(record, other)).toEqual(['seed', 'split']);
  });

  it('is used with the best weights where some were measured, else with the latest', () => {
    expect(readTrainedSegmenter(project, 's')).toMatchObject({ iteration: 7 });
    expect(() => readTrainedSegmenter(project, 's', 'best')).toThrow('never measured');
    const { weights } = readTrainedSegmenter(project, 's');
    writeBest(runFiles(project.paths.run('s')), weights, { iteration: 4, mIoU: 0.5 });
    expect(readTrainedSegmenter(project, 's').iteration).toBe(4);
    expect(readTrainedSegmenter(project, 's', 'latest').iteration).toBe(7);
    expect(() => readTrainedSegmenter(project, 'none')).toThrow('no run called "none"');
  });

  it('is exported as an ONNX model, the same bytes again', async () => {
    await exported('a.onnx');
    await exported('b.onnx');
    const [a, b] = ['a.onnx', 'b.onnx'].map((name) => readFileSync(join(folder, name)));
    expect(a.equals(b)).toBe(true);
    const initialisers = await readWeights(join(folder, 'a.onnx'));
    expect(initialisers.get('fc6.weight')!.shape).toEqual([8, 64, 3, 3]);
  });

  it('is exported under the names of PyTorch, of the backbone alone, or our own', async () => {
    const shapes = async (more: Partial<RunExport>): Promise<Map<string, number[]>> => {
      await exported('w.safetensors', more);
      const { tensors } = decodeSafetensors(readFileSync(join(folder, 'w.safetensors')));
      return new Map([...tensors].map(([name, { shape }]) => [name, shape]));
    };
    expect((await shapes({})).get('backbone.stage1.0.weight')).toEqual([16, 3, 3, 3]);
    expect((await shapes({ naming: 'own' })).get('backbone.stage1.0.weight')).toEqual([3, 3, 3, 16]);
    const alone = await shapes({ backbone: true });
    expect(alone.get('stage1.0.weight')).toEqual([16, 3, 3, 3]);
    expect([...alone.keys()].some((name) => name.startsWith('fc6'))).toBe(false);
  });

  it.each([
    ['weights.pth', {}],
    ['weights.onnx', { backbone: true }],
  ])('is not exported as %s with %j', async (to, more) => {
    await expect(exported(to, more)).rejects.toMatchObject({ code: 'usage' });
    expect(existsSync(join(folder, to))).toBe(false);
  });
});
