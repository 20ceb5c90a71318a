import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { encodeLabelMap } from '../../../../../electron/engine/images/index.js';
import { writeDescriptors } from '../../../../../electron/engine/jobs/run/descriptors.js';
import { runFiles } from '../../../../../electron/engine/jobs/run/files.js';
import type { Project } from '../../../../../electron/engine/project/project.js';
import { imageCauses } from '../../../../../electron/engine/services/evaluation-causes.js';
import type { EvaluationRequest } from '../../../../../electron/engine/services/evaluation-files.js';
import type { ArtifactRef, ImageRecord } from '../../../../../shared/project.js';
import {
  localizeSettings,
  maskSettings,
  segmentSettings,
  trainSettings,
} from '../../../../../shared/settings/index.js';
import type { LabelMap } from '../../../../../shared/types.js';
import { SIZE, put } from '../../../../support/dataset.js';
import { temporaryFolder } from '../../../../support/folder.js';
import { halves, measuredProject } from '../../../../support/measured.js';

const FUSED: EvaluationRequest = { kind: 'masks', set: 'fused' };
const PREDICTED: EvaluationRequest = { kind: 'predictions', set: 'deeplab' };
/** The object of i000, of class 0, is its left half. */
const ID = 'i000';
const split = (left: number, right: number): LabelMap => ({
  ...SIZE,
  data: Uint8Array.from({ length: SIZE.width * SIZE.height }, (_, i) => (i % SIZE.width < SIZE.width / 2 ? left : right)),
}); // prettier-ignore
const [right, empty] = [split(1, 0), split(0, 0)];

let project: Project;
beforeEach(async () => {
  project = await measuredProject(temporaryFolder(), 8);
  onTestFinished(() => project.close());
});

const record = (ref: ArtifactRef, parents: ArtifactRef[], settings: Record<string, unknown>): void =>
  project.store.recordArtifact({ ...ref, parents, settings });
function fusedWith(settings: Parameters<typeof maskSettings.resolve>[0] = { refine: 'none' }): void {
  const parents: ArtifactRef[] = [{ kind: 'maps', name: 'good' }, { kind: 'saliency', name: 'good' }]; // prettier-ignore
  record({ kind: 'masks', name: 'fused' }, parents, maskSettings.resolve(settings));
}
function mapsWith(settings: Parameters<typeof localizeSettings.resolve>[0]): void {
  const classifier = { schema: 1, origin: 'trained', preset: 'studio', settings: trainSettings.resolve({}), weights: null, split: null, classes: project.config.classes, images: { count: 8, digest: '' } }; // prettier-ignore
  put(project.root, 'runs/pairs/settings.json', JSON.stringify(classifier));
  record({ kind: 'maps', name: 'good' }, [{ kind: 'run', name: 'pairs' }], localizeSettings.resolve(settings));
}
const remove = (path: string): void => rmSync(join(project.root, path));
async function causes(request: EvaluationRequest, mask: LabelMap, changed: Partial<ImageRecord> = {}, truth = right, id = ID): Promise<string[]> {
  const found = await imageCauses(project, request, { ...project.store.image(id)!, ...changed }, truth, mask);
  return found.map(({ cause }) => cause);
} // prettier-ignore

describe('causes of what a mask lacks, one at a time', () => {
  beforeEach(() => fusedWith());

  it('are none where nothing that it was made of is amiss, nor of an object that was found', async () => {
    expect(await causes(FUSED, empty)).toEqual([]);
    put(project.root, `maps/good/${ID}_0.png`, halves(0, 200));
    expect(await causes(FUSED, right)).toEqual([]);
  });

  it('are the label, where the image does not carry it or the truth has not', async () => {
    expect(await causes(FUSED, empty, { classes: [] })).toEqual(['label-missing']);
    expect(await causes(FUSED, right, {}, empty)).toEqual(['label-wrong']);
  });

  it('are the map, where it is hot elsewhere or not there', async () => {
    put(project.root, `maps/good/${ID}_0.png`, halves(0, 200));
    expect(await causes(FUSED, empty)).toEqual(['map-part']);
    remove(`maps/good/${ID}_0.png`);
    expect(await causes(FUSED, empty)).toEqual(['map-missing']);
  });

  it('are the saliency, where it passes the object by', async () => {
    put(project.root, `saliency/good/${ID}.png`, halves(10, 220));
    expect(await causes(FUSED, empty)).toEqual(['saliency-missed']);
    remove(`saliency/good/${ID}.png`);
    expect(await causes(FUSED, empty)).toEqual([]);
  });

  it('are the refinement, where the masks had the object before it', async () => {
    fusedWith({ refine: 'crf:mcis' });
    expect(await causes(FUSED, empty)).toEqual(['refinement-removed']);
  });

  it('are not what the set was made of, where a mask made by hand stands in for it', async () => {
    put(project.root, `maps/good/${ID}_0.png`, halves(0, 200));
    put(project.root, `masks/corrected/${ID}.png`, encodeLabelMap(empty));
    expect(await causes({ ...FUSED, corrected: true }, empty)).toEqual([]);
    expect(await causes(FUSED, empty)).toEqual(['map-part']);
  });

  it('are not looked for in agreement or saliency', async () => {
    put(project.root, `maps/good/${ID}_0.png`, halves(0, 200));
    expect(await causes({ ...FUSED, against: 'others' }, empty)).toEqual([]);
    expect(await causes({ kind: 'saliency', set: 'good' }, empty)).toEqual([]);
    expect(await causes({ kind: 'maps', set: 'good' }, empty)).toEqual(['map-part']);
  });
});

