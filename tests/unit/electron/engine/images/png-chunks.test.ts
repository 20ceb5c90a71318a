import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeLabelMap } from '../../../../../electron/engine/images/index.js';
import { plainPng } from '../../../../../electron/engine/images/png-chunks.js';
import { forgedPng, packedZeros, pngHeader, pngOf } from '../../../../support/hostile/pictures.js';

const pixels = deflateSync(new Uint8Array(7 * 4));
const end: [string, Uint8Array] = ['IEND', Buffer.alloc(0)];

describe('chunks of a PNG', () => {
  it('are kept where pixels need them', () => {
    const header: [string, Uint8Array] = ['IHDR', pngHeader(6, 4)];
    const more: [string, Uint8Array][] = [['tEXt', Buffer.from('a\0b')], ['acTL', Buffer.alloc(8)]]; // prettier-ignore
    const plain = plainPng(pngOf(header, ...more, ['IDAT', pixels], end), 100);
    expect(plain).toMatchObject({ width: 6, height: 4, bytes: forgedPng(6, 4, pixels) });
  });

  it.each([
    ['claims more pixels than its data can hold', forgedPng(16_000, 16_000, pixels), /less data than pixels/],
    ['has deep colours that its data cannot hold', pngOf(['IHDR', pngHeader(60, 60, 16, 6)], ['IDAT', pixels], end), /less data than pixels/],
    ['holds far more data than pixels', forgedPng(6, 4, packedZeros(100)), /more data than pixels/],
    ['claims another size in a second header', pngOf(['IHDR', pngHeader(6, 4)], ['IHDR', pngHeader(16_000, 16_000)], ['IDAT', pixels], end), /header/],
    ['has its header after its pixels', pngOf(['IDAT', pixels], ['IHDR', pngHeader(6, 4)], end), /header/],
    ['is cut short', forgedPng(6, 4, pixels).subarray(0, 50), /cut short/],
  ])('are refused where a file %s', (_what, file, reason) => {
    expect(() => decodeLabelMap(file, 'map.png')).toThrow(
      expect.objectContaining({ code: 'file-damaged', file: 'map.png', message: expect.stringMatching(reason) as string }),
    );
  }); // prettier-ignore

  it('of too many pixels are too large', () => {
    expect(() => decodeLabelMap(forgedPng(100_000, 100_000, pixels), 'map.png')).toThrow(
      expect.objectContaining({ code: 'file-too-large' }),
    );
  });
});
