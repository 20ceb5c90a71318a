import type { EvaluationExportRequest } from '../../../services/evaluation-export.js';
import type { Kind } from '../kind.js';

/** The report and the tables of an evaluation; started again, it begins anew. */
export const reportKind: Kind<'report'> = {
  lane: 'side',
  plan({ root, paths }, { evaluation, images }) {
    paths.evaluation(evaluation);
    const request: EvaluationExportRequest = { evaluation, images };
    return { inputs: { project: root, request }, settings: {} };
  },
  needs: ({ evaluation }) => [{ kind: 'evaluation', name: evaluation }],
};
