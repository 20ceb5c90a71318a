import { localizeSettings } from '../../../../../shared/settings/index.js';
import type { LocalizeInputs } from '../../tasks/localize.js';
import type { Kind } from '../kind.js';

/** Localization maps. Maps that are there are kept, so a second start goes on; with `overwrite` it makes all anew. */
export const localizeKind: Kind<'localize'> = {
  lane: 'device',
  plan({ root, paths }, { run, maps, epoch, split = null, domain, raw, overwrite, preset, settings, device }) {
    paths.run(run);
    paths.maps(maps);
    const inputs: LocalizeInputs = { project: root, run, maps, epoch, split, domain, raw, overwrite, device };
    return { inputs: { ...inputs }, settings: localizeSettings.resolve(settings, preset) };
  },
  needs: ({ run }) => [{ kind: 'run', name: run }],
  makes: ({ maps }) => [{ kind: 'maps', name: maps }],
};
