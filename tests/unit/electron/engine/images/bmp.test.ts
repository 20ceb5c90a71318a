import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBmp } from '../../../../../electron/engine/images/bmp.js';
import pillow from './bmp-pillow.json' with { type: 'json' };

const fail = (why: string): Error => new Error(why);
const bytesOf = (hex: string): Buffer => Buffer.from(hex, 'hex');
const plain = bytesOf(pillow['24 bits'][0]);

/** 5x3 pixels, each file with the RGB that Pillow 13 reads in it. */
describe('BMP', () => {
  it.each(Object.entries(pillow))('of %s is read as Pillow reads it', (_name, [file, rgb]) => {
    const { width, height, data } = decodeBmp(bytesOf(file), fail);
    expect({ width, height }).toEqual({ width: 5, height: 3 });
    expect(Buffer.from(data).toString('hex')).toBe(rgb);
  });

  it.each([
    ['cut short', (file: Buffer) => file.subarray(0, file.length - 1), /cut short/],
    ['of run-length coding', (file: Buffer) => (file.writeUInt32LE(1, 30), file), /compressed/],
    ['of 7 bits', (file: Buffer) => (file.writeUInt16LE(7, 28), file), /7 bits/],
    ['without a row', (file: Buffer) => (file.writeInt32LE(0, 22), file), /5x0/],
    ['that claims 4 billion pixels', (file: Buffer) => (file.writeInt32LE(2 ** 30, 18), file), /do not fit/],
    ['whose pixels begin in the header', (file: Buffer) => (file.writeUInt32LE(3, 10), file), /cut short/],
    ['that is only a name', (file: Buffer) => file.subarray(0, 2), /no header/],
  ])('%s is refused', (_name, spoil, reason) => {
    expect(() => decodeBmp(spoil(Buffer.from(plain)), fail)).toThrow(reason);
  });

  it('of any bits is decoded or refused', () => {
    const files = Object.values(pillow).map(([file]) => bytesOf(file));
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.nat(80), fc.nat(255), (file, at, value) => {
        const spoilt = Buffer.from(file);
        spoilt[Math.min(at, file.length - 1)] = value;
        let refused = '';
        const refuse = (why: string): Error => new Error((refused = why));
        try {
          const { width, height, data } = decodeBmp(spoilt, refuse);
          expect(data).toHaveLength(width * height * 3);
        } catch (error) {
          expect((error as Error).message).toBe(refused);
        }
      }),
      { seed: 21, numRuns: 2000 },
    );
  });
});
