import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePhoto, encodeGrey, mirror, readLabelMap } from '../../../../../../electron/engine/images/index.js';
import { backgroundSaliency } from '../../../../../../electron/engine/learn/saliency/builtin.js';
import { stretchToBytes, u2netInput } from '../../../../../../electron/engine/learn/saliency/onnx.js';
import { withOpenSize } from '../../../../../../electron/engine/learn/saliency/onnx-size.js';
import { saliencyRegistry } from '../../../../../../electron/engine/learn/saliency/registry.js';
import { averageOverViews, viewsOf } from '../../../../../../electron/engine/learn/saliency/views.js';
import { saliencySettings, saliencySources } from '../../../../../../shared/settings/saliency.js';
import type { ByteImage, RgbImage } from '../../../../../../shared/types.js';
import { temporaryFolder } from '../../../../../support/folder.js';
import { meanModel } from '../../../../../support/onnx.js';
import { byteImages, rgbImages } from '../../images/arbitraries.js';

const shared = resolve(import.meta.dirname, '../../../../../../../shared');
const model = join(shared, 'models/u2netp/u2netp.onnx');
const voc = join(shared, 'data/voc20-coseg');

/** A red disc off the middle on a green ground with some grain. */
function disc(width: number, height: number): { photo: RgbImage; inside: (i: number) => boolean } {
  const radius = Math.min(width, height) / 4;
  const inside = (i: number): boolean =>
    Math.hypot((i % width) - width * 0.45, Math.floor(i / width) - height * 0.55) < radius;
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) data.set(inside(i) ? [200, 40, 30] : [40, 150 + ((i * 7) % 11), 50], i * 3);
  return { photo: { width, height, data }, inside };
}

/** Mean of a map where `among` holds. */
function mean({ data }: ByteImage, among: (i: number) => boolean): number {
  const values = data.filter((_, i) => among(i));
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Intersection over union of `map > threshold` and `label > 0`, 255 left out. */
function foregroundIoU(map: ByteImage, truth: ByteImage, threshold: number): number {
  let [both, either] = [0, 0];
  truth.data.forEach((label, i) => {
    if (label === 255) return;
    if (label > 0 && map.data[i] > threshold) both++;
    if (label > 0 || map.data[i] > threshold) either++;
  });
  return both / either;
}

describe('the registry', () => {
  it('has the sources that settings name', () => {
    expect(Object.keys(saliencyRegistry).sort()).toEqual([...saliencySources].sort());
    for (const [name, source] of Object.entries(saliencyRegistry)) expect(source.name).toBe(name);
  });
});

describe('builtin', () => {
  it.each([
    [90, 70],
    [640, 480],
  ])('finds a disc in a photo of %i x %i', (width, height) => {
    const { photo, inside } = disc(width, height);
    const map = backgroundSaliency(photo);
    expect(map).toMatchObject({ width, height });
    expect(mean(map, inside)).toBeGreaterThan(200);
    expect(mean(map, (i) => !inside(i))).toBeLessThan(25);
  });

  it('gives zeros for a photo of one colour, and something for any photo', () => {
    const even = { width: 50, height: 40, data: new Uint8Array(6000).fill(90) };
    expect(new Set(backgroundSaliency(even).data)).toEqual(new Set([0]));
    fc.assert(
      fc.property(rgbImages(), (photo) => {
        expect(backgroundSaliency(photo).data).toHaveLength(photo.width * photo.height);
      }),
      { seed: 71, numRuns: 40 },
    );
  });

  it('with mirror says the same of the mirrored photo', async () => {
    const source = await saliencyRegistry.builtin.open(saliencySettings.resolve({ mirror: true }));
    const { photo } = disc(61, 47);
    const [plain, turned] = [await source.saliencyOf(photo, 'a'), await source.saliencyOf(mirror(photo), 'b')];
    expect(mirror(turned)).toEqual(plain);
  });

  it('repeats to the bit', () => {
    const { photo } = disc(120, 90);
    expect(backgroundSaliency(photo)).toEqual(backgroundSaliency(photo));
  });

  it.skipIf(!existsSync(voc))('covers a cat better than no map would (needs the VOC photos)', async () => {
    const map = backgroundSaliency(await decodePhoto(join(voc, 'JPEGImages/d0240.jpg')));
    const truth = await readLabelMap(join(voc, 'SegmentationClass/d0240.png'));
    expect(foregroundIoU(map, truth, 110)).toBeGreaterThan(0.75);
  });
});

describe('folder', () => {
  const photo = { width: 4, height: 2, data: new Uint8Array(24) };
  const open = (path: string) => saliencyRegistry.folder.open(saliencySettings.resolve({ source: 'folder', path }));

  it('takes maps as they are, and resizes those of another size', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'a'));
    const map = { width: 4, height: 2, data: Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 255) };
    writeFileSync(join(folder, 'a/same.png'), encodeGrey(map));
    writeFileSync(join(folder, 'small.png'), encodeGrey({ width: 2, height: 1, data: Uint8Array.of(9, 9) }));
    const source = await open(folder);
    expect(await source.saliencyOf(photo, 'a/same')).toEqual(map);
    expect((await source.saliencyOf(photo, 'small')).data).toEqual(new Uint8Array(8).fill(9));
    await expect(source.saliencyOf(photo, 'none')).rejects.toMatchObject({ code: 'file-missing' });
  });

  it('asks for the folder', async () => {
    await expect(open('')).rejects.toMatchObject({ code: 'file-missing', remedy: expect.stringContaining('--path') });
    await expect(open(join(temporaryFolder(), 'none'))).rejects.toMatchObject({ code: 'file-missing' });
  });
});

