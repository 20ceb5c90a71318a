import { stringify } from 'yaml';
import type { ImageRecord } from '../../../../shared/project.js';
import type { ExportContext, ExportFormat, ExportItem } from './format.js';
import { endingOf, splitName } from './names.js';
import { whole } from './pieces.js';
import { polygonsOf, segmentsOf } from './segments.js';

/** Digits after the point: a millionth of a side is far from the centre of a pixel that an edge runs past. */
const DIGITS = 6;

/** Images of no split are there to train on: trainers know no other place for them. */
const splitOf = (split: string | null): string => splitName(split ?? 'train');

/** <split>/<id>. Trainers put `labels` for the last folder `images` in a path, so an id must not hold another one. */
function placeOf({ id, split }: ImageRecord): string {
  const name = /(^|\/)images\//.test(id) ? id.replaceAll('/', '%2F') : id;
  return `${splitOf(split)}/${name}`;
}

/** A line an object: its class from 0, then the corners of its polygon as shares of width and height. */
function labelLines({ mask }: ExportItem, { settings }: ExportContext): string {
  const { width, height } = mask;
  const shapes = { ...settings, ignore: 'leave-out' } as const;
  const cut = segmentsOf(mask, shapes);
  const share = (value: number, place: number): number =>
    Number((value / (place % 2 === 0 ? width : height)).toFixed(DIGITS));
  return polygonsOf(cut, shapes)
    .flatMap((rings, place) => rings.map((ring) => `${cut.segments[place].label - 1} ${ring.map(share).join(' ')}\n`))
    .join('');
}

/** Polygons as YOLO's segmentation trainers take them: images/ and labels/ of each split, and data.yaml. */
export const yolo: ExportFormat<null> = {
  name: 'yolo',
  summary: 'YOLO segmentation: images/<split>, labels/<split> with polygons, data.yaml',
  photos: 'copy',
  photoPath: (image) => `images/${placeOf(image)}${endingOf(image)}`,
  convert: (item, context) => ({
    files: [{ path: `labels/${placeOf(item.image)}.txt`, data: labelLines(item, context) }],
    kept: null,
  }),
  documents({ splits }, { classes }) {
    const names = [...new Set(splits.map(splitOf))];
    const data = {
      ...Object.fromEntries(names.map((name) => [name, `images/${name}`])),
      names: classes,
    };
    return [{ path: 'data.yaml', pieces: whole(stringify(data)) }];
  },
};
