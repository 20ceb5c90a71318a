import { IGNORE } from '../../../../shared/types.js';
import { encodeLabelMap } from '../../images/index.js';
import type { ExportContext, ExportFormat } from './format.js';
import { classLines, labelName, plainPhotoPath } from './names.js';
import { whole } from './pieces.js';

/** A line a label: its number, colour and name. */
function paletteTable({ classes, palette }: ExportContext): string {
  const quoted = (name: string): string => (/[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);
  const labels = [0, ...classes.map((_, index) => index + 1), IGNORE];
  const lines = labels.map((label) => {
    const name = label === 0 ? 'background' : labelName(label, classes);
    return `${label},${palette[label].join(',')},${quoted(name)}\n`;
  });
  return `label,red,green,blue,name\n${lines.join('')}`;
}

/** Masks alone, <id>.png, each an indexed PNG whose indices are labels; names and colours beside them. */
export const png: ExportFormat<null> = {
  name: 'png',
  summary: 'indexed PNGs alone: masks/<id>.png, classes.txt, palette.csv',
  photos: 'none',
  photoPath: plainPhotoPath,
  convert: ({ image, mask }, { palette }) => ({
    files: [{ path: `masks/${image.id}.png`, data: encodeLabelMap(mask, palette) }],
    kept: null,
  }),
  documents: (_, context) => [
    { path: 'classes.txt', pieces: whole(classLines(context.classes)) },
    { path: 'palette.csv', pieces: whole(paletteTable(context)) },
  ],
};
