import { refused } from '../../../shared/label-map/outcome.js';
import { replaceOutline } from '../../../shared/label-map/polygon.js';
import { traced } from './traced.js';

/** An outline whose inside becomes what maps and saliency give there at the thresholds in hand. */
export const rederive = traced({
  key: 'Y',
  mode: () => 'add',
  apply(surface, corners) {
    const derived = surface.derived();
    const edit = surface.begin();
    surface.took(derived ? replaceOutline(edit, corners, derived.data) : refused('underived'));
    surface.commit(edit, { action: 'rederive' });
    surface.draft(null);
  },
});
