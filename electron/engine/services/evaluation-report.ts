import { StudioError } from '../../../shared/errors.js';
import type { Evaluation, ImageScore } from '../../../shared/evaluation.js';
import { forEachInFlight } from '../../../shared/in-flight.js';
import type { ImageRecord } from '../../../shared/project.js';
import type { OnProgress } from '../../../shared/progress.js';
import type { ByteImage } from '../../../shared/types.js';
import type { GalleryRow } from '../evaluate/report/gallery.js';
import { reportPage } from '../evaluate/report/page.js';
import {
  errorThumbnail,
  greys,
  heat,
  labelThumbnail,
  photoThumbnail,
  scoreThumbnail,
  shrinkPhoto,
} from '../evaluate/report/thumbnails.js';
import { LEVELS } from '../evaluate/thresholds.js';
import { WORKING_PIXELS, decodePhoto, readGrey } from '../images/index.js';
import type { Project } from '../project/project.js';
import { readMask, readScores, readTruth, type EvaluationRequest } from './evaluation-files.js';
import { originsIn } from './origins.js';
import { paced } from './paced.js';
import { paletteOf } from './sets.js';

export interface ReportOptions {
  /** How many images, worst first, are shown with pictures. */
  images: number;
  onProgress: OnProgress;
  signal: AbortSignal;
}

/** Images drawn at a time: each holds a few full-size pictures. */
const IN_FLIGHT = 3;

/** The sets that are shown beside a mask: the measured one, and those that it was made from. */
interface ShownSets {
  maps: string | null;
  saliency: string | null;
}

function shownSets(project: Project, { kind, set }: EvaluationRequest): ShownSets {
  const { maps = null, saliency = null } = originsIn(project, { kind, name: set });
  return { maps, saliency };
}

/** The highest of an image's maps at each pixel, or null where it has none. */
async function highestMap(project: Project, set: string, image: ImageRecord): Promise<ByteImage | null> {
  const { scores } = await readScores(project, { kind: 'maps', set }, image);
  if (scores.length === 0) return null;
  const [{ map: first }, ...rest] = scores;
  const data = first.data.map((value, at) => rest.reduce((best, { map }) => Math.max(best, map.data[at]), value));
  return { ...first, data };
}

/** A picture that cannot be made leaves its cell empty: the report is about the rest. */
async function orNone<Picture>(work: () => Promise<Picture>): Promise<Picture | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}

async function drawRow(
  project: Project,
  request: EvaluationRequest,
  score: ImageScore,
  level: number,
  sets: ShownSets,
): Promise<GalleryRow> {
  const image = project.store.image(score.id)!;
  const palette = paletteOf(project);
  const photo = await orNone(async () => shrinkPhoto(await decodePhoto(project.photoPath(image), WORKING_PIXELS)));
  const truth = await orNone(() => readTruth(project, request, image));
  const mask = await orNone(() => readMask(project, request, image, level));
  const map = await orNone(async () => sets.maps && highestMap(project, sets.maps, image));
  const saliency = await orNone(
    async () => sets.saliency && readGrey(project.paths.saliencyMap(sets.saliency, image.id)),
  );
  return {
    score,
    classes: image.classes.map((classIndex) => project.config.classes[classIndex]),
    pictures: {
      photo: photo && (await photoThumbnail(photo)),
      map: map ? await scoreThumbnail(map, heat) : undefined,
      saliency: saliency ? await scoreThumbnail(saliency, greys) : undefined,
      mask: mask && labelThumbnail(mask, palette),
      truth: truth ? labelThumbnail(truth, palette) : undefined,
      error: truth && mask && photo ? await errorThumbnail(truth, mask, photo) : undefined,
    },
  };
}

/** The report of an evaluation as one HTML page, with pictures of the worst images. Throws `interrupted`. */
export async function evaluationReport(
  project: Project,
  request: EvaluationRequest,
  evaluation: Evaluation,
  { images, onProgress, signal }: ReportOptions,
): Promise<string> {
  const worst = evaluation.perImage.slice(0, images);
  const level = Math.round((evaluation.threshold?.best ?? 0) * (LEVELS - 1));
  const sets = shownSets(project, request);
  const rows: GalleryRow[] = [];
  const progress = paced(onProgress);
  let done = 0;
  await forEachInFlight(
    worst.entries(),
    IN_FLIGHT,
    async ([place, score]) => {
      rows[place] = await drawRow(project, request, score, level, sets);
      progress({ stage: 'report', done: ++done, total: worst.length, unit: 'images' });
    },
    signal,
  );
  if (signal.aborted) {
    throw new StudioError({
      code: 'interrupted',
      message: 'stopped before the report was drawn; the figures are saved',
      remedy: 'Start it again.',
    });
  }
  return reportPage(evaluation, {
    project: project.config.name,
    createdAt: new Date().toISOString(),
    palette: paletteOf(project),
    rows,
  });
}
