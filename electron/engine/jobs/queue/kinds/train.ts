import { StudioError } from '../../../../../shared/errors.js';
import { trainSettings } from '../../../../../shared/settings/index.js';
import { runFiles } from '../../run/files.js';
import { hasBegun } from '../../run/open.js';
import { planTraining } from '../../run/plan.js';
import type { TrainInputs } from '../../tasks/train.js';
import { withInputs, type Kind } from '../kind.js';

/** A training; started again, it goes on from its checkpoint. */
export const trainKind: Kind<'train'> = {
  lane: 'device',
  plan({ root, paths }, { run, mode, weights, split, preset, settings: asked, device, previews }) {
    trainSettings.resolve(asked, preset);
    const folder = paths.run(run);
    if (mode === 'new' && hasBegun(runFiles(folder))) {
      throw new StudioError({
        code: 'usage',
        message: `there is a run called "${run}" already`,
        file: folder,
        remedy: 'Choose another name, go on with it, or start it anew.',
      });
    }
    const { settings, ...plan } = planTraining(folder, { mode, preset, overrides: asked, weights, split });
    const inputs: TrainInputs = { project: root, run, mode, device, previews, ...plan };
    return { inputs: { ...inputs }, settings };
  },
  again({ paths }, { plan, begun }) {
    const { run, mode } = plan.inputs as unknown as TrainInputs;
    // An engine that was killed may not have heard of the first steps; the request was refused for a run of others.
    const own = begun || (mode === 'new' && hasBegun(runFiles(paths.run(run))));
    return own ? withInputs(plan, { mode: 'resume' }) : plan;
  },
  makes: ({ run }) => [{ kind: 'run', name: run }],
};
