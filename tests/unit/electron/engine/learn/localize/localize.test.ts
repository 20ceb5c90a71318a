import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { StudioError } from '../../../../../../shared/errors.js';
import type { Domain } from '../../../../../../shared/types.js';
import { localizeSettings, trainSettings, type LocalizeSettings } from '../../../../../../shared/settings/index.js';
import { gatherer, type Source, type Target } from '../../../../../../electron/engine/learn/localize/gather.js';
import { localize, type LocalizationMap } from '../../../../../../electron/engine/learn/localize/localize.js';
import {
  classifierParameters,
  coMaps,
  affinityForm,
  affinityMatrix,
  type AffinityKind,
} from '../../../../../../electron/engine/learn/nets/classifier.js';
import { tiny } from '../../../../../../electron/engine/learn/nets/backbones/tiny.js';
import { affinityOf, coAttention } from '../../../../../../electron/engine/learn/nets/coattention.js';
import { constantParameters } from '../../../../../../electron/engine/learn/nets/parameters.js';
import { loadTensorflow } from '../../../../../../electron/engine/learn/runtime/load.js';
import type { Tf } from '../../../../../../electron/engine/learn/runtime/tensorflow.js';
import { firstWeights } from '../../../../../../electron/engine/learn/train/state.js';
import { temporaryFolder } from '../../../../../support/folder.js';
import { allclose } from '../../../../../support/golden.js';
import { scenes } from '../../../../../support/scenes.js';

let tf: Tf;
beforeAll(async () => {
  tf = await loadTensorflow({ device: 'cpu' });
});

const CLASSES = 3;
const { images, readPhoto } = scenes(7, CLASSES, 40);
const run = trainSettings.resolve({ backbone: 'tiny', 'init.classifierStd': 0.3 });
const weights = firstWeights(classifierParameters(run, CLASSES), null, 1);

interface Outcome {
  maps: Map<string, LocalizationMap[]>;
  failures: { id?: string }[];
}

async function mapsWith(
  values: Partial<LocalizeSettings>,
  options: { signal?: AbortSignal; readPhoto?: typeof readPhoto; fixed?: string[]; megabytes?: number } = {},
): Promise<Outcome> {
  const maps = new Map<string, LocalizationMap[]>();
  const { failures } = await localize(
    {
      tf,
      weights,
      trainSettings: run,
      classCount: CLASSES,
      images,
      pool: images,
      fixedReferences: () => options.fixed ?? [],
      readPhoto: options.readPhoto ?? readPhoto,
      onMaps: async (id, _photo, made) => void maps.set(id, made),
    },
    {
      ...localizeSettings.resolve({ inputSize: 32, ...values }),
      // Smaller than a bound that makes sense.
      ...(options.megabytes === undefined ? {} : { 'cache.megabytes': options.megabytes }),
    },
    () => undefined,
    options.signal ?? new AbortController().signal,
  );
  return { maps, failures };
}

const bytes = ({ maps }: Outcome): string =>
  JSON.stringify(
    [...maps].map(([id, made]) => [id, made.map(({ raw }) => Buffer.from(raw.data.buffer).toString('hex'))]),
  );

const variants: [string, Partial<LocalizeSettings>][] = [
  ['single round', { mode: 'single' }],
  ['single round in views', { mode: 'single', scales: [0.75, 1.5], mirror: true }],
  ['random references', { 'references.count': 2 }],
  ['similar references in views', { 'references.strategy': 'similar', mirror: true }],
  ['diverse references', { 'references.strategy': 'diverse', 'references.self': true }],
  ['fitted to the photo', { refine: 'pixel-adaptive', 'refine.size': 32 }],
  ['spread over like features', { refine: 'random-walk' }],
  ['published aggregate', { aggregation: 'five-map', 'references.replacement': true }],
];

describe.each(variants)('localization, %s', (_name, values) => {
  it('maps every labelled class once, scaled to 0..1, and leaves no tensor behind', async () => {
    await mapsWith(values);
    const before = tf.memory().numTensors;
    const { maps } = await mapsWith(values);
    expect(tf.memory().numTensors).toBe(before);
    for (const { id, classes } of images) {
      const made = maps.get(id)!;
      expect(made.map(({ classIndex }) => classIndex)).toEqual([...classes].sort());
      for (const { raw, scaled } of made) {
        expect([raw.width, raw.height, raw.data.length]).toEqual([4, 4, 16]);
        expect(scaled.data.every((value) => value >= 0 && value <= 1)).toBe(true);
      }
    }
  });

  it('gives the same maps twice, and with a cache that holds next to nothing', async () => {
    const maps = bytes(await mapsWith(values));
    expect(bytes(await mapsWith(values))).toBe(maps);
    expect(bytes(await mapsWith({ ...values, 'cache.megabytes': 16 }))).toBe(maps);
  });
});

