import { join } from 'node:path';
import { namedClasses } from '../../../../electron/engine/project/formats/class-names.js';
import { datasetFormats, isFailure, type DatasetEntry } from '../../../../electron/engine/project/formats/index.js';
import { readLabelFile } from '../../../../electron/engine/project/formats/labels/index.js';
import { parseAnnotation } from '../../../../electron/engine/project/formats/voc/annotations.js';
import { readLists } from '../../../../electron/engine/project/formats/voc/lists.js';
import { mainListLabels } from '../../../../electron/engine/project/formats/voc/main-lists.js';
import { readDataYaml } from '../../../../electron/engine/project/formats/yolo/data-yaml.js';
import { listedSplits } from '../../../../electron/engine/project/formats/yolo/lists.js';
import { StudioError } from '../../../../shared/errors.js';
import type { Failure } from '../../../../shared/types.js';
import { put } from '../../dataset.js';
import { ofFile, texts, type ForeignParser } from '../parser.js';

const size = { width: 24, height: 16 };

/** Everything that an import does with a dataset but for its photos: classes, entries, and ground truth that is drawn. */
async function readDataset(name: string, root: string): Promise<{ entries: DatasetEntry[]; failures: Failure[] }> {
  const format = datasetFormats.find((one) => one.name === name)!;
  const options = {};
  await format.recognises(root, options);
  const classes = await format.classes(root, options);
  const found = { entries: [] as DatasetEntry[], failures: [] as Failure[] };
  for await (const item of format.read(root, options)) {
    if (isFailure(item)) {
      found.failures.push(item);
      continue;
    }
    found.entries.push(item);
    if (item.truth === null || typeof item.truth === 'string') continue;
    try {
      const { failures } = await item.truth.draw(size, (label) => Math.max(1, 1 + classes.indexOf(String(label))));
      found.failures.push(...failures);
    } catch (error) {
      if (!(error instanceof StudioError)) throw error;
    }
  }
  return found;
}

const ofDataset = (name: string, path: string, others: Record<string, string> = {}): ForeignParser['parse'] =>
  (bytes, root) => {
    put(root, path, bytes);
    for (const [other, text] of Object.entries(others)) put(root, other, text);
    return readDataset(name, root);
  }; // prettier-ignore

const cocoJson = JSON.stringify({
  info: { year: 2017 },
  images: [{ id: 1, file_name: 'a.jpg', ...size }, { id: 2, file_name: 'b.jpg' }],
  annotations: [
    { id: 1, image_id: 1, category_id: 18, iscrowd: 0, segmentation: [[1, 1, 9, 1, 9, 9.5]], bbox: [1, 1, 8, 8.5] },
    { id: 2, image_id: 1, category_id: 3, iscrowd: 1, segmentation: { size: [16, 24], counts: [3, 5, 376] }, bbox: [0, 0, 1, 1] },
    { id: 3, image_id: 2, category_id: 3, iscrowd: 0, segmentation: { size: [16, 24], counts: '35h;' }, bbox: [1, 2, 3, 4] },
    { id: 4, image_id: 2, category_id: 3, bbox: [-5, 2, 300, 4] },
  ],
  categories: [{ id: 3, name: 'car' }, { id: 18, name: 'dog' }],
}); // prettier-ignore

const annotation = `<annotation><filename>a.jpg</filename><size><width>24</width></size>
<object><name>cat</name><difficult>0</difficult><bndbox><xmin>1</xmin></bndbox></object>
<object><name>dog</name><difficult>1</difficult><part><name>head</name></part></object></annotation>`;

const labelFiles: [string, ...string[]][] = [
  ['.txt', '2007_000032 0 14\n2007_000033 3\n', 'a\r\nb 19 \r\n'],
  ['.csv', 'id,labels\na,cat|sofa\n"b, c",dog\n', 'path,cat,dog\na.jpg,1,0\nb.jpg,,1\n', 'a;cat;dog\nb;sofa\n'],
  ['.tsv', 'image\tlabel\na\tcat|dog\n', 'a\t0\t3\n'],
  ['.json', '{"a": ["cat", "sofa"], "b": 3, "c": [0, 14]}'],
];

/** Datasets' own files: lists, labels, annotations. */
export const datasetParsers: readonly ForeignParser[] = [
  ...labelFiles.map(([ending, ...examples]): ForeignParser => {
    return {
      name: `label file ${ending}`,
      valid: texts(...examples),
      parse: ofFile(`labels${ending}`, readLabelFile),
      share: 0.1,
    };
  }),
  { name: 'names of classes', valid: texts('cat\ndog\nsofa\n'), parse: ofFile('names.txt', namedClasses), share: 0.2 },
  {
    name: 'table of a dataset',
    valid: texts('path,labels,split,truth\ncat/1.jpg,cat|sofa,train,masks/1.png\n"dog, wet.jpg",dog,val,\n', 'a,cat\n'),
    parse: ofDataset('csv', 'labels.csv'),
    share: 0.1,
  },
  {
    name: "VOC's list of images",
    valid: texts('a\nb\n2007_000032\n', '/JPEGImages/a.jpg /SegmentationClassAug/a.png\r\n'),
    parse: (bytes, root) => (put(root, 'ImageSets/Segmentation/train.txt', bytes), readLists(root)),
  },
  {
    name: "VOC's list of a class",
    valid: texts('a  1\nb -1\nc  0\n'),
    parse: (bytes, root) => (put(root, 'ImageSets/Main/cat_train.txt', bytes), mainListLabels(root, true)),
    share: 0.4,
  },
  {
    name: "VOC's annotation (XML)",
    valid: texts(annotation),
    parse: (bytes) => parseAnnotation(Buffer.from(bytes).toString('utf8'), 'a.xml', true),
  },
  {
    name: 'VOC devkit of annotations',
    valid: texts(annotation),
    parse: ofDataset('voc', 'Annotations/a.xml', { 'JPEGImages/a.jpg': '' }),
    share: 0.3,
  },
  {
    name: "COCO's JSON",
    valid: texts(cocoJson),
    parse: ofDataset('coco', 'annotations/instances_train.json'),
    share: 0.1,
  },
  {
    name: "YOLO's labels",
    valid: texts('0 0.5 0.5 0.25 0.5\n1 0.1 0.1 0.9 0.1 0.9 0.9\n2 .5 .5 .1 .1 0.99\n'),
    parse: ofDataset('yolo', 'labels/train/a.txt', { 'images/train/a.jpg': '' }),
    share: 0.05,
  },
  {
    name: "YOLO's list of photos",
    valid: texts('images/train/a.jpg\n./images/b.jpg\r\n/data/images/c.jpg\n'),
    parse: (bytes, root) => (put(root, 'train.txt', bytes), listedSplits(root, [['train', 'train.txt']])),
    share: 0.3,
  },
  {
    name: 'data.yaml',
    valid: texts('path: ../x\ntrain: images/train\nval: [images/val]\nnc: 2\nnames:\n  0: cat\n  1: "dog"\n', 'names: [cat, dog]\n'), // prettier-ignore
    parse: (bytes, root) => (put(root, 'data.yaml', bytes), readDataYaml(join(root))),
    share: 0.06,
  },
];
