import { describe, expect, it } from 'vitest';
import type { CocoAnnotation } from '../../../../../../../electron/engine/project/formats/coco/annotations.js';
import { drawAnnotations } from '../../../../../../../electron/engine/project/formats/coco/draw.js';

const size = { width: 6, height: 4 };
const box = (x: number, y: number, w: number, h: number): number[] => [x, y, x + w, y, x + w, y + h, x, y + h];

/** Rows of the label map as text, and the reasons of what could not be drawn; the label is the category's id. */
function draw(annotations: Partial<CocoAnnotation>[]): { rows: string[]; reasons: string[] } {
  const full = annotations.map((annotation, id) => ({ id, image_id: 1, category_id: 1, ...annotation }));
  const { map, failures } = drawAnnotations(full, size, (category) => category, 'x.json');
  const marks = [...map.data].map((label) => (label === 255 ? '#' : label === 0 ? '.' : String(label))).join('');
  return { rows: marks.match(/.{6}/g)!, reasons: failures.map(({ reason }) => reason) };
}

describe('drawAnnotations', () => {
  it('draws small over large, whatever the order, and objects over crowds', () => {
    const large = { segmentation: [box(0, 0, 4, 4)], category_id: 1 };
    const small = { segmentation: [box(1, 1, 2, 2)], category_id: 2 };
    const crowd = { segmentation: { size: [4, 6], counts: [12, 12] }, category_id: 3, iscrowd: 1 };
    const rows = ['1111##', '1221##', '1221##', '1111##'];
    expect(draw([large, small, crowd]).rows).toEqual(rows);
    expect(draw([crowd, small, large]).rows).toEqual(rows);
  });

  it('lays the later of two equal ones on top', () => {
    const [a, b] = [1, 2].map((category_id) => ({ category_id, segmentation: [box(0, 0, 6, 4)] }));
    expect(draw([a, b]).rows[0]).toBe('222222');
    expect(draw([b, a]).rows[0]).toBe('111111');
  });

  it('takes all parts of an object together, and keeps the holes of masks', () => {
    const parts = { segmentation: [box(0, 0, 2, 4), box(1, 0, 2, 4)] };
    // Column 4 outside, a ring of columns 3..5 with a hole.
    const ring = { segmentation: { size: [4, 6], counts: [12, 5, 2, 5] }, category_id: 2 };
    expect(draw([parts, ring]).rows).toEqual(['111222', '1112.2', '1112.2', '111222']);
  });

  it('reads runs from text', () => {
    expect(draw([{ segmentation: { size: [4, 6], counts: '08`0' } }]).rows[0]).toBe('11....');
  });

  it('leaves the box of an object without a usable shape out of the figures', () => {
    const bbox = [0, 0, 2, 2];
    const { rows, reasons } = draw([
      { bbox, segmentation: [[1, 1, 2, 2]] },
      { bbox: [4, 0, 2, 2], segmentation: [] },
      { segmentation: [box(1, 1, 1, 1)] },
    ]);
    expect(rows).toEqual(['##..##', '#1..##', '......', '......']);
    expect(reasons).toEqual([expect.stringMatching(/annotation 0: .*2 corners/)]);
  });

  it.each([
    ['an odd number of coordinates', { segmentation: [[0, 0, 1, 1, 2, 2, 3]] }, /odd number/],
    ['a coordinate that is no number', { segmentation: [[0, 0, 1, null, 2, 2]] }, /no list of numbers/],
    ['a mask of another size', { segmentation: { size: [6, 4], counts: [24] } }, /size \[6,4\], not \[4,6\]/],
    ['runs that end early', { segmentation: { size: [4, 6], counts: [23] } }, /23 of the 24/],
    ['no runs', { segmentation: { size: [4, 6] } as never }, /no runs/],
    ['neither shape nor box', { bbox: [1, 2, NaN] }, /no box/],
  ])('refuses an object with %s and no box', (_, annotation, message) => {
    expect(() => draw([annotation as Partial<CocoAnnotation>])).toThrow(message);
  });
});