describe('localization', () => {
  it('computes the features of each image once, though it is mapped and a reference of others', async () => {
    const kernels = vi.spyOn(tf.engine(), 'runKernel');
    const convolutions = async (values: Partial<LocalizeSettings>): Promise<number> => {
      kernels.mockClear();
      await mapsWith(values);
      return kernels.mock.calls.filter(([name]) => name === 'ComaskConvolution').length;
    };
    const single = await convolutions({ mode: 'single', scales: [1] });
    expect(single).toBeGreaterThan(images.length);
    expect(await convolutions({ scales: [1], 'references.count': 3 })).toBe(single);
    kernels.mockRestore();
  });

  it.each<[string, Partial<LocalizeSettings>]>([
    ['random references', { 'references.count': 3 }],
    ['similar references', { 'references.strategy': 'similar' }],
  ])('computes them once also where memory holds one image, the others being on disk (%s)', async (_, values) => {
    const home = temporaryFolder();
    vi.stubEnv('COMASK_HOME', home);
    const kernels = vi.spyOn(tf.engine(), 'runKernel');
    const convolutions = (): number => kernels.mock.calls.filter(([name]) => name === 'ComaskConvolution').length;
    const inMemory = await mapsWith({ scales: [1], ...values });
    const once = convolutions();
    kernels.mockClear();
    const before = tf.memory().numTensors;
    const onDisk = await mapsWith({ scales: [1], ...values }, { megabytes: 0.005 });
    expect(tf.memory().numTensors).toBe(before);
    expect(convolutions()).toBe(once);
    kernels.mockClear();
    await mapsWith({ scales: [1], 'cache.diskMegabytes': 0, ...values }, { megabytes: 0.005 });
    expect(convolutions()).toBeGreaterThan(once);
    kernels.mockRestore();
    vi.unstubAllEnvs();

    expect(bytes(onDisk)).not.toBe(bytes(inMemory));
    for (const [id, maps] of inMemory.maps) {
      for (const [i, { raw }] of maps.entries()) {
        const largest = raw.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        const { close, message } = allclose(onDisk.maps.get(id)![i].raw.data, raw.data, {
          atol: 2 ** -9 * largest,
          rtol: 0,
        });
        expect(close, message).toBe(true);
      }
    }
    expect(readdirSync(join(home, 'scratch'))).toEqual([]);
  });

  it('gathers the scores that gathering features and classifying them gives', () => {
    const parameters = constantParameters(tf, weights);
    tf.tidy(() => {
      const first = tf.relu(tf.randomNormal([1, 4, 5, tiny.channels], 0, 1, 'float32', 3)) as Tensor4D;
      const second = tf.relu(tf.randomNormal([1, 3, 4, tiny.channels], 0, 1, 'float32', 4)) as Tensor4D;
      const gather = gatherer(tf, parameters, run, { temperature: 0, joint: true });
      const source = (x: Tensor4D): Source => gather.sourceOf(x, 'target');
      const target = (features: Tensor4D): Target => ({ features, domain: 'target' });
      const attended = coAttention(
        tf,
        first,
        second,
        affinityMatrix(parameters, 'target'),
        affinityForm(run, parameters),
      );
      const channel = (x: Tensor4D): Float32Array => {
        const rows = tf.reshape(coMaps(tf, parameters, x), [-1, CLASSES]) as Tensor2D;
        return tf.slice(rows, [0, 1], [-1, 1]).dataSync() as Float32Array;
      };
      const one = gather.maps(target(first), [{ classIndex: 1, sources: [source(second)] }], 'first')[0];
      const other = gather.maps(target(second), [{ classIndex: 1, sources: [source(first)] }], 'second')[0];
      for (const [actual, expected] of [
        [one, channel(attended[0])],
        [other, channel(attended[1])],
      ]) {
        const { close, message } = allclose(actual, expected, { atol: 1e-4, rtol: 1e-4 });
        expect(close, message).toBe(true);
      }
      return undefined as unknown as Tensor4D;
    });
    tf.dispose(Object.values(parameters));
  });

  it('attends by the matrix of each pair of domains, the single-label image as the second of a mixed one', () => {
    const specs = classifierParameters({ ...run, 'affinity.init': 'uniform' }, CLASSES);
    const parameters = constantParameters(tf, firstWeights(specs, null, 2));
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const [a, b, c] = [5, 6, 7].map(
        (seed) => tf.relu(tf.randomNormal([1, 3, 3, tiny.channels], 0, 1, 'float32', seed)) as Tensor4D,
      );
      const form = affinityForm(run, parameters);
      const rows = (x: Tensor4D): Tensor2D => tf.reshape(x, [-1, tiny.channels]);
      const p = (first: Tensor4D, second: Tensor4D, kind: AffinityKind): Tensor2D => {
        const batch = [first, second].map((x) => tf.expandDims(rows(x), 0) as Tensor3D);
        return tf.squeeze(affinityOf(tf, batch[0], batch[1], affinityMatrix(parameters, kind), form), [0]);
      };
      const score = (x: Tensor4D): Tensor2D =>
        tf.slice(tf.reshape(coMaps(tf, parameters, x), [-1, CLASSES]), [0, 1], [-1, 1]) as Tensor2D;
      const scores = tf.concat2d([score(b), score(c)], 0);
      const cases: [Domain, Tensor2D][] = [
        ['target', tf.concat2d([p(a, b, 'target'), p(a, c, 'mixed')], 1)],
        ['web', tf.concat2d([p(a, b, 'target'), p(a, c, 'mixed')], 1)],
        ['single-label', tf.concat2d([tf.transpose(p(b, a, 'mixed')), p(a, c, 'single')], 1)],
      ];
      const gather = gatherer(tf, parameters, run, { temperature: 0, joint: true });
      // The sources stand in another order than the domains: each keeps its own scores.
      const sources = [gather.sourceOf(c, 'single-label'), gather.sourceOf(b, 'target')];
      for (const [domain, affinities] of cases) {
        const expected = tf.matMul(tf.softmax(affinities), scores).dataSync();
        const [actual] = gather.maps({ features: a, domain }, [{ classIndex: 1, sources }], 'first');
        const { close, message } = allclose(actual, expected, { atol: 1e-4, rtol: 1e-4 });
        expect(close, `${domain}: ${message}`).toBe(true);
      }
      const [separate] = gatherer(tf, parameters, run, { temperature: 0, joint: false }).maps(
        { features: a, domain: 'single-label' },
        [{ classIndex: 1, sources: [sources[1]] }],
        'first',
      );
      const alone = tf.matMul(tf.softmax(tf.transpose(p(b, a, 'mixed'))), score(b)).dataSync();
      expect(allclose(separate, alone, { atol: 1e-4, rtol: 1e-4 }).close).toBe(true);
      return undefined as unknown as Tensor4D;
    });
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose(Object.values(parameters));
  });

  it('reports a photo that cannot be read and maps the others', async () => {
    const { maps, failures } = await mapsWith(
      { mode: 'single' },
      {
        readPhoto: async (id) => {
          if (id === 'image-2')
            throw new StudioError({ code: 'file-damaged', message: 'the photo is cut short', file: 'image-2.jpg' });
          return readPhoto(id);
        },
      },
    );
    expect(failures).toEqual([expect.objectContaining({ id: 'image-2', file: 'image-2.jpg', code: 'file-damaged' })]);
    expect(maps.size).toBe(images.length - 1);
  });

  it('uses the stored references, and the image itself where none fits', async () => {
    const withClassZero = images.filter(({ classes }) => classes.includes(0)).map(({ id }) => id);
    const { maps } = await mapsWith({ 'references.strategy': 'fixed' }, { fixed: withClassZero.slice(0, 1) });
    const ofOther = maps.get(withClassZero[1])!.find(({ classIndex }) => classIndex === 0)!;
    expect(ofOther.references).toEqual(withClassZero.slice(0, 1));
    const alone = maps.get(withClassZero[0])!.find(({ classIndex }) => classIndex === 0)!;
    expect(alone.references).toEqual([withClassZero[0]]);
  });

  it('stops when told to', async () => {
    const abort = new AbortController();
    abort.abort();
    await expect(mapsWith({}, { signal: abort.signal })).rejects.toMatchObject({ code: 'interrupted' });
  });
});
