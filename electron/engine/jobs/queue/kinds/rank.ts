import { queueSettings } from '../../../../../shared/settings/index.js';
import type { RankRequest } from '../../../services/rank.js';
import type { Kind } from '../kind.js';

/** The order of a set's masks for review; started again, it begins anew. */
export const rankKind: Kind<'rank'> = {
  lane: 'side',
  plan({ root, paths }, { masks, settings }) {
    paths.masks(masks);
    const request: RankRequest = { masks };
    return { inputs: { project: root, request }, settings: queueSettings.resolve(settings) };
  },
  needs: ({ masks }) => [{ kind: 'masks', name: masks }],
  makes: () => [],
};
