import { IGNORE } from '../../../../shared/types.js';
import { emptyTable, requireClasses, type TruthConvention } from './convention.js';

/** Ids of the 19 classes that are evaluated, in the order of their train ids: road, sidewalk, building, ..., bicycle. */
const EVALUATED = [7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33];

/**
 * `*_gtFine_labelIds.png` of Cityscapes (Cordts et al., CVPR 2016): 34 ids, of which 19 are evaluated. All others are
 * ignored, and so is the license plate (-1, in a byte 255).
 */
export const cityscapes: TruthConvention = {
  means: "Cityscapes' ids; the 19 classes that are evaluated, all else ignore",
  table(classes) {
    requireClasses('cityscapes', classes, [EVALUATED.length]);
    const table = emptyTable();
    table.fill(IGNORE, 0, 34);
    EVALUATED.forEach((id, trainId) => (table[id] = trainId + 1));
    return table;
  },
};
