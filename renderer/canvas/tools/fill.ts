import { fill as fillRegion } from '../../../shared/label-map/fill.js';
import type { Tool } from '../tool.js';
import { pixelOf } from './pixel.js';

/** Gives the region of one label under the pointer the chosen label. */
export const fill: Tool = {
  key: 'F',
  states: (surface) => ({
    idle: {
      down(at) {
        const label = at.erase ? 0 : surface.settings.label;
        const edit = surface.begin();
        surface.took(fillRegion(edit, pixelOf(at), label));
        surface.commit(edit, { action: 'fill', label });
      },
    },
  }),
};
