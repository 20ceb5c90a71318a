import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportFormatNames } from '../../../../../../shared/project.js';
import { exportFormats } from '../../../../../../electron/engine/project/export/index.js';
import { paintRle, polygonToRle } from '../../../../../../electron/engine/images/rle/index.js';
import { vocClasses } from '../../../../../../electron/engine/project/formats/voc-classes.js';
import { labelMaps } from '../../images/arbitraries.js';
import { jsonIn, readBack, xmlIn, yamlIn } from './read-back.js';
import { contextOf, itemOf, written } from './write.js';

/** Where the documents of these tests are. */
const PATH = 'annotations/instances_train.json';

const formatOf = (name: string): (typeof exportFormats)[number] =>
  exportFormats.find((format) => format.name === name)!;

/** A ring of cats around a dog, an undecided pixel, and a crumb: 5 wide, 4 high. */
const mask = {
  width: 5,
  height: 4,
  data: Uint8Array.from([1, 1, 1, 0, 255, 1, 2, 1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1]),
};

it('formats are those that a form offers, in their order', () => {
  expect(exportFormats.map(({ name }) => name)).toEqual([...exportFormatNames]);
});

describe.each(exportFormats.map((format) => [format.name, format] as const))('format %s', (name, format) => {
  // What the layout cannot hold: neither the VOC server nor YOLO knows undecided pixels.
  const expected = (label: number): number => (label === 255 && ['voc-server', 'yolo'].includes(name) ? 0 : label);

  it('gives every mask back, whatever the shapes', async () => {
    const shapes = fc.record({
      instances: fc.constantFrom('component' as const, 'class' as const),
      connectivity: fc.constantFrom('4' as const, '8' as const),
      'coco.segmentation': fc.constantFrom('rle' as const, 'polygon' as const),
    });
    await fc.assert(
      fc.asyncProperty(labelMaps(9), shapes, async (map, settings) => {
        const files = await written(format, [itemOf(map)], contextOf(settings));
        expect(readBack[name](files, map)).toEqual({ ...map, data: map.data.map(expected) });
      }),
      { seed: 31, numRuns: 60 },
    );
  });

  it('writes an image without objects, and leaves undecided pixels out on request', async () => {
    const map = { width: 2, height: 1, data: Uint8Array.of(0, 255) };
    const files = await written(format, [itemOf(map)], contextOf({ ignore: 'leave-out' }));
    const { data } = readBack[name](files, map);
    expect([...data]).toEqual(['voc', 'png'].includes(name) ? [0, 255] : [0, 0]);
  });

  it('keeps its paths inside the folder, whatever split and id', async () => {
    const items = ['../../x', '..', 'a b', null].map((split, at) => itemOf(mask, { split, id: `images/${at}` }));
    for (const path of (await written(format, items, contextOf())).keys()) {
      expect(path).not.toMatch(/(^|\/)\.\.?(\/|$)|\s/);
    }
  });
});

