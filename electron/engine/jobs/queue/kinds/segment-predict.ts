import { predictSettings } from '../../../../../shared/settings/index.js';
import type { SegmentPredictInputs } from '../../tasks/segmentPredict.js';
import type { Kind } from '../kind.js';

/** Label maps of a segmenter. Those that are there are kept, so a second start goes on; with `overwrite` all are made anew. */
export const segmentPredictKind: Kind<'segment-predict'> = {
  lane: 'device',
  plan({ root, paths }, { run, predictions: name, as: kind, weights, split = null, domain, overwrite, ...asked }) {
    paths.run(run);
    paths[kind](name);
    const { preset, settings, device } = asked;
    const inputs: SegmentPredictInputs = { project: root, run, weights, to: { kind, name }, split, domain, overwrite, device }; // prettier-ignore
    return { inputs: { ...inputs }, settings: predictSettings.resolve(settings, preset) };
  },
  needs: ({ run }) => [{ kind: 'run', name: run }],
  makes: ({ predictions, as }) => [{ kind: as, name: predictions }],
};
