import { expect, it } from 'vitest';
import { datasetFormats } from '../../../../../../electron/engine/project/formats/index.js';
import { datasetFormatNames } from '../../../../../../shared/project.js';

it('formats have the names that the page offers, in the order in which they are tried', () => {
  expect(datasetFormats.map(({ name }) => name)).toEqual([...datasetFormatNames]);
});