describe('coco', () => {
  it('numbers images and annotations, and has area and box in pixels', async () => {
    const items = ['a', 'b'].map((id) => itemOf(mask, { id, path: `${id}.jpg` }));
    const document = jsonIn(await written(formatOf('coco'), items, contextOf()), PATH);
    expect(document.images).toEqual([
      { id: 1, file_name: 'a.jpg', width: 5, height: 4 },
      { id: 2, file_name: 'b.jpg', width: 5, height: 4 },
    ]);
    expect(document.annotations.map(({ id, image_id }: any) => [id, image_id])).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((id) => [id, id <= 4 ? 1 : 2]),
    );
    expect(document.annotations[0]).toMatchObject({ category_id: 1, iscrowd: 0, area: 8, bbox: [0, 0, 3, 3] });
    expect(document.annotations[0].segmentation.size).toEqual([4, 5]);
    expect(document.annotations[1]).toMatchObject({ category_id: 255, iscrowd: 1, area: 1, bbox: [4, 0, 1, 1] });
    expect(document.categories.map(({ id, name }: any) => [id, name])).toEqual([
      [1, 'cat'],
      [2, 'dog & <bone>'],
      [255, 'ignore'],
    ]);
  });

  it('has one annotation a class on request, and crowds as run lengths even among polygons', async () => {
    const context = contextOf({ instances: 'class', 'coco.segmentation': 'polygon', minArea: 1 });
    const document = jsonIn(await written(formatOf('coco'), [itemOf(mask)], context), PATH);
    const cats = document.annotations.filter(({ category_id }: any) => category_id === 1);
    expect(cats).toMatchObject([{ area: 9, bbox: [0, 0, 5, 4] }]);
    expect(cats[0].segmentation).toHaveLength(2);
    const [crowd] = document.annotations.filter(({ iscrowd }: any) => iscrowd === 1);
    expect(crowd.segmentation.counts).toEqual(expect.any(String));
  });

  it('has polygons that COCO’s own tools draw as the same pixels', async () => {
    const context = contextOf({ 'coco.segmentation': 'polygon', ignore: 'leave-out' });
    await fc.assert(
      fc.asyncProperty(labelMaps(), async (map) => {
        const { width, height } = map;
        const document = jsonIn(await written(formatOf('coco'), [itemOf(map)], context), PATH);
        const drawn = { width, height, data: new Uint8Array(width * height) };
        for (const { segmentation, category_id } of document.annotations) {
          for (const ring of segmentation) paintRle(drawn, polygonToRle(ring, width, height), category_id);
        }
        expect(drawn.data).toEqual(map.data.map((label) => (label === 255 ? 0 : label)));
      }),
      { seed: 32, numRuns: 60 },
    );
  });

  it('leaves small pieces out on request, and names no category that is not there', async () => {
    const context = contextOf({ minArea: 2 });
    const document = jsonIn(await written(formatOf('coco'), [itemOf(mask)], context), PATH);
    expect(document.annotations).toMatchObject([{ category_id: 1, area: 8 }]);
    expect(document.categories).toHaveLength(2);
  });

  it('has a document a split, `all` for images of none', async () => {
    const items = [itemOf(mask, { split: 'val' }), itemOf(mask, { id: 'b', split: null })];
    const files = await written(formatOf('coco'), items, contextOf());
    expect([...files.keys()]).toEqual(['annotations/instances_val.json', 'annotations/instances_all.json']);
  });
});

describe('voc', () => {
  it('has lists, labels, names and colours', async () => {
    const items = [itemOf(mask, { classes: [0, 1] }), itemOf(mask, { id: 'b c', classes: [], split: 'val' })];
    const files = await written(formatOf('voc'), items, contextOf());
    expect(files.get('ImageSets/Segmentation/train.txt')).toBe('a/1\n');
    expect(files.get('ImageSets/Segmentation/train_cls.txt')).toBe('a/1 0 1\n');
    expect(files.get('ImageSets/Segmentation/val.txt')).toBe('b%20c\n');
    expect(files.get('ImageSets/Segmentation/val_cls.txt')).toBe('');
    expect(files.get('classes.txt')).toBe('cat\ndog & <bone>\n');
    expect(files.get('labelmap.txt')).toContain('\nbackground:0,0,0::\ncat:128,0,0::\n');
    expect([...files.keys()]).toContain('SegmentationClass/b%20c.png');
  });
});

describe('voc-server', () => {
  it('has the folders of the server, and refuses other classes than VOC’s', async () => {
    const format = formatOf('voc-server');
    const items = [itemOf(mask, { id: '2008_000006', split: 'test' }), itemOf(mask, { split: 'val' })];
    expect([...(await written(format, items, contextOf())).keys()]).toEqual([
      'results/VOC2012/Segmentation/comp6_test_cls/2008_000006.png',
      'results/VOC2012/Segmentation/comp6_val_cls/a/1.png',
    ]);
    expect(() => format.check!(contextOf())).toThrow(expect.objectContaining({ code: 'usage' }));
    expect(() => format.check!(contextOf({}, { classes: vocClasses }))).not.toThrow();
  });
});