describe('references as a cause', () => {
  // Class 0 is carried by i000, i003 and i006.
  const compare = (angles: Record<string, number>): void => {
    const vector = (degrees: number) => Float32Array.from([Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]); // prettier-ignore
    const byId = new Map(Object.entries(angles).map(([id, degrees]) => [id, vector(degrees)]));
    writeDescriptors(runFiles(project.paths.run('pairs')), { made: '', byId });
  };
  beforeEach(() => fusedWith());

  it('are too few of what was asked for, stored ones included', async () => {
    mapsWith({ 'references.count': 2, 'references.self': false });
    expect(await causes(FUSED, empty)).toEqual([]);
    mapsWith({ 'references.count': 3, 'references.self': false });
    expect(await causes(FUSED, empty)).toEqual(['references-few']);
    mapsWith({ 'references.count': 2, 'references.self': false, 'references.strategy': 'fixed' });
    expect(await causes(FUSED, empty)).toEqual(['references-few']);
    project.store.setReferences({ classIndex: 0 }, ['i003', 'i006']);
    expect(await causes(FUSED, empty)).toEqual([]);
    mapsWith({ 'references.count': 9, mode: 'single' });
    expect(await causes(FUSED, empty)).toEqual([]);
  });

  it('are all unlike the image, as those that were used tell', async () => {
    mapsWith({ 'references.count': 1, 'references.self': false, 'references.strategy': 'fixed' });
    project.store.setReferences({ classIndex: 0 }, ['i006']);
    expect(await causes(FUSED, empty)).toEqual([]);
    compare({ i000: 0, i003: 10, i006: 90 });
    const [far] = await imageCauses(project, FUSED, project.store.image(ID)!, right, empty);
    expect(far).toMatchObject({ cause: 'references-far', label: 1, evidence: expect.closeTo(0, 6) });
    expect(far.expected).toBeGreaterThan(0.8);
    project.store.setReferences({ classIndex: 0 }, ['i003']);
    expect(await causes(FUSED, empty)).toEqual([]);
    mapsWith({ 'references.count': 1, 'references.self': false, 'references.strategy': 'similar' });
    expect(await causes(FUSED, empty)).toEqual([]);
  });

  it('are not known of a run that was removed', async () => {
    mapsWith({ 'references.count': 9 });
    rmSync(join(project.root, 'runs/pairs'), { recursive: true });
    expect(await causes(FUSED, empty)).toEqual([]);
  });
});

describe('causes of what a prediction lacks', () => {
  const learnFrom = (settings: Parameters<typeof segmentSettings.resolve>[0] = {}): void => {
    const segmenter = { schema: 1, task: 'segment', origin: 'trained', preset: 'studio', settings: segmentSettings.resolve({ segmenter: 'tiny-largefov', ...settings }), weights: null, split: 'train', classes: project.config.classes, masks: { kind: 'masks', name: 'fused' }, agreement: null, images: { count: 4, corrected: 0, digest: '' }, validation: null }; // prettier-ignore
    put(project.root, 'runs/segmenter/settings.json', JSON.stringify(segmenter));
  };
  const mask = (of: LabelMap, set = 'fused', id = ID): string => put(project.root, `masks/${set}/${id}.png`, encodeLabelMap(of)); // prettier-ignore
  beforeEach(() => {
    fusedWith();
    learnFrom();
    record({ kind: 'run', name: 'segmenter' }, [{ kind: 'masks', name: 'fused' }], {});
    record({ kind: 'predictions', name: 'deeplab' }, [{ kind: 'run', name: 'segmenter' }], {});
  });

  it('are that it was not learnt, where the mask has it', async () => {
    mask(right);
    put(project.root, `maps/good/${ID}_0.png`, halves(0, 200));
    expect(await causes(PREDICTED, empty)).toEqual(['not-learnt']);
    expect(await causes(PREDICTED, right)).toEqual([]);
  });

  it('are those of the mask, where that lacks it too', async () => {
    mask(empty);
    expect(await causes(PREDICTED, empty)).toEqual(['mask-lacking']);
    put(project.root, `maps/good/${ID}_0.png`, halves(0, 200));
    expect(await causes(PREDICTED, empty)).toEqual(['mask-lacking', 'map-part']);
    expect(await causes(PREDICTED, empty, { classes: [] })).toEqual(['mask-lacking', 'label-missing']);
    mask(empty, 'corrected');
    expect(await causes(PREDICTED, empty)).toEqual(['mask-lacking']);
    mask(right, 'corrected');
    expect(await causes(PREDICTED, empty)).toEqual(['not-learnt']);
    learnFrom({ 'masks.corrected': false });
    expect(await causes(PREDICTED, empty)).toEqual(['mask-lacking', 'map-part']);
  });

  it('are a label that the truth has not, where it was learnt from', async () => {
    mask(right);
    expect(await causes(PREDICTED, right, {}, empty)).toEqual(['label-wrong']);
  });

  it('are few images of the class, also where the image was not learnt from', async () => {
    // i005 is in the split `val`; of `train` one image carries its class.
    expect(await causes(PREDICTED, empty, {}, split(3, 0), 'i005')).toEqual([]);
    const train = ['i000', 'i001', 'i002', 'i003'].map((id) => project.store.image(id)!);
    for (const image of train)
      project.store.updateImage({ ...image, classes: [...new Set([0, 1, 3, 4, ...image.classes])] });
    const [few] = await imageCauses(project, PREDICTED, project.store.image('i005')!, split(3, 0), empty);
    expect(few).toEqual({ cause: 'images-few', label: 3, found: 0, evidence: 1, expected: 4 });
  });

  it('are unknown where the segmenter is', async () => {
    mask(empty);
    rmSync(join(project.root, 'runs/segmenter'), { recursive: true });
    expect(await causes(PREDICTED, empty)).toEqual([]);
  });
});
