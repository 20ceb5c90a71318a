import { XMLParser } from 'fast-xml-parser';
import { parse } from 'yaml';
import { decodeLabelMap } from '../../../../../../electron/engine/images/index.js';
import { fillRings } from '../../../../../../electron/engine/images/regions/index.js';
import { paintRle, rleFromText } from '../../../../../../electron/engine/images/rle/index.js';
import type { LabelMap } from '../../../../../../shared/types.js';
import { unpackRuns } from '../../../../../support/rle-pack.js';

/** What an export of one image wrote, by path. */
export type Written = ReadonlyMap<string, Uint8Array | string>;

type Size = Pick<LabelMap, 'width' | 'height'>;
type ReadBack = (written: Written, size: Size) => LabelMap;

const empty = ({ width, height }: Size): LabelMap => ({ width, height, data: new Uint8Array(width * height) });
const textOf = (written: Written, path: string): string => written.get(path) as string;
const pathIn = (written: Written, pattern: RegExp): string => [...written.keys()].find((path) => pattern.test(path))!;

function paint(map: LabelMap, inside: Uint8Array, label: number): void {
  inside.forEach((value, at) => {
    if (value) map.data[at] = label;
  });
}

const indexedPng =
  (pattern: RegExp): ReadBack =>
  (written) => {
    const path = pathIn(written, pattern);
    return decodeLabelMap(written.get(path) as Uint8Array, path);
  };

interface CocoDocument {
  images: (Size & { id: number })[];
  annotations: {
    image_id: number;
    category_id: number;
    area: number;
    bbox: number[];
    segmentation: { size: number[]; counts: string } | number[][];
  }[];
}

const coco: ReadBack = (written, size) => {
  const document = JSON.parse(textOf(written, 'annotations/instances_train.json')) as CocoDocument;
  const map = empty(size);
  for (const { category_id, segmentation } of document.annotations) {
    if (Array.isArray(segmentation)) paint(map, fillRings(segmentation, size.width, size.height), category_id);
    else paintRle(map, rleFromText(segmentation.counts, segmentation.size[1], segmentation.size[0]), category_id);
  }
  return map;
};

const yolo: ReadBack = (written, { width, height }) => {
  const map = empty({ width, height });
  const text = textOf(written, pathIn(written, /^labels\//));
  for (const line of text.split('\n').filter(Boolean)) {
    const [index, ...shares] = line.split(' ').map(Number);
    const ring = shares.map((share, place) => share * (place % 2 === 0 ? width : height));
    paint(map, fillRings([ring], width, height), index + 1);
  }
  return map;
};

interface CvatMask {
  label: string;
  rle: string;
  left: string;
  top: string;
  width: string;
  height: string;
}

const xml = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', isArray: (name, _path, _leaf, isAttribute) => !isAttribute && ['mask', 'image', 'label', 'Label'].includes(name) }); // prettier-ignore

const cvat: ReadBack = (written, size) => {
  const { annotations } = xml.parse(textOf(written, 'annotations.xml')) as any;
  const names = (annotations.meta.task.labels.label as { name: string }[]).map(({ name }) => name);
  const map = empty(size);
  for (const { label, rle, left, top, width } of (annotations.image[0].mask ?? []) as CvatMask[]) {
    let place = 0;
    rle.split(', ').forEach((count, run) => {
      for (let k = 0; k < Number(count); k++, place++) {
        const [x, y] = [place % Number(width), Math.floor(place / Number(width))];
        const at = (Number(top) + y) * size.width + Number(left) + x;
        if (run % 2 === 1) map.data[at] = label === 'ignore' ? 255 : names.indexOf(label) + 1;
      }
    });
  }
  return map;
};

const labelstudio: ReadBack = (written, size) => {
  const [task] = JSON.parse(textOf(written, 'tasks.json')) as any[];
  const setup = xml.parse(textOf(written, 'labels.xml')) as any;
  const names = (setup.View.BrushLabels.Label as { value: string }[]).map(({ value }) => value);
  const map = empty(size);
  for (const { value } of task.predictions[0].result) {
    const rgba = unpackRuns(value.rle as number[]);
    const [name] = value.brushlabels as string[];
    const inside = Uint8Array.from({ length: size.width * size.height }, (_, at) => rgba[at * 4 + 3]);
    paint(map, inside, name === 'ignore' ? 255 : names.indexOf(name) + 1);
  }
  return map;
};

/** Reads the mask of the only image back, for each format, from what stands in its files. */
export const readBack: Record<string, ReadBack> = {
  voc: indexedPng(/^SegmentationClass\//),
  'voc-server': indexedPng(/^results\//),
  png: indexedPng(/^masks\//),
  coco,
  yolo,
  cvat,
  labelstudio,
};

export const yamlIn = (written: Written, path: string): any => parse(textOf(written, path));
export const xmlIn = (written: Written, path: string): any => xml.parse(textOf(written, path));
export const jsonIn = (written: Written, path: string): any => JSON.parse(textOf(written, path));
