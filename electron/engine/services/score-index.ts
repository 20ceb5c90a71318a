import { evaluationSchema, type ImageScore } from '../../../shared/evaluation.js';
import { readScoreName, scoreKinds, scoreText, type EvaluatedField, type ScoreKind, type ScoreKindInfo, type ScoreName } from '../../../shared/dataset/scores.js'; // prettier-ignore
import { fileVersion } from '../project/file-version.js';
import { readJsonFile } from '../project/files.js';
import { madeNames } from '../project/info.js';
import type { Project } from '../project/project.js';

const kinds = Object.entries(scoreKinds) as [ScoreKind, ScoreKindInfo][];

/** Everything that images can be sorted by in a project, as text. Whether an evaluation can be read is seen when it is asked for. */
export function projectScores(project: Project): string[] {
  const { evaluations } = madeNames(project);
  const named = kinds.flatMap(([kind, { from }]) => {
    if (from === 'image') return [kind];
    return from === 'evaluation' ? evaluations.map((set) => scoreText({ kind, set })) : [];
  });
  return [...named, ...project.store.scores.givenScores()].filter((text) => readScoreName(text) !== null);
}

/** Scores that a filter and a sort ask for. */
export const askedScores = (query: { scores?: readonly string[]; sort?: string; score?: string }): ScoreName[] =>
  [...(query.scores ?? []), query.sort, query.score].flatMap((text) => {
    const score = text === undefined ? null : readScoreName(text.split(/[<>=]/)[0]);
    return score ? [score] : [];
  });

/**
 * Brings the index up to date about scores that come from files: an evaluation is read again where it was made anew since.
 * One that is not there has no scores. Throws what readJsonFile throws.
 */
export async function indexScores({ store, paths }: Project, wanted: readonly ScoreName[]): Promise<void> {
  for (const score of wanted) {
    const info: ScoreKindInfo = scoreKinds[score.kind];
    if (info.from !== 'evaluation' || score.set === null) continue;
    const file = paths.evaluation(score.set);
    const [known, version] = [store.scores.version(score), await fileVersion(file)];
    if (version === null && known !== null) store.scores.forget(score);
    if (version === null || version === known) continue;
    const { perImage } = readJsonFile(file, evaluationSchema);
    store.scores.replace(score, version, values(perImage, info.field));
  }
}

const values = (images: readonly ImageScore[], field: EvaluatedField): [string, number][] =>
  images.flatMap((image): [string, number][] => {
    const value = image[field];
    return value === null ? [] : [[image.id, value]];
  });
