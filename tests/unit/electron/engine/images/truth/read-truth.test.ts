import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { encodeLabelMap } from '../../../../../../electron/engine/images/index.js';
import { readTruthMap } from '../../../../../../electron/engine/images/truth/index.js';
import { vocPalette, type Palette } from '../../../../../../shared/palette.js';
import type { TruthConventionName } from '../../../../../../shared/project.js';
import { put } from '../../../../../support/dataset.js';
import { temporaryFolder } from '../../../../../support/folder.js';

const labels = [0, 1, 2, 255, 0, 3];
const palette = vocPalette();

async function read(
  png: Uint8Array,
  { convention = 'voc' as TruthConventionName, own = palette as Palette, classes = 3 } = {},
): Promise<number[]> {
  const file = put(temporaryFolder(), 'truth.png', png);
  return [...(await readTruthMap(file, { convention, classes, palette: own })).data];
}

function coloured(colours: readonly (readonly number[])[], channels: 3 | 4 = 3): Uint8Array {
  const data = Uint8Array.from(colours.flatMap((colour) => (channels === 4 ? [...colour, 0] : colour)));
  return encode({ width: colours.length / 2, height: 2, channels, depth: 8, data });
}
const colours = labels.map((label) => palette[label]);

describe('readTruthMap', () => {
  it('takes indices, whatever their colours', async () => {
    const map = { width: 3, height: 2, data: Uint8Array.from(labels) };
    expect(await read(encodeLabelMap(map))).toEqual(labels);
    expect(await read(encodeLabelMap(map, palette.toReversed()))).toEqual(labels);
  });

  it('takes grey values', async () => {
    expect(await read(encode({ width: 3, height: 2, channels: 1, depth: 8, data: Uint8Array.from(labels) }))).toEqual(labels); // prettier-ignore
  });

  it.each([3, 4] as const)("takes VOC's colours of %s channels, its border for ignore", async (channels) => {
    expect(await read(coloured(colours, channels))).toEqual(labels);
  });

  it("takes the colours of the project's own palette first", async () => {
    const own: Palette = [[0, 0, 0], [128, 128, 0], [0, 128, 0], [128, 0, 0]]; // prettier-ignore
    expect(await read(coloured(colours), { own })).toEqual([0, 3, 2, 255, 0, 1]);
    expect(await read(coloured(colours), { own: [[9, 9, 9], ...own.slice(1)] })).toEqual(labels);
  });

  it('names a colour that no label has', async () => {
    const odd = [...colours.slice(0, 4), [1, 2, 3], palette[4]];
    await expect(read(coloured(odd))).rejects.toMatchObject({
      code: 'file-damaged',
      message: expect.stringMatching(/colour \(1, 2, 3\) at 1, 1 is none of the 4 labels'/),
      file: expect.stringMatching(/truth\.png$/),
    });
  });

  it('reads values as the convention has them', async () => {
    const data = Uint8Array.from([7, 33, 0, 255, 8, 9]);
    const png = encode({ width: 3, height: 2, channels: 1, depth: 8, data });
    expect(await read(png, { convention: 'cityscapes', classes: 19 })).toEqual([1, 19, 255, 255, 2, 255]);
    await expect(read(png, { convention: 'zero-based', classes: 9 })).rejects.toMatchObject({
      code: 'label-unknown',
      message: expect.stringMatching(/value 33 at 1, 0/),
    });
  });

  it.each([
    ['16 bits', encode({ width: 1, height: 1, channels: 1, depth: 16, data: Uint16Array.of(3) })],
    ['no picture in it', Buffer.from('GIF89a')],
  ])('refuses a file with %s', async (_, bytes) => {
    await expect(read(bytes)).rejects.toMatchObject({ code: 'file-damaged' });
  });
});