describe('views', () => {
  it('averages sizes and mirrored photos, each turned back', async () => {
    expect(viewsOf([32, 64], true)).toHaveLength(4);
    await fc.assert(
      fc.asyncProperty(byteImages(), async (map) => {
        const photo = { ...map, data: new Uint8Array(map.data.length * 3) };
        map.data.forEach((value, i) => photo.data.fill(value, i * 3, i * 3 + 3));
        // A network that sees the red channel: it says the same of the mirrored photo, mirrored.
        const red = ({ width, height, data }: RgbImage): Promise<ByteImage> =>
          Promise.resolve({ width, height, data: data.filter((_, i) => i % 3 === 0) });
        expect(await averageOverViews(photo, viewsOf([32, 64], true), red)).toEqual(map);
        const blind = (): Promise<ByteImage> => Promise.resolve(map);
        const both = await averageOverViews(photo, viewsOf([32], true), blind);
        expect(both).toEqual(mirror(both));
      }),
      { seed: 72, numRuns: 30 },
    );
  });
});

describe('onnx', () => {
  it('prepares photos as the published code does', () => {
    const photo = { width: 2, height: 1, data: Uint8Array.of(200, 100, 0, 50, 0, 200) };
    const expected = [1, 0.25, 0.5, 0, 0, 1].map((value, i) => {
      const channel = Math.floor(i / 2);
      return (value - [0.485, 0.456, 0.406][channel]) / [0.229, 0.224, 0.225][channel];
    });
    u2netInput(photo).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 5));
    expect(u2netInput({ width: 1, height: 1, data: new Uint8Array(3) }).every(Number.isFinite)).toBe(true);
  });

  it('stretches maps to their range', () => {
    expect([...stretchToBytes(Float32Array.of(0.2, 0.6, 0.4))]).toEqual([0, 255, 127]);
    expect([...stretchToBytes(Float32Array.of(0.2, 0.2))]).toEqual([0, 0]);
  });

  const open = (values: Record<string, unknown>) =>
    saliencyRegistry.onnx.open(saliencySettings.resolve({ source: 'onnx', threads: 1, ...values }));

  it('needs a size to look at', async () => {
    await expect(open({ path: 'any', scales: [] })).rejects.toMatchObject({ code: 'settings-invalid' });
  });

  it('says what is wrong with a model file', async () => {
    await expect(open({ path: '' })).rejects.toMatchObject({ code: 'file-missing' });
    const path = join(temporaryFolder(), 'model.onnx');
    writeFileSync(path, 'not a model');
    await expect(open({ path })).rejects.toMatchObject({ code: 'weights-damaged', file: path });
  });

  /** A model file whose map is the mean of the channels, of 32 x 32 pixels. */
  function meanModelFile(options: Parameters<typeof meanModel>[1] = {}): string {
    const path = join(temporaryFolder(), 'mean.onnx');
    writeFileSync(path, meanModel(32, options));
    return path;
  }

  it.each([
    ['the declared size', { inputSize: 32 }],
    ['another size', { inputSize: 64 }],
    ['two sizes, mirrored', { inputSize: 64, scales: [0.5, 1], mirror: true }],
  ])('runs a model at %s', async (_name, values) => {
    const { photo, inside } = disc(60, 50);
    const source = await open({ path: meanModelFile(), ...values });
    const map = await source.saliencyOf(photo, 'disc');
    await source.close();
    expect(map).toMatchObject({ width: 60, height: 50 });
    // The mean of (200, 40, 30) after normalisation is above that of (40, 155, 50).
    expect(mean(map, inside) - mean(map, (i) => !inside(i))).toBeGreaterThan(50);
  });

  it('refuses a size that the layers do not take, and models of something else', async () => {
    const rigid = meanModelFile({ rigid: true });
    await (await open({ path: rigid, inputSize: 32 })).close();
    await expect(open({ path: rigid, inputSize: 64 })).rejects.toMatchObject({
      code: 'settings-invalid',
      remedy: expect.stringContaining('inputSize=32'),
    });
    const grey = meanModelFile({ channels: 1 });
    await expect(open({ path: grey, inputSize: 32 })).rejects.toMatchObject({ code: 'weights-mismatch' });
  });

  describe.skipIf(!existsSync(model))('with u2netp (needs the model)', () => {
    it('finds a disc', async () => {
      const { photo, inside } = disc(90, 70);
      const source = await open({ path: model });
      const map = await source.saliencyOf(photo, 'disc');
      await source.close();
      expect(map).toMatchObject({ width: 90, height: 70 });
      expect(mean(map, inside)).toBeGreaterThan(200);
      expect(mean(map, (i) => !inside(i))).toBeLessThan(25);
    });

    it('finds it at another size than the declared one too', async () => {
      const { photo, inside } = disc(90, 70);
      const source = await open({ path: model, inputSize: 160 });
      const map = await source.saliencyOf(photo, 'disc');
      await source.close();
      expect(mean(map, inside)).toBeGreaterThan(200);
      expect(mean(map, (i) => !inside(i))).toBeLessThan(25);
    });

    it('opens height and width alone', () => {
      const bytes = readFileSync(model);
      const opened = withOpenSize(bytes);
      let changed = 0;
      for (let i = 0; i < bytes.length; i++) if (bytes[i] !== opened[i]) changed++;
      // Input and seven outputs, each of two sizes, each written in three bytes.
      expect(opened).toHaveLength(bytes.length);
      expect(changed).toBeGreaterThan(0);
      expect(changed).toBeLessThanOrEqual(8 * 2 * 3);
      expect(Buffer.compare(withOpenSize(opened), opened)).toBe(0);
      expect(() => withOpenSize(bytes.subarray(0, 1000))).toThrow(RangeError);
    });
  });
});
