import { emptyTable, type TruthConvention } from './convention.js';

/** Class numbers from 0, for datasets that know no background: ADE20K's, or the train ids of Cityscapes. */
export const zeroBased: TruthConvention = {
  means: 'the class from 0, no background, 255 ignore',
  table(classes) {
    const table = emptyTable();
    for (let value = 0; value < classes; value++) table[value] = value + 1;
    return table;
  },
};
