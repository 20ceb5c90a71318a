import { defaultName } from '../../../services/evaluation.js';
import type { EvaluationRequest } from '../../../services/evaluation-files.js';
import type { JobRequest } from '../../../../../shared/api/job-requests.js';
import { againstSet } from '../../../../../shared/evaluation.js';
import type { Kind } from '../kind.js';

const requestOf = ({ kind: _kind, of, ...rest }: JobRequest<'evaluate'>): EvaluationRequest => ({ kind: of, ...rest });

/** Figures against ground truth. A second start begins anew: they are only complete at the end. */
export const evaluateKind: Kind<'evaluate'> = {
  lane: 'side',
  plan({ root, paths }, asked) {
    const request = requestOf(asked);
    paths.evaluation(request.name ?? defaultName(request));
    return { inputs: { project: root, request }, settings: {} };
  },
  needs: ({ of, set, against }) => [{ kind: of, name: set }, ...(against === undefined ? [] : [againstSet(against)])],
  makes(asked) {
    const request = requestOf(asked);
    return [{ kind: 'evaluation', name: request.name ?? defaultName(request) }];
  },
};
