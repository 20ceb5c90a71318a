import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { weightsOf, writeEpoch } from '../../../../../../electron/engine/jobs/run/checkpoints.js';
import { runFiles } from '../../../../../../electron/engine/jobs/run/files.js';
import { previewFile, previewedEpochs, readPinned, writePinned } from '../../../../../../electron/engine/jobs/run/previews.js'; // prettier-ignore
import { drawLeftOut, pinnedImages, previewer } from '../../../../../../electron/engine/jobs/tasks/previews.js';
import { loadTensorflow } from '../../../../../../electron/engine/learn/runtime/load.js';
import type { Tf } from '../../../../../../electron/engine/learn/runtime/tensorflow.js';
import { train } from '../../../../../../electron/engine/learn/train/train.js';
import type { Checkpoint, TrainingEvents } from '../../../../../../electron/engine/learn/train/types.js';
import { readGrey } from '../../../../../../electron/engine/images/index.js';
import { openProject } from '../../../../../../electron/engine/project/project.js';
import { trainSettings } from '../../../../../../shared/settings/index.js';
import { temporaryFolder } from '../../../../../support/folder.js';
import { smallProject } from '../../../../../support/project.js';
import { photoReader } from '../../../../../../electron/engine/jobs/tasks/photos.js';

const image = (id: string, ...classes: number[]) => ({ id, classes, domain: 'target' as const });

describe('the images that a training is looked at by', () => {
  const images = [image('a', 0), image('b', 0), image('c', 0, 2), image('d', 1), image('e', 1), image('f', 0), image('g', 1), image('h', 2)]; // prettier-ignore

  it('bring a class each, then the first of the rest', () => {
    expect(pinnedImages(images).map(({ id }) => id)).toEqual(['a', 'c', 'd', 'b', 'e', 'f']);
    expect(pinnedImages(images.slice(0, 2)).map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('are those asked for, as far as they are learnt from', () => {
    expect(pinnedImages(images, ['h', 'x', 'a', 'h']).map(({ id }) => id)).toEqual(['h', 'a']);
    expect(pinnedImages(images, [])).toHaveLength(6);
  });
});

describe('maps of pinned images', () => {
  let tf: Tf;
  beforeAll(async () => {
    tf = await loadTensorflow({ device: 'cpu' });
  });

  it('leave the training as it is without them, and no tensor behind', async () => {
    const project = openProject(smallProject(temporaryFolder(), 6));
    const files = runFiles(project.paths.run('r'));
    const settings = trainSettings.resolve({ backbone: 'tiny', epochs: 2, batchSize: 3, inputSize: 32, 'watch.enabled': false }); // prettier-ignore
    const images = project.store.images().map(({ id, classes, domain }) => ({ id, classes, domain }));
    const pinned = pinnedImages(images, ['p002', 'p000']);
    const signal = new AbortController().signal;
    let last: Checkpoint | undefined;
    const bytesAfter = async (onEpoch?: TrainingEvents['onEpoch']): Promise<string[]> => {
      const kept: Checkpoint[] = [];
      const inputs = {
        tf,
        images,
        classCount: 2,
        readPhoto: photoReader(project),
        backboneWeights: null,
        resume: null,
      };
      const events = { onProgress: () => undefined, onLog: () => undefined, onCheckpoint: (checkpoint: Checkpoint) => void kept.push(checkpoint), onEpoch }; // prettier-ignore
      await train(inputs, settings, events, signal);
      last = kept.at(-1);
      return kept.flatMap(({ tensors }) => [...tensors].map(([name, { data }]) => name + Buffer.from(data.buffer).toString('base64'))); // prettier-ignore
    };
    const plain = await bytesAfter();
    const before = tf.memory().numTensors;
    expect(await bytesAfter(previewer(project, files, pinned, { tf, settings, signal }))).toEqual(plain);
    expect(tf.memory().numTensors).toBe(before);
    expect(previewedEpochs(files)).toEqual([1, 2]);
    for (const [id, index] of [['p002', 0], ['p002', 1], ['p000', 0]] as const) {
      expect(await readGrey(previewFile(files, 2, id, index))).toMatchObject({ width: 40, height: 40 });
    } // prettier-ignore
    // What a killed program did not come to is drawn by who goes on.
    writeEpoch(files, 3, weightsOf(last!.tensors));
    const preview = previewer(project, files, pinned, { tf, settings, signal });
    for (const epoch of [3, 4]) await drawLeftOut(files, epoch, preview);
    expect(previewedEpochs(files)).toEqual([1, 2, 3]);
    expect(readFileSync(previewFile(files, 3, 'p002', 0))).toEqual(readFileSync(previewFile(files, 2, 'p002', 0)));
    // Stopped, they leave it to the training to say so.
    await previewer(project, files, pinned, { tf, settings, signal: AbortSignal.abort() })(last!, 4);
    expect(previewedEpochs(files)).toEqual([1, 2, 3]);
    project.close();
  });
});

describe('the list of pinned images', () => {
  it('comes back as it was noted, and is empty for a run without one', () => {
    const files = runFiles(temporaryFolder());
    expect([readPinned(files), previewedEpochs(files)]).toEqual([[], []]);
    writePinned(files, [{ id: 'a/b', classes: [0, 3] }]);
    expect(readPinned(files)).toEqual([{ id: 'a/b', classes: [0, 3] }]);
  });

  it('leads to no file outside of the run', () => {
    const files = runFiles(temporaryFolder());
    expect(() => previewFile(files, 1, '../../x', 0)).toThrow(/not safe|leads out/);
  });
});
