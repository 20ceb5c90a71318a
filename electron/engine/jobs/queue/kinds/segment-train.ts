import { StudioError } from '../../../../../shared/errors.js';
import type { ArtifactRef } from '../../../../../shared/project.js';
import { segmentSettings } from '../../../../../shared/settings/index.js';
import { runFiles } from '../../run/files.js';
import { hasBegun } from '../../run/open.js';
import { planSegmentTraining } from '../../run/segment-plan.js';
import type { SegmentTrainInputs } from '../../tasks/segmentTrain.js';
import { withInputs, type Kind } from '../kind.js';

/** The training of a segmenter; started again, it goes on from its checkpoint. */
export const segmentTrainKind: Kind<'segment-train'> = {
  lane: 'device',
  plan(project, { kind: _kind, settings: asked, device, ...request }) {
    segmentSettings.resolve(asked, request.preset);
    const { run, mode } = request;
    const folder = project.paths.run(run);
    if (mode === 'new' && hasBegun(runFiles(folder))) {
      throw new StudioError({
        code: 'usage',
        message: `there is a run called "${run}" already`,
        file: folder,
        remedy: 'Choose another name, go on with it, or start it anew.',
      });
    }
    const { settings, ...plan } = planSegmentTraining(project, { ...request, overrides: asked });
    const inputs: SegmentTrainInputs = { project: project.root, run, mode, device, ...plan };
    return { inputs: { ...inputs }, settings };
  },
  again({ paths }, { plan, begun }) {
    const { run, mode } = plan.inputs as unknown as SegmentTrainInputs;
    // An engine that was killed may not have heard of the first steps; the request was refused for a run of others.
    const own = begun || (mode === 'new' && hasBegun(runFiles(paths.run(run))));
    return own ? withInputs(plan, { mode: 'resume' }) : plan;
  },
  needs({ masks, of = 'masks', agreement }) {
    const needed: ArtifactRef[] = [];
    if (masks !== undefined) needed.push({ kind: of, name: masks });
    if (agreement !== undefined) needed.push({ kind: 'masks', name: agreement });
    return needed;
  },
  makes: ({ run }) => [{ kind: 'run', name: run }],
};
