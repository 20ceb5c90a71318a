import { IGNORE } from '../../../../shared/types.js';
import { countsOfRuns, regionRuns, type Component } from '../../images/regions/index.js';
import type { ExportContext, ExportEntries, ExportFormat, ExportItem } from './format.js';
import { labelName, photoName, plainPhotoPath } from './names.js';
import { segmentsOf } from './segments.js';
import { xmlOf } from './xml.js';

interface Mask {
  label: number;
  box: Component['box'];
  /** Lengths of runs outside and inside by turns, outside first, along the rows of the box. */
  counts: number[];
}

interface Kept {
  name: string;
  width: number;
  height: number;
  masks: Mask[];
}

/** The same runs in the numbers of a box, which is as wide as they reach. */
function runsInBox(runs: readonly number[], width: number, { left, top, width: own }: Component['box']): number[] {
  const inBox = (place: number): number => (Math.floor(place / width) - top) * own + (place % width) - left;
  // The end of a run is told by its last pixel: one further may be in the next row.
  return runs.map((place, k) => (k % 2 === 0 ? inBox(place) : inBox(place - 1) + 1));
}

function masksOf({ mask }: ExportItem, { settings }: ExportContext): Mask[] {
  const cut = segmentsOf(mask, settings);
  const runs = regionRuns(cut, cut.segments.length, 'rows');
  return cut.segments.map(({ label, box }, place) => ({
    label,
    box,
    counts: countsOfRuns(joinedRuns(runsInBox(runs[place], mask.width, box)), box.width * box.height),
  }));
}

/** Runs that touch, as rows do that fill the box, as one. */
function joinedRuns(runs: readonly number[]): number[] {
  const joined: number[] = [];
  for (let k = 0; k < runs.length; k += 2) {
    if (joined.length > 0 && joined[joined.length - 1] === runs[k]) joined[joined.length - 1] = runs[k + 1];
    else joined.push(runs[k], runs[k + 1]);
  }
  return joined;
}

function imageElement(
  { name, width, height, masks }: Kept,
  number: number,
  split: string | null,
  names: ExportContext['classes'],
): string {
  const mask = masks.map(({ label, box, counts }) => ({
    '@label': labelName(label, names),
    '@source': 'auto',
    '@occluded': 0,
    '@rle': counts.join(', '),
    '@left': box.left,
    '@top': box.top,
    '@width': box.width,
    '@height': box.height,
    '@z_order': 0,
  }));
  const subset = split === null ? {} : { '@subset': split };
  return xmlOf({
    image: { '@id': number, '@name': name, ...subset, '@width': width, '@height': height, mask },
  });
}

async function* annotations(
  all: ExportEntries<Kept>,
  { classes, palette, settings }: ExportContext,
): AsyncGenerator<string> {
  const labels = [...classes.keys()].map((index) => index + 1);
  if (settings.ignore === 'label' && (await hasIgnored(all))) labels.push(IGNORE);
  const label = labels.map((value) => ({
    name: labelName(value, classes),
    color: `#${palette[value].map((channel) => channel.toString(16).padStart(2, '0')).join('')}`,
    type: 'mask',
    attributes: '',
  }));
  yield `<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n<version>1.1</version>\n`;
  yield xmlOf({ meta: { task: { labels: { label } } } });
  let number = 0;
  for await (const { kept, split } of all.entries()) yield imageElement(kept, number++, split, classes);
  yield '</annotations>\n';
}

async function hasIgnored(all: ExportEntries<Kept>): Promise<boolean> {
  for await (const { kept } of all.entries()) if (kept.masks.some(({ label }) => label === IGNORE)) return true;
  return false;
}

/** "CVAT for images 1.1": annotations.xml with a mask element an object. */
export const cvat: ExportFormat<Kept> = {
  name: 'cvat',
  summary: 'CVAT for images 1.1: annotations.xml with masks',
  photos: 'none',
  photoPath: plainPhotoPath,
  convert(item, context) {
    const { width, height } = item.image;
    const name = photoName(cvat, item.image, context);
    return { files: [], kept: { name, width, height, masks: masksOf(item, context) } };
  },
  documents: (all, context) => [{ path: 'annotations.xml', pieces: annotations(all, context) }],
};
