import { beforeAll, describe, expect, it, vi } from 'vitest';
import { localizeSettings, trainSettings, type LocalizeSettings } from '../../../../../../shared/settings/index.js';
import { scaleMap } from '../../../../../../electron/engine/learn/localize/aggregate.js';
import { localize, type LocalizationMap } from '../../../../../../electron/engine/learn/localize/localize.js';
import { openPreviewer, type Previewer } from '../../../../../../electron/engine/learn/localize/preview.js';
import { plainView, viewFeatures } from '../../../../../../electron/engine/learn/localize/views.js';
import { backbones } from '../../../../../../electron/engine/learn/nets/backbones/index.js';
import { constantParameters } from '../../../../../../electron/engine/learn/nets/parameters.js';
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

  describe('computed naively, with a matrix that is no identity', () => {
    /** Any temperature that neither flattens the softmax nor leaves one position. */
    const T = 20;
    const varied = new Map(weights);
    const { shape } = weights.get('affinity.target.weight')!;
    const matrix = Float32Array.from({ length: shape[0] * shape[1] }, (_, i) => Math.sin(i * 12.9898) / 4 + Number(i % (shape[0] + 1) === 0)); // prettier-ignore
    varied.set('affinity.target.weight', { shape, data: matrix });
    // All positive, so that something is left of the class.
    const classifier = weights.get('classifier.weight')!;
    varied.set('classifier.weight', { shape: classifier.shape, data: classifier.data.map(Math.abs) });
    type Rows = number[][];
    const dot = (a: number[], b: number[]): number => a.reduce((sum, value, i) => sum + value * b[i], 0);
    const unit = (row: number[]): number[] => row.map((value) => value / Math.sqrt(dot(row, row) + 1e-12));
    const centred = (rows: Rows): Rows =>
      rows.map((row) => row.map((value, c) => value - rows.reduce((sum, other) => sum + other[c], 0) / rows.length));
    const projected = (rows: Rows): Rows =>
      rows.map((row) => row.map((_, c) => row.reduce((sum, value, k) => sum + value * matrix[k * row.length + c], 0)));
    const softmax = (row: number[]): number[] => {
      const powers = row.map((value) => Math.exp(value - Math.max(...row)));
      return powers.map((value) => value / powers.reduce((a, b) => a + b));
    };
    const queriesOf = (rows: Rows): Rows => projected(centred(rows)).map(unit);
    const keysOf = (rows: Rows): Rows => centred(rows).map(unit);
    const affinity = (a: number[], b: number[]): number => T * dot(a, b);

    async function featuresOf(id: string): Promise<Rows> {
      const own = constantParameters(tf, varied);
      const x = viewFeatures(tf, backbones.tiny, own, await readPhoto(id), plainView, 32);
      const channels = x.shape[3];
      const data = [...(x.dataSync() as Float32Array)];
      tf.dispose([x, ...Object.values(own)]);
      return Array.from({ length: data.length / channels }, (_, i) => data.slice(i * channels, (i + 1) * channels));
    }
    const ask = async <Result>(work: (previewer: Previewer) => Promise<Result>): Promise<Result> => {
      const previewer = openPreviewer(
        { ...inputs(), weights: varied },
        settings({ 'affinity.temperature': T }),
        signal,
      );
      try {
        return await work(previewer);
      } finally {
        previewer.dispose();
      }
    };
    /** Largest difference of a map to numbers on its scale. */
    const farthest = (data: Float32Array, expected: number[]): number =>
      Math.max(...expected.map((value, i) => Math.abs(value - data[i])));
    const place = { x: 0.9, y: 0.3 };
    /** Third column, second row of four. */
    const position = 1 * 4 + 3;

    it('is one softmax row over all references', async () => {
      const [own, others] = [await featuresOf(image.id), await Promise.all(references.map(featuresOf))];
      const query = queriesOf(own)[position];
      const row = softmax(others.flatMap((rows) => keysOf(rows).map((key) => affinity(query, key))));
      const most = Math.max(...row);
      const found = await ask((one) => one.attention({ image, classIndex, references }, place));
      found.forEach(({ map, share }, i) => {
        const part = row.slice(i * 16, (i + 1) * 16);
        expect(farthest(map.data, part.map((value) => value / most))).toBeLessThan(2e-4); // prettier-ignore
        expect(share).toBeCloseTo(part.reduce((a, b) => a + b), 4); // prettier-ignore
      });
      expect(Math.min(...row) / most).toBeLessThan(0.5);
    });

    it('is the column of the same affinities the other way round', async () => {
      const [own, asking] = [await featuresOf(image.id), await featuresOf(references[1])];
      const key = keysOf(asking)[position];
      const row = softmax(queriesOf(own).map((query) => affinity(query, key)));
      const found = await ask((one) => one.answered({ image, classIndex, references }, references[1], place));
      const most = Math.max(...row);
      expect(farthest(found.map.data, row.map((value) => value / most))).toBeLessThan(2e-4); // prettier-ignore
    });

    it('opens the gate by the attended features, and leaves the class in the rest', async () => {
      const [own, others] = [await featuresOf(image.id), await Promise.all(references.map(featuresOf))];
      const [gateWeight, phi] = ['gate.weight', 'classifier.weight'].map((name) => varied.get(name)!.data);
      const values = others.flat();
      const keys = others.flatMap(keysOf);
      const open = queriesOf(own).map((query) => {
        const row = softmax(keys.map((key) => affinity(query, key)));
        const attended = own[0].map((_, c) => row.reduce((sum, share, j) => sum + share * values[j][c], 0));
        return 1 / (1 + Math.exp(-dot(attended, [...gateWeight])));
      });
      const raw = own.map((row, i) => row.reduce((sum, value, c) => sum + value * (1 - open[i]) * phi[c * CLASSES + classIndex], 0)); // prettier-ignore
      const { gate, rest } = await ask((one) => one.parted({ image, classIndex, references }));
      expect(farthest(gate.data, open)).toBeLessThan(1e-4);
      const scaled = scaleMap({ width: 4, height: 4, data: Float32Array.from(raw) });
      expect(farthest(rest.data, [...scaled.data])).toBeLessThan(1e-3);
      expect(Math.max(...scaled.data)).toBeCloseTo(1, 6);
    });
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
