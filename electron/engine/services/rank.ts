import { benefitOf } from '../../../shared/dataset/benefit.js';
import { StudioError, errorDetails } from '../../../shared/errors.js';
import { imageQuerySchema } from '../../../shared/api/images.js';
import { forEachInFlight } from '../../../shared/in-flight.js';
import type { ClassMap } from '../../../shared/fusion/rule.js';
import type { ImageRecord } from '../../../shared/project.js';
import type { QueueSettings } from '../../../shared/settings/index.js';
import type { OnProgress } from '../../../shared/progress.js';
import type { ByteImage, Failure } from '../../../shared/types.js';
import { benefitTermsOf } from '../evaluate/benefit.js';
import { readGrey, readLabelMap } from '../images/index.js';
import { FATAL, checkSize, orMissing } from '../masks/make.js';
import type { Project } from '../project/project.js';
import type { ScoreRow } from '../project/score-store.js';
import { chosenImages } from './chosen-images.js';
import { indexMasks } from './mask-index.js';
import { paced } from './paced.js';
import { requireSet } from './sets.js';

/** Which masks to order for review. */
export interface RankRequest {
  masks: string;
}

export interface RankResult {
  /** Images that have a place now. */
  ranked: number;
  failures: Failure[];
}

const IN_FLIGHT = 4;
/** Images whose scores are written at a time. */
const BATCH = 200;

/**
 * Gives each image with a mask in a set its expected benefit of being looked at, as scores `benefit/SET` and those of the
 * terms. What was found until an abort stays. An image that cannot be read is a failure; the rest goes on.
 *
 * @throws StudioError `set-missing`, `interrupted`
 */
export async function rankImages(
  project: Project,
  { masks }: RankRequest,
  settings: QueueSettings,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<RankResult> {
  const { paths, store, config } = project;
  requireSet(project, 'masks', masks);
  await indexMasks(project, masks);
  const query = imageQuerySchema.parse({ masks });
  const total = store.browser.count(query);
  const { classes: classCounts } = store.figures.statistics(imageQuerySchema.parse({}), config.classes.length);
  const parents = store.artifact('masks', masks)?.parents ?? [];
  const from = (kind: string): string | undefined => parents.find((parent) => parent.kind === kind)?.name;
  const [maps, saliency] = [from('maps'), from('saliency')];
  const report = paced(onProgress);
  const result: RankResult = { ranked: 0, failures: [] };
  let rows: ScoreRow[] = [];
  let done = 0;

  const write = (): void => {
    store.scores.put(masks, rows);
    rows = [];
  };
  async function rank(image: ImageRecord): Promise<void> {
    const { id, classes } = image;
    const mask = await readLabelMap(paths.mask(masks, id));
    checkSize(image, 'mask', mask);
    const read = async (kind: string, path: string): Promise<ByteImage | null> => {
      const grey = await orMissing(readGrey(path));
      if (grey) checkSize(image, kind, grey);
      return grey;
    };
    const found: ClassMap[] = [];
    for (const classIndex of maps === undefined ? [] : classes) {
      const map = await read('localization map', paths.map(maps!, id, classIndex));
      if (map) found.push({ classIndex, map });
    }
    const terms = benefitTermsOf({
      mask,
      classes,
      maps: found.length > 0 ? found : null,
      saliency: saliency === undefined ? null : await read('saliency map', paths.saliencyMap(saliency, id)),
      classCounts,
    });
    rows.push({ id, values: { ...terms, benefit: benefitOf(terms, settings) } });
    if (rows.length >= BATCH) write();
    result.ranked++;
  }
  async function attempt(image: ImageRecord): Promise<void> {
    try {
      await rank(image);
    } catch (error) {
      const { code, message, file } = errorDetails(error);
      if (FATAL.has(code)) throw error;
      result.failures.push({ id: image.id, file: file ?? image.id, code, reason: message, action: 'no place in the queue' }); // prettier-ignore
    }
    report({ stage: 'ranking', done: ++done, total, unit: 'images' });
  }

  await forEachInFlight(chosenImages(project, { query }, { kept: true }), IN_FLIGHT, attempt, signal);
  write();
  if (signal.aborted) {
    throw new StudioError({
      code: 'interrupted',
      message: `stopped after ${done} of ${total} images`,
      remedy: 'Start it again: images that have a place keep it until then.',
    });
  }
  return result;
}
