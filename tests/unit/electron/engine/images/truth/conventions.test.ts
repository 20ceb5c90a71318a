import { describe, expect, it } from 'vitest';
import { truthConventionsByName } from '../../../../../../electron/engine/images/truth/index.js';
import { truthConventions } from '../../../../../../shared/project.js';

const classesOf = { voc: 20, 'zero-based': 150, 'coco-stuff': 171, cityscapes: 19 } as const;

describe.each(truthConventions)('every convention: %s', (name) => {
  it('tells every class of the project once, and ignores 255', () => {
    const labels = [...truthConventionsByName[name].table(classesOf[name])];
    expect(labels[255]).toBe(255);
    for (let label = 1; label <= classesOf[name]; label++) {
      expect(labels.filter((other) => other === label)).toHaveLength(1);
    }
  });
});

describe('conventions', () => {
  it("know where COCO-Stuff's ids have gaps, and take its stuff for background among 80 classes", () => {
    const [things, all] = [80, 171].map((classes) => truthConventionsByName['coco-stuff'].table(classes));
    // person, bicycle; street sign (12) does not occur; stop sign (13) is the 12th; toothbrush (90) the last.
    expect([0, 1, 11, 12, 89].map((value) => things[value])).toEqual([1, 2, -1, 12, 80]);
    // banner (92) and wood (182); nothing beyond.
    expect([91, 181, 182].map((value) => things[value])).toEqual([0, 0, -1]);
    expect([91, 181, 182].map((value) => all[value])).toEqual([81, 171, -1]);
  });

  it("evaluate 19 of Cityscapes' 34 ids", () => {
    const table = truthConventionsByName.cityscapes.table(19);
    // unlabelled, road, sidewalk, parking, building, trailer, bicycle, and no id.
    expect([0, 7, 8, 9, 11, 30, 33, 34].map((id) => table[id])).toEqual([255, 1, 2, 255, 3, 255, 19, -1]);
  });

  it.each([
    ['cityscapes', 20],
    ['coco-stuff', 20],
  ] as const)('refuse, as %s, a project of %s classes', (name, classes) => {
    expect(() => truthConventionsByName[name].table(classes)).toThrow(expect.objectContaining({ code: 'settings-invalid' })); // prettier-ignore
  });
});
