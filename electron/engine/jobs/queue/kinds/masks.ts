import type { ArtifactRef } from '../../../../../shared/project.js';
import { maskSettings } from '../../../../../shared/settings/index.js';
import type { Kind } from '../kind.js';

/** Pseudo-masks. Masks that are there are kept, so a second start goes on; with `overwrite` it makes all anew. */
export const masksKind: Kind<'masks'> = {
  lane: 'device',
  plan({ root, paths }, { kind: _kind, preset, settings, ...request }) {
    paths.masks(request.masks);
    return { inputs: { project: root, request }, settings: maskSettings.resolve(settings, preset) };
  },
  needs({ maps, saliency }) {
    const needed: ArtifactRef[] = [];
    if (maps !== undefined) needed.push({ kind: 'maps', name: maps });
    if (saliency !== undefined) needed.push({ kind: 'saliency', name: saliency });
    return needed;
  },
  makes: ({ masks }) => [{ kind: 'masks', name: masks }],
};
