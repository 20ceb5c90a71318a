import { emptyTable, requireClasses, type TruthConvention } from './convention.js';

/** Ids of COCO's things run from 1 to 90; these stand for nothing. */
const GAPS = [12, 26, 29, 30, 45, 66, 68, 69, 71, 83];
const LAST_THING = 90;
const [FIRST_STUFF, LAST_STUFF] = [92, 182];

/**
 * The label maps of COCO-Stuff (Caesar, Uijlings and Ferrari, CVPR 2018): a value is an id less 1, unlabelled pixels are
 * 255. A project has the 80 things (stuff is background then) or all 171 classes, in the order of their ids.
 */
export const cocoStuff: TruthConvention = {
  means: "COCO-Stuff's id - 1 (80 classes: stuff is background; or all 171), 255 ignore",
  table(classes) {
    requireClasses('coco-stuff', classes, [80, 171]);
    const table = emptyTable();
    let label = 0;
    for (let id = 1; id <= LAST_THING; id++) if (!GAPS.includes(id)) table[id - 1] = ++label;
    for (let id = FIRST_STUFF; id <= LAST_STUFF; id++)
      table[id - 1] = classes > label ? id - FIRST_STUFF + label + 1 : 0;
    return table;
  },
};
