import { StudioError, errorDetails } from '../../../shared/errors.js';
import { forEachInFlight } from '../../../shared/in-flight.js';
import type { MaskSettings } from '../../../shared/settings/index.js';
import type { OnProgress } from '../../../shared/progress.js';
import type { ByteImage, Failure, LabelMap, RgbImage } from '../../../shared/types.js';
import type { RefineInputs } from './refine/refiner.js';
import { maskRefiner } from './refine/registry.js';
import { fusionRule } from '../../../shared/fusion/registry.js';
import type { ClassMap, FusionInputs, FusionRule } from '../../../shared/fusion/rule.js';

/** An image to make a mask of. */
export interface MaskImage {
  id: string;
  width: number;
  height: number;
  /** Image-level labels, 0-based. */
  classes: readonly number[];
}

/** Where masks come from and go to. Reading a file that is not there throws `file-missing`. */
export interface MaskFiles {
  /** Null without a map set. */
  readMap: ((id: string, classIndex: number) => Promise<ByteImage>) | null;
  /** Null without a saliency set. */
  readSaliency: ((id: string) => Promise<ByteImage>) | null;
  /** The photo, upright; only read for a refiner. */
  readPhoto(id: string): Promise<RgbImage>;
  /** Whether the mask is there already and is to be kept. */
  keeps(id: string): boolean;
  /** Writes a mask whole or not at all. */
  write(id: string, mask: LabelMap): Promise<void>;
}

export interface MaskBatch {
  images: Iterable<MaskImage>;
  /** How many images there are, for progress. */
  count: number;
  files: MaskFiles;
  /** Threads to refine in; without them it is done here. */
  refining?: { threads: number; refine(inputs: RefineInputs): Promise<LabelMap> } | null;
}

export interface MakeMasksResult {
  written: number;
  /** Masks that were there before and stayed. */
  kept: number;
  /** Labels without a map file: the image was fused without them. */
  missingMaps: number;
  failures: Failure[];
}

/** Images read, fused and written at a time: enough to keep the disk busy while one is fused (in each thread). */
const IN_FLIGHT = 4;

/** Errors that the next image would meet as well: the batch stops instead of listing each. */
export const FATAL = new Set(['disk-full', 'not-writable']);

/** Throws `set-missing` when the rule of the settings needs a set that was not given. */
export function checkNeeds(rule: FusionRule, files: Pick<MaskFiles, 'readMap' | 'readSaliency'>): void {
  const lacks = (kind: string, option: string): StudioError =>
    new StudioError({
      code: 'set-missing',
      message: `the fusion rule "${rule.name}" needs ${kind}`,
      remedy: `Name them (${option}), or choose another rule (--set rule=NAME).`,
    });
  if (rule.needs.maps === 'required' && !files.readMap) throw lacks('localization maps', '--maps');
  if (rule.needs.saliency === 'required' && !files.readSaliency) throw lacks('saliency maps', '--saliency');
}

/** Null where the file is missing; every other trouble is thrown. */
export async function orMissing(reading: Promise<ByteImage>): Promise<ByteImage | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof StudioError && error.code === 'file-missing') return null;
    throw error;
  }
}

/** Throws `size-mismatch` where something about an image is not of its photo's size. */
export function checkSize(
  image: Pick<MaskImage, 'width' | 'height'>,
  kind: string,
  { width, height }: { width: number; height: number },
): void {
  if (width === image.width && height === image.height) return;
  throw new StudioError({
    code: 'size-mismatch',
    message: `the ${kind} is ${width}x${height}, the project's photo ${image.width}x${image.height}`,
    remedy: `Make the ${kind} again from the photo of this project.`,
  });
}

/** Reads what the rule looks at, each of the photo's size. */
async function readInputs(image: MaskImage, files: MaskFiles, rule: FusionRule): Promise<FusionInputs> {
  const { id, width, height, classes } = image;
  const maps: ClassMap[] = [];
  if (files.readMap && rule.needs.maps !== 'unused') {
    for (const classIndex of classes) {
      const map = await orMissing(files.readMap(id, classIndex));
      if (!map) continue;
      checkSize(image, 'localization map', map);
      maps.push({ classIndex, map });
    }
  }
  const saliency = files.readSaliency && rule.needs.saliency !== 'unused' ? await files.readSaliency(id) : null;
  if (saliency) checkSize(image, 'saliency map', saliency);
  return { width, height, classes, maps, saliency };
}

/** The label map of an image, refined where the settings ask for it. */
async function makeMask(
  image: MaskImage,
  inputs: FusionInputs,
  { files, refining }: MaskBatch,
  settings: MaskSettings,
): Promise<LabelMap> {
  const rule = fusionRule(settings.rule);
  const refiner = maskRefiner(settings.refine);
  const labels = rule.fuse(inputs, settings);
  if (!refiner) return labels;
  const photo = await files.readPhoto(image.id);
  checkSize(image, 'photo', photo);
  const given = { labels, probabilities: rule.probabilities?.(inputs, settings) ?? null, photo };
  return refining ? refining.refine(given) : refiner.refine(given, settings);
}

/**
 * Makes the pseudo-mask of every image. An image whose maps or saliency cannot be used is a failure; the rest goes on.
 * On abort the masks under way are finished and `interrupted` is thrown: the same call goes on from there, since
 * masks that are there are kept. Throws `set-missing`, `interrupted`, `disk-full`, `not-writable`.
 */
export async function makeMasks(
  batch: MaskBatch,
  settings: MaskSettings,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<MakeMasksResult> {
  const { images, count, files, refining } = batch;
  const rule = fusionRule(settings.rule);
  checkNeeds(rule, files);
  const result: MakeMasksResult = { written: 0, kept: 0, missingMaps: 0, failures: [] };
  let done = 0;

  const make = async (image: MaskImage): Promise<void> => {
    if (files.keeps(image.id)) {
      result.kept++;
      return;
    }
    const inputs = await readInputs(image, files, rule);
    await files.write(image.id, await makeMask(image, inputs, batch, settings));
    result.written++;
    if (rule.needs.maps !== 'unused') result.missingMaps += image.classes.length - inputs.maps.length;
  };

  const attempt = async (image: MaskImage): Promise<void> => {
    try {
      await make(image);
    } catch (error) {
      const { code, message, file } = errorDetails(error);
      if (FATAL.has(code)) throw error;
      result.failures.push({ id: image.id, file: file ?? image.id, code, reason: message, action: 'no mask made' });
    }
    onProgress({ stage: 'masks', done: ++done, total: count, unit: 'images' });
  };

  await forEachInFlight(images, Math.max(IN_FLIGHT, (refining?.threads ?? 0) + 1), attempt, signal);
  if (signal.aborted) {
    throw new StudioError({
      code: 'interrupted',
      message: `stopped after ${done} of ${count} images`,
      remedy: 'Start it again to go on.',
    });
  }
  result.failures.sort((a, b) => (a.id! < b.id! ? -1 : 1));
  return result;
}
