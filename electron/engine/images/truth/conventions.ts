import type { TruthConventionName } from '../../../../shared/project.js';
import { cityscapes } from './cityscapes.js';
import { cocoStuff } from './coco-stuff.js';
import type { TruthConvention } from './convention.js';
import { voc } from './voc.js';
import { zeroBased } from './zero-based.js';

/** Every convention of ground truth. */
export const truthConventionsByName: Record<TruthConventionName, TruthConvention> = {
  voc,
  'zero-based': zeroBased,
  'coco-stuff': cocoStuff,
  cityscapes,
};
