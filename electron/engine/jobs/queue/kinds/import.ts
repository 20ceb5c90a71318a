import { resolve } from 'node:path';
import type { Kind } from '../kind.js';

/** One more dataset; a second start adds what the first did not come to. */
export const importKind: Kind<'import'> = {
  lane: 'side',
  plan({ root }, { kind: _kind, ...request }) {
    return { inputs: { project: root, request: { ...request, dataset: resolve(request.dataset) } }, settings: {} };
  },
};
