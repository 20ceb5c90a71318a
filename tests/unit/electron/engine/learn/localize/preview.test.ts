import { beforeAll, describe, expect, it, vi } from 'vitest';
import { localizeSettings, trainSettings, type LocalizeSettings } from '../../../../../../shared/settings/index.js';
import { localize, type LocalizationMap } from '../../../../../../electron/engine/learn/localize/localize.js';
import { openPreviewer, type Previewer } from '../../../../../../electron/engine/learn/localize/preview.js';
import { classifierParameters } from '../../../../../../electron/engine/learn/nets/classifier.js';
import { loadTensorflow } from '../../../../../../electron/engine/learn/runtime/load.js';
import type { Tf } from '../../../../../../electron/engine/learn/runtime/tensorflow.js';
import { firstWeights } from '../../../../../../electron/engine/learn/train/state.js';
import { scenes } from '../../../../../support/scenes.js';

let tf: Tf;
beforeAll(async () => {
  tf = await loadTensorflow({ device: 'cpu' });
});

const CLASSES = 2;
const { images, readPhoto } = scenes(8, CLASSES, 40);
const run = trainSettings.resolve({ backbone: 'tiny', 'init.classifierStd': 0.3 });
const weights = firstWeights(classifierParameters(run, CLASSES), null, 1);
const { signal } = new AbortController();
const classIndex = 0;
const members = images.filter(({ classes }) => classes.includes(classIndex));
const [image, ...others] = members;
const references = others.slice(0, 3).map(({ id }) => id);

const inputs = () => ({ tf, weights, trainSettings: run, classCount: CLASSES, images, pool: images, readPhoto });
const settings = (values: Partial<LocalizeSettings> = {}): LocalizeSettings =>
  localizeSettings.resolve({ inputSize: 32, ...values });

async function withPreviewer<Result>(
  work: (previewer: Previewer) => Promise<Result>,
  values: Partial<LocalizeSettings> = {},
): Promise<Result> {
  const previewer = openPreviewer(inputs(), settings(values), signal);
  try {
    return await work(previewer);
  } finally {
    previewer.dispose();
  }
}

describe('a preview', () => {
  it.each([
    ['of the default settings', {}],
    ['without the joint softmax', { 'references.joint': false }],
    ['of the published aggregate', { aggregation: 'five-map' }],
  ] as const)('%s is the map that a localization with this stored set makes', async (_name, values) => {
    const maps: LocalizationMap[] = [];
    await localize(
      {
        ...inputs(),
        images: [{ ...image, classes: [classIndex] }],
        fixedReferences: () => references,
        onMaps: async (_id, _photo, made) => void maps.push(...made),
      },
      settings({ ...values, 'references.strategy': 'fixed' }),
      () => undefined,
      signal,
    );
    const shown = await withPreviewer((one) => one.map({ image, classIndex, references }), values);
    expect(shown).toEqual(maps[0]);
    expect(shown.references).toEqual(references);
  });

  it('computes no features twice while the set changes, and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const kernels = vi.spyOn(tf.engine(), 'runKernel');
    const convolutions = (): number => kernels.mock.calls.filter(([name]) => name === 'ComaskConvolution').length;
    await withPreviewer(async (one) => {
      await one.map({ image, classIndex, references });
      kernels.mockClear();
      const fewer = await one.map({ image, classIndex, references: references.slice(1) });
      expect(convolutions()).toBe(0);
      expect(fewer.references).toEqual(references.slice(1));
      await one.map({ image: others[0], classIndex, references });
      expect(convolutions()).toBeGreaterThan(0);
    });
    kernels.mockRestore();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('stands alone where no reference carries the class', async () => {
    const strange = images.find(({ classes }) => !classes.includes(classIndex))!.id;
    const { references: used } = await withPreviewer((one) => one.map({ image, classIndex, references: [strange] }));
    expect(used).toEqual([image.id]);
  });
});

describe('the co-attention of a pair', () => {
  it.each([true, false])('says where a position attends (joint softmax: %s)', async (joint) => {
    const before = tf.memory().numTensors;
    const found = await withPreviewer((one) => one.attention({ image, classIndex, references }, { x: 0.9, y: 0.1 }), {
      'references.joint': joint,
    });
    expect(found.map(({ id }) => id)).toEqual(references);
    expect(found.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 5);
    if (!joint) found.forEach(({ share }) => expect(share).toBeCloseTo(1 / references.length, 5));
    const largest = Math.max(...found.flatMap(({ map }) => [...map.data]));
    expect(largest).toBe(1);
    expect(found[0].map).toMatchObject({ width: 4, height: 4 });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('has its strongest answer at itself where an image is compared with itself by cosines', async () => {
    const at = { x: 0.4, y: 0.6 };
    const [own] = await withPreviewer((one) => one.attention({ image, classIndex, references: [image.id] }, at), {
      'affinity.temperature': 1000,
    });
    expect(own.map.data.indexOf(1)).toBe(Math.floor(at.y * 4) * 4 + Math.floor(at.x * 4));
  });

  it('works the other way round', async () => {
    const at = { x: 0, y: 0 };
    const back = await withPreviewer((one) => one.answered({ image, classIndex, references }, references[1], at));
    expect(back.id).toBe(image.id);
    expect(back.share).toBeCloseTo(1, 6);
    const [there] = await withPreviewer((one) =>
      one.attention({ image: others[1], classIndex, references: [image.id] }, at),
    );
    // The same two images, the matrix from the other side: near the identity at first, so nearly the same.
    expect(there.map.data.length).toBe(back.map.data.length);
  });

  it('has a gate between 0 and 1, and a map of what it leaves', async () => {
    const { gate, rest } = await withPreviewer((one) => one.parted({ image, classIndex, references }));
    expect(gate.data.every((value) => value > 0 && value < 1)).toBe(true);
    expect(Math.max(...rest.data)).toBeLessThanOrEqual(1);
    expect(rest.data).toHaveLength(16);
  });
});
