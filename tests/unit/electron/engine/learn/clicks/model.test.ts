import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { frameOf } from '../../../../../../electron/engine/learn/clicks/frame.js';
import { bestOf, maskOf } from '../../../../../../electron/engine/learn/clicks/masks.js';
import {
  openClickModel,
  type ClickModel,
  type ModelFiles,
} from '../../../../../../electron/engine/learn/clicks/model.js';
import type { RgbImage } from '../../../../../../shared/types.js';
import { SCORE, SIDE, clickPair, expectedMask } from '../../../../../support/click-pair.js';
import { temporaryFolder } from '../../../../../support/folder.js';
import { meanModel } from '../../../../../support/onnx.js';

const photoOf = (width: number, height: number, bright: (x: number, y: number) => boolean): RgbImage => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return bright(pixel % width, Math.floor(pixel / width)) ? 250 : 5;
  }),
});
const left = (x: number): boolean => x < 40;

async function opened(files: ModelFiles): Promise<ClickModel> {
  const model = await openClickModel(files);
  onTestFinished(() => model.close());
  return model;
}

describe('a pair of networks that answers clicks', () => {
  it('takes what is inside of positive clicks and outside of negative ones, in pixels of the photo', async () => {
    const model = await opened(clickPair(temporaryFolder()));
    expect([model.family, model.picture]).toEqual(['sam', { width: SIDE, height: SIDE }]);
    const photo = photoOf(64, 48, left);
    const encoded = await model.encode(photo);
    for (const points of [
      [{ x: 30, y: 20, positive: true }],
      [
        { x: 36.5, y: 40.5, positive: true },
        { x: 20.5, y: 40.5, positive: false },
      ],
      [
        { x: 4, y: 4, positive: true },
        { x: 35, y: 44, positive: true },
        { x: 60, y: 4, positive: false },
      ],
    ]) {
      const { mask, score, width, height } = await model.segment(encoded, points);
      expect([width, height, score]).toEqual([64, 48, SCORE]);
      expect(mask).toEqual(expectedMask(photo, left, points));
      expect(mask).toContain(1);
    }
  });

  it('draws masks of the size of large and tall photos', async () => {
    const model = await opened(clickPair(temporaryFolder()));
    const photo = photoOf(150, 320, () => true);
    const points = [{ x: 75, y: 200, positive: true }];
    const { mask } = await model.segment(await model.encode(photo), points);
    const expected = expectedMask(photo, () => true, points);
    const differing = mask.filter((value, i) => value !== expected[i]).length;
    const inside = expected.filter(Boolean).length;
    // Its edge is drawn at a fifth of the size.
    expect(differing / inside).toBeLessThan(0.03);
  });

  it('says which file does not fit, and what to do', async () => {
    const folder = temporaryFolder();
    const good = clickPair(folder);
    const rejects = (files: ModelFiles, expected: object) => expect(openClickModel(files)).rejects.toMatchObject({ details: expected }); // prettier-ignore
    await rejects(
      { ...good, encoder: join(folder, 'none.onnx') },
      { code: 'file-missing', file: join(folder, 'none.onnx') },
    );
    writeFileSync(join(folder, 'text.onnx'), 'no model');
    await rejects(
      { ...good, decoder: join(folder, 'text.onnx') },
      { code: 'weights-damaged', file: join(folder, 'text.onnx') },
    );
    writeFileSync(join(folder, 'other.onnx'), meanModel(8));
    await rejects(
      { ...good, decoder: join(folder, 'other.onnx') },
      { code: 'weights-mismatch', file: join(folder, 'other.onnx') },
    );
    await rejects(
      { encoder: good.decoder, decoder: good.encoder },
      { code: 'weights-mismatch', remedy: 'The two files are the wrong way round: exchange them.' },
    );
    await rejects({ encoder: folder, decoder: good.decoder }, { code: 'file-unreadable' });
  });
});

describe('the mask that is taken', () => {
  it('is the one that should fit best; of four the first is for several clicks', () => {
    expect(bestOf({ scores: [0.1, 0.9, 0.5] }, 1)).toBe(1);
    expect(bestOf({ scores: [0.9, 0.2, 0.3, 0.1] }, 1)).toBe(2);
    expect(bestOf({ scores: [0.1, 0.2, 0.3, 0.9] }, 2)).toBe(0);
  });

  it('is of the photo: from logits of the picture, or as they are', () => {
    const frame = frameOf({ width: 8, height: 4 }, { width: 4, height: 4 }, 'padded');
    expect([frame.content, frame.scale]).toEqual([
      { width: 4, height: 2 },
      { x: 0.5, y: 0.5 },
    ]);
    const logits = Float32Array.from({ length: 16 }, (_, i) => (i % 4 < 2 ? 1 : -1));
    const mask = maskOf({ width: 4, height: 4, data: logits }, { width: 8, height: 4 }, frame);
    expect([...mask.subarray(0, 8)]).toEqual([1, 1, 1, 1, 0, 0, 0, 0]);
    const own = maskOf({ width: 2, height: 1, data: Float32Array.from([-1, 1]) }, { width: 2, height: 1 }, frame);
    expect([...own]).toEqual([0, 1]);
  });
});
