import { StudioError } from '../../../../shared/errors.js';
import { IGNORE } from '../../../../shared/types.js';
import { encodeLabelMap } from '../../images/index.js';
import { vocClasses } from '../formats/voc-classes.js';
import type { ExportFormat } from './format.js';
import { plainPhotoPath, splitName } from './names.js';

/**
 * Results as the evaluation server of PASCAL VOC takes them, to be packed with tar. comp6 is the competition that allows
 * training on other data than VOC's, as any backbone from ImageNet is. The server stops at labels beyond the classes, so
 * undecided pixels become background.
 */
export const vocServer: ExportFormat<null> = {
  name: 'voc-server',
  summary: 'results for the VOC server: results/VOC2012/Segmentation/comp6_test_cls',
  photos: 'none',
  photoPath: plainPhotoPath,
  check({ classes }) {
    if (classes.length === vocClasses.length && classes.every((name, index) => name === vocClasses[index])) return;
    throw new StudioError({
      code: 'usage',
      message: `the VOC server knows the ${vocClasses.length} classes of VOC in their order; the project has others`,
      remedy: 'Choose another format, or make the project with the classes of VOC.',
    });
  },
  convert({ image, mask }, { palette }) {
    const decided = { ...mask, data: mask.data.map((label) => (label === IGNORE ? 0 : label)) };
    const split = splitName(image.split ?? 'test');
    const path = `results/VOC2012/Segmentation/comp6_${split}_cls/${image.id}.png`;
    return { files: [{ path, data: encodeLabelMap(decided, palette) }], kept: null };
  },
  documents: () => [],
};