describe('yolo', () => {
  it('has polygons as shares of the sides, and a description', async () => {
    const half = { width: 4, height: 2, data: Uint8Array.of(2, 2, 0, 0, 2, 2, 0, 0) };
    const files = await written(formatOf('yolo'), [itemOf(half, { split: null })], contextOf());
    expect(files.get('labels/train/a/1.txt')).toBe('1 0.5 0 0.5 1 0 1 0 0\n');
    expect(yamlIn(files, 'data.yaml')).toEqual({ train: 'images/train', names: ['cat', 'dog & <bone>'] });
  });

  it('has no second folder `images` in a path', async () => {
    const { image } = itemOf(mask, { id: 'old/images/1', path: 'old/images/1.png' });
    expect(formatOf('yolo').photoPath(image)).toBe('images/train/old%2Fimages%2F1.png');
  });
});

describe('cvat', () => {
  it('has labels with colours, subsets, and text that XML can hold', async () => {
    const files = await written(formatOf('cvat'), [itemOf(mask, { path: 'a & b.jpg' })], contextOf());
    const { annotations } = xmlIn(files, 'annotations.xml');
    expect(annotations.meta.task.labels.label).toEqual([
      { name: 'cat', color: '#800000', type: 'mask', attributes: '' },
      { name: 'dog & <bone>', color: '#008000', type: 'mask', attributes: '' },
      { name: 'ignore', color: '#e0e0c0', type: 'mask', attributes: '' },
    ]);
    const [image] = annotations.image;
    expect(image).toMatchObject({ id: '0', name: 'a & b.jpg', subset: 'train', width: '5', height: '4' });
    expect(image.mask[0]).toEqual({
      label: 'cat',
      source: 'auto',
      occluded: '0',
      rle: '0, 4, 1, 4',
      left: '0',
      top: '0',
      width: '3',
      height: '3',
      z_order: '0',
    });
  });
});

describe('labelstudio', () => {
  it('has predictions, or annotations where the mask was made by hand', async () => {
    const made = itemOf(mask, { path: 'a b/1.jpg' });
    const files = await written(formatOf('labelstudio'), [made, { ...made, corrected: true }], contextOf());
    const [task, byHand] = jsonIn(files, 'tasks.json');
    expect(task.data.image).toBe('/data/local-files/?d=a%20b/1.jpg');
    expect(task.predictions[0]).toMatchObject({ model_version: 'fused' });
    expect(task.predictions[0].result[0]).toMatchObject({
      type: 'brushlabels',
      from_name: 'mask',
      to_name: 'photo',
      original_width: 5,
      original_height: 4,
      value: { format: 'rle', brushlabels: ['cat'] },
    });
    expect(byHand.annotations[0].result).toEqual(task.predictions[0].result);
  });
});

describe('XML', () => {
  it('keeps attributes that look like switches', async () => {
    const context = contextOf({}, { classes: ['true', '1'] });
    const setup = xmlIn(await written(formatOf('labelstudio'), [itemOf(mask)], context), 'labels.xml');
    expect(setup.View.Image).toEqual({ name: 'photo', value: '$image', zoom: 'true' });
    expect(setup.View.BrushLabels.Label[0].value).toBe('true');
  });
});

describe('png', () => {
  it('has a table of colours', async () => {
    const files = await written(formatOf('png'), [itemOf(mask)], contextOf({}, { classes: ['a, "b"'] }));
    expect(files.get('palette.csv')).toBe(
      'label,red,green,blue,name\n0,0,0,0,background\n1,128,0,0,"a, ""b"""\n255,224,224,192,ignore\n',
    );
  });
});
