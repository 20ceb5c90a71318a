import { MOST_PINNED } from '../../../../shared/api/job-requests.js';
import { localizeSettings, type TrainSettings } from '../../../../shared/settings/index.js';
import { StudioError } from '../../../../shared/errors.js';
import type { RgbImage } from '../../../../shared/types.js';
import { encodeGrey, resizeCubicBytes } from '../../images/index.js';
import {
  localize,
  type LocalizationMap,
  type LocalizeImage,
  type LocalizeInputs,
} from '../../learn/localize/localize.js';
import type { Tf } from '../../learn/runtime/tensorflow.js';
import type { TrainingEvents } from '../../learn/train/types.js';
import { writeFileAtomic } from '../../project/files.js';
import type { Project } from '../../project/project.js';
import { readRunWeights, weightsOf } from '../run/checkpoints.js';
import { keptEpochs, type RunFiles } from '../run/files.js';
import { drawEpoch, previewedEpochs } from '../run/previews.js';
import { toBytes } from './maps.js';
import { photoReader } from './photos.js';

type FileOf = Parameters<Parameters<typeof drawEpoch>[2]>[0];
type Size = Pick<RgbImage, 'width' | 'height'>;

/** Longest side of a preview in pixels: it is looked at beside five others. */
const SIDE = 160;

/**
 * The images to look at a training by: those asked for, as far as it learns from them; else the first ones that each bring
 * a class which those before lack, and then the first of the rest.
 */
export function pinnedImages<Image extends LocalizeImage>(
  images: readonly Image[],
  asked?: readonly string[],
): Image[] {
  if (asked && asked.length > 0) {
    const byId = new Map(images.map((image) => [image.id, image]));
    return [...new Set(asked)].flatMap((id) => byId.get(id) ?? []).slice(0, MOST_PINNED);
  }
  const seen = new Set<number>();
  const distinct = images.filter(({ classes }) => {
    const brings = classes.some((index) => !seen.has(index));
    if (brings) classes.forEach((index) => seen.add(index));
    return brings;
  });
  const rest = images.slice(0, 2 * MOST_PINNED).filter((image) => !distinct.includes(image));
  return [...distinct, ...rest].slice(0, MOST_PINNED);
}

/**
 * What draws the pinned images' maps after each epoch, of one round and unrefined. It only reads the weights and draws no
 * random number. Stopped midway it leaves the rest out: the training itself says that it was stopped.
 */
export function previewer(
  project: Project,
  files: RunFiles,
  images: readonly LocalizeImage[],
  { tf, settings, signal }: { tf: Tf; settings: TrainSettings; signal: AbortSignal },
): NonNullable<TrainingEvents['onEpoch']> {
  const look = localizeSettings.resolve({ mode: 'single', scales: [1], refine: 'none', inputSize: settings.inputSize });
  return async ({ tensors }, epoch) => {
    const inputs = (fileOf: FileOf): LocalizeInputs => ({
      tf,
      weights: weightsOf(tensors),
      trainSettings: settings,
      classCount: project.config.classes.length,
      images,
      pool: [],
      fixedReferences: () => [],
      readPhoto: photoReader(project),
      onMaps: (id: string, photo: Size, maps: LocalizationMap[]) => write((index) => fileOf(id, index), photo, maps),
    });
    const draw = async (fileOf: FileOf): Promise<void> => {
      await localize(inputs(fileOf), look, () => undefined, signal);
    };
    await drawEpoch(files, epoch, draw).catch((error: unknown) => {
      if (!(error instanceof StudioError) || error.code !== 'interrupted') throw error;
    });
  };
}

/** Draws the maps of an epoch after which a program was killed before it came to them. */
export async function drawLeftOut(
  files: RunFiles,
  epoch: number,
  draw: NonNullable<TrainingEvents['onEpoch']>,
): Promise<void> {
  if (!keptEpochs(files).includes(epoch) || previewedEpochs(files).includes(epoch)) return;
  await draw({ tensors: readRunWeights(files, { epoch, keep: 0 }).weights, state: {} }, epoch);
}

async function write(
  fileOf: (classIndex: number) => string,
  photo: Size,
  maps: readonly LocalizationMap[],
): Promise<void> {
  // prettier-ignore
  const scale = Math.min(1, SIDE / Math.max(photo.width, photo.height));
  const [width, height] = [photo.width, photo.height].map((side) => Math.max(1, Math.round(side * scale)));
  for (const { classIndex, scaled } of maps) {
    const bytes = resizeCubicBytes(toBytes(scaled), width, height);
    await writeFileAtomic(fileOf(classIndex), encodeGrey(bytes));
  }
}
