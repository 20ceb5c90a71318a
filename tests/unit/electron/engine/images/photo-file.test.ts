import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { checkPhoto, decodePhoto, readGrey } from '../../../../../electron/engine/images/index.js';
import { pixelsIn } from '../../../../../electron/engine/images/photo-file.js';
import { temporaryFolder } from '../../../../support/folder.js';
import { forgedPng } from '../../../../support/hostile/pictures.js';

describe('the pixels that a file may claim', () => {
  it('grow with its bytes, between 4 and 268 million', () => {
    expect([100, 1024, 2 ** 20].map((length) => pixelsIn(Buffer.alloc(length)))).toEqual([2 ** 22, 2 ** 24, 2 ** 28]);
    expect(pixelsIn('large.tiff')).toBe(2 ** 28);
  });

  it('are more than a blank photo holds in any form', async () => {
    const { sharp } = await import('../../../../../electron/engine/images/sharp.js');
    const blank = sharp({ create: { width: 4000, height: 3000, channels: 3, background: 'white' } });
    for (const kind of ['jpeg', 'png', 'webp', 'tiff'] as const) {
      const bytes = await blank.clone().toFormat(kind).toBuffer();
      expect(pixelsIn(bytes), kind).toBeGreaterThan(12e6);
    }
    const twoColours = await blank.clone().png({ palette: true, colours: 2, compressionLevel: 9 }).toBuffer();
    expect(pixelsIn(twoColours)).toBeGreaterThan(12e6);
  });

  it.each([checkPhoto, (file: string) => decodePhoto(file, 2 ** 20), readGrey])(
    'are refused before they are made up',
    async (read) => {
      const file = join(temporaryFolder(), 'forged.png');
      writeFileSync(file, forgedPng(0xde0006, 4, deflateSync(new Uint8Array(76))));
      const { user } = process.cpuUsage();
      await expect(read(file)).rejects.toMatchObject({ code: 'file-too-large', file });
      expect(process.cpuUsage().user - user).toBeLessThan(1e6);
    },
  );
});
