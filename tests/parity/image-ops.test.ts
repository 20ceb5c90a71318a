import { resolve } from 'node:path';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  cropImage,
  decodePhoto,
  mirror,
  normalise,
  resizeBilinear,
  toGrey,
} from '../../electron/engine/images/index.js';
import type { RgbImage } from '../../shared/types.js';
import { allclose, goldenAvailable, goldenFolder, readGolden, readGoldenJson } from '../support/golden.js';

/** [height, width, channels] to [channels, height, width]. */
function channelsFirst(data: Float32Array, height: number, width: number): Float32Array {
  return Float32Array.from(data, (_, i) => {
    const [c, position] = [Math.floor(i / (height * width)), i % (height * width)];
    return data[position * 3 + c];
  });
}

describe.skipIf(!goldenAvailable)('picture operations equal Pillow (needs the golden numbers)', () => {
  const golden = goldenAvailable ? readGolden('image_ops') : undefined!;
  const photoOf = (name: string): RgbImage => {
    const { shape, data } = golden.bytes(name);
    return { width: shape[1], height: shape[0], data };
  };
  const { atol } = goldenAvailable ? readGoldenJson('image_ops').suggested_tolerance.normalised : { atol: 0 };

  it('decodes the PNG', async () => {
    expect(await decodePhoto(resolve(goldenFolder, 'image_ops__crop.png'))).toEqual(photoOf('pixels'));
  });

  it.each([24, 32, 64])('resizes to %i', (size) => {
    expect(resizeBilinear(photoOf('pixels'), size, size)).toEqual(photoOf(`resized_${size}`));
  });

  it.each([24, 32, 64])('normalises at %i', (size) => {
    const actual = channelsFirst(normalise(photoOf(`resized_${size}`)), size, size);
    const { close, message } = allclose(actual, golden.float(`normalised_${size}`).data, { atol });
    expect(close, message).toBe(true);
  });

  it('mirrors', () => {
    expect(mirror(photoOf('pixels'))).toEqual(photoOf('flip_pixels'));
    expect(mirror(photoOf('resized_32'))).toEqual(photoOf('flip_of_resized_32'));
    const mirrored = channelsFirst(normalise(mirror(photoOf('resized_32'))), 32, 32);
    expect(allclose(mirrored, golden.float('flip_normalised_32').data, { atol }).close).toBe(true);
  });

  it('weighs colours into grey', () => {
    expect(toGrey(photoOf('pixels')).data).toEqual(golden.bytes('grey').data);
  });
});

const photos = resolve(goldenFolder, '../data/voc20-coseg/JPEGImages');

describe.skipIf(!goldenAvailable || !existsSync(photos))('JPEG photos equal Pillow (needs the VOC photos)', () => {
  it('decodes and resizes a whole photo', async () => {
    const photo = await decodePhoto(resolve(photos, 'd0157.jpg'));
    const { data } = readGolden('vgg16_d1_features__photo96').bytes('resized_pixels');
    expect(resizeBilinear(photo, 96, 96).data).toEqual(data);
  });

  it('crops', async () => {
    const [x, y, width, height] = readGoldenJson('image_ops').crop;
    const photo = await decodePhoto(resolve(photos, 'd0188.jpg'));
    expect(cropImage(photo, { x, y, width, height }).data).toEqual(readGolden('image_ops').bytes('pixels').data);
  });
});
