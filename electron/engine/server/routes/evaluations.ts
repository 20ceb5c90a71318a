import type { Context, Hono } from 'hono';
import { api, type ParsedOf } from '../../../../shared/api/index.js';
import type { Evaluation } from '../../../../shared/evaluation.js';
import type { ImageRecord } from '../../../../shared/project.js';
import { compareEvaluations } from '../../evaluate/compare.js';
import { rankChanges, rankImages, type Ranked } from '../../evaluate/ranking.js';
import { encodeGrey, encodeLabelMap, type Picture } from '../../images/index.js';
import type { Project } from '../../project/project.js';
import { EvaluationCache } from '../../services/evaluation-cache.js';
import { comparedMaps, evaluatedImage, outcomePicture } from '../../services/evaluation-image.js';
import { EvaluationList } from '../../services/evaluation-list.js';
import { roundsOf } from '../../services/rounds.js';
import { paletteOf } from '../../services/sets.js';
import { handle } from '../handle.js';
import type { Workspace } from '../workspace.js';
import { shownImage } from './images.js';
import { imageOf } from './media.js';

/** Images that were left out, as far as they are sent. */
const LEFT_OUT = 200;

/** Evaluations: figures, their images in any order, pictures of the errors, comparisons. */
export function evaluationRoutes(app: Hono, workspace: Workspace): void {
  const { evaluations } = api;
  const [list, cache] = [new EvaluationList(), new EvaluationCache()];
  const evaluationOf = (key: string, name: string): { project: Project; evaluation: Evaluation } => {
    const { project } = workspace.get(key);
    return { project, evaluation: cache.get(project.paths.evaluation(name)) };
  };

  handle(app, evaluations.list, ({ params }) => list.read(workspace.get(params.project).project));

  handle(app, evaluations.rounds, ({ params }) => {
    const { project } = workspace.get(params.project);
    return { rounds: roundsOf(project, list.read(project).evaluations) };
  });

  handle(app, evaluations.figures, ({ params }) => {
    const { perImage: _, withoutTruth, failures, ...figures } = evaluationOf(params.project, params.name).evaluation;
    return {
      ...figures,
      withoutTruth: withoutTruth.slice(0, LEFT_OUT),
      withoutTruthCount: withoutTruth.length,
      failures: failures.slice(0, LEFT_OUT),
      failureCount: failures.length,
    };
  });

  const rank = (
    project: Project,
    evaluation: Evaluation,
    query: ParsedOf<typeof evaluations.images>['query'],
  ): Ranked[] => {
    const { truth, given, error, label, baseline, changed } = query;
    if (baseline === undefined || changed === undefined) {
      const pair = truth !== undefined && given !== undefined ? { truth, given } : undefined;
      return rankImages(evaluation.perImage, { pair, kind: error, label });
    }
    const { images } = compareEvaluations(cache.get(project.paths.evaluation(baseline)), evaluation);
    return rankChanges(evaluation.perImage, images, changed);
  };
  handle(app, evaluations.images, async ({ params, query }) => {
    const { project, evaluation } = evaluationOf(params.project, params.name);
    const ranked = rank(project, evaluation, query);
    const images = await Promise.all(
      ranked.slice(query.offset, query.offset + query.limit).map(async ({ score, ...by }) => {
        const record = project.store.browser.image(score.id);
        return { score, ...by, image: record && (await shownImage(project, record)) };
      }),
    );
    return { total: ranked.length, images };
  });

  handle(app, evaluations.image, ({ params }) => {
    const { project, evaluation } = evaluationOf(params.project, params.name);
    return evaluatedImage(project, evaluation, imageOf(project, params.id));
  });

  handle(app, evaluations.compare, ({ params, query: { baseline, order, offset, limit } }) => {
    const { project, evaluation } = evaluationOf(params.project, params.name);
    const { images, ...rest } = compareEvaluations(cache.get(project.paths.evaluation(baseline)), evaluation);
    const ordered = order === 'worse' ? images : images.reverse();
    return { ...rest, total: images.length, images: ordered.slice(offset, offset + limit) };
  });

  /** Pictures are made anew each time: what they are made of is several files, any of which may have changed. */
  const send = async (
    c: Context,
    { project: key, name, id }: { project: string; name: string; id: string },
    draw: (project: Project, evaluation: Evaluation, image: ImageRecord) => Promise<Picture>,
  ): Promise<Response> => {
    const { project, evaluation } = evaluationOf(key, name);
    const { type, data } = await draw(project, evaluation, imageOf(project, id));
    return c.body(data as Uint8Array<ArrayBuffer>, 200, { 'Content-Type': type, 'Cache-Control': 'private, no-cache' });
  };
  const labels = (which: 'truth' | 'mask') => async (project: Project, evaluation: Evaluation, image: ImageRecord) => {
    const maps = await comparedMaps(project, evaluation, image);
    return { type: 'image/png', data: encodeLabelMap(maps[which], paletteOf(project)) };
  };
  handle(app, evaluations.truth, ({ params }, c) => send(c, params, labels('truth')));
  handle(app, evaluations.prediction, ({ params }, c) => send(c, params, labels('mask')));
  handle(app, evaluations.outcome, ({ params }, c) =>
    send(c, params, async (project, evaluation, image) => {
      return { type: 'image/png', data: encodeGrey(await outcomePicture(project, evaluation, image)) };
    }),
  );
}
