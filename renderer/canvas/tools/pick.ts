import { contains, wholeOf } from '../../../shared/label-map/rect.js';
import type { Tool } from '../tool.js';
import { pixelOf } from './pixel.js';

/** Takes up the label under the pointer. */
export const pick: Tool = {
  key: 'I',
  states: (surface) => ({
    idle: {
      down(at) {
        const { x, y } = pixelOf(at);
        if (contains(wholeOf(surface.map), { x, y })) surface.pick(surface.map.data[y * surface.map.width + x]);
      },
    },
  }),
};
