import type { Evaluation } from '../../../shared/evaluation.js';
import type { Round } from '../../../shared/rounds.js';
import type { EvaluationSummary } from '../../../shared/api/evaluations.js';
import type { Project } from '../project/project.js';
import { isByHand, type EvaluationRequest } from './evaluation-files.js';
import { segmenterBehind } from './origins.js';

/** What an evaluation is as a round: its figure, and what it rests on. */
export function roundOf(project: Project, request: EvaluationRequest, evaluation: Evaluation): Round {
  const { name, kind, set, split, against, mIoU, perImage } = evaluation;
  const made = project.store.artifact(kind, set);
  const learnt = kind === 'predictions' || kind === 'masks' ? segmenterBehind(project, { kind, name: set }) : null;
  const byHand = perImage.filter(({ id }) => isByHand(project, request, id)).length;
  const { weights } = made?.settings ?? {};
  return {
    evaluation: name,
    kind,
    set,
    split,
    against,
    mIoU,
    corrected: byHand + (learnt?.record.images.corrected ?? 0),
    run: learnt?.run ?? null,
    weights: learnt && (typeof weights === 'string' ? weights : learnt.record.images.digest),
    measuredAt: new Date().toISOString(),
  };
}

/** The rounds of a project; an evaluation of before they were noted, or from elsewhere, is one of which less is known. */
export function roundsOf({ store }: Project, evaluations: readonly EvaluationSummary[]): Round[] {
  const noted = store.rounds.list();
  const known = new Set(noted.map(({ evaluation }) => evaluation));
  const others = evaluations.filter(({ name }) => !known.has(name));
  return [
    ...others.map(({ name, kind, set, split, against, mIoU, createdAt }): Round => ({
      evaluation: name, kind, set, split, against, mIoU, corrected: null, run: null, weights: null, measuredAt: createdAt,
    })),
    ...noted,
  ];
} // prettier-ignore
