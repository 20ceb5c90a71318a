import type { backboneNames } from '../../../../../shared/settings/index.js';
import { mobilenet } from './mobilenet.js';
import { resnet101, resnet50 } from './resnet.js';
import { tiny } from './tiny.js';
import type { Backbone } from './types.js';
import { vgg16 } from './vgg16.js';

export * from './types.js';

/** Every backbone by the name that settings use. */
export const backbones: Record<(typeof backboneNames)[number], Backbone> = {
  vgg16,
  resnet50,
  resnet101,
  mobilenet,
  tiny,
};
