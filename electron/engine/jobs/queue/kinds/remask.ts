import { maskSettings } from '../../../../../shared/settings/index.js';
import type { RemaskRequest } from '../../../services/remask.js';
import type { Kind } from '../kind.js';

/** Masks of a set derived anew with other settings; started again, it derives all of them again, to the same masks. */
export const remaskKind: Kind<'remask'> = {
  lane: 'side',
  plan({ root, paths }, { masks, images, count, settings, preset }) {
    paths.masks(masks);
    const request: RemaskRequest = { masks, images, count };
    return { inputs: { project: root, request }, settings: maskSettings.resolve(settings, preset) };
  },
  needs: ({ masks }) => [{ kind: 'masks', name: masks }],
  makes: ({ masks, count }) => (count ? [] : [{ kind: 'masks', name: masks }]),
};
