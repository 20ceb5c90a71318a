import { createHash } from 'node:crypto';
import { join } from 'node:path';
import sharp from 'sharp';
import { StudioError } from '../../../../shared/errors.js';
import type { SampleSettings } from '../../../../shared/settings/index.js';
import type { OnProgress } from '../../../../shared/progress.js';
import type { RgbImage } from '../../../../shared/types.js';
import { encodeLabelMap } from '../../images/label-map.js';
import { writeFileAtomic } from '../files.js';
import { prepareFolder, writeMarker } from './folder.js';
import { markNames } from './marks.js';
import { makeScene, type SceneSettings } from './scene.js';

/** What was generated. */
export interface SampleSummary {
  folder: string;
  classes: string[];
  images: { train: number; val: number };
  /** Photos of each class, in the order of `classes`. */
  photosPerClass: number[];
  /** SHA-256 over all label maps: the same for the same settings on every machine. */
  masksSha256: string;
}

const JPEG_QUALITY = 90;

const encodePhoto = ({ width, height, data }: RgbImage): Promise<Buffer> =>
  sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: JPEG_QUALITY, chromaSubsampling: '4:4:4' })
    .toBuffer();

interface ListedScene {
  id: string;
  classes: number[];
}

/** The lists of one split: ids, and ids with their 0-based classes. */
async function writeLists(folder: string, split: string, scenes: readonly ListedScene[]): Promise<void> {
  const lists = join(folder, 'ImageSets', 'Segmentation');
  const lines = (line: (scene: ListedScene) => string): string => scenes.map((scene) => `${line(scene)}\n`).join('');
  await writeFileAtomic(
    join(lists, `${split}.txt`),
    lines(({ id }) => id),
  );
  await writeFileAtomic(
    join(lists, `${split}_cls.txt`),
    lines(({ id, classes }) => [id, ...classes].join(' ')),
  );
}

/**
 * Generates a dataset in the layout of the VOC devkit: JPEGImages, SegmentationClass (exact masks, VOC palette), the
 * lists of ImageSets/Segmentation and classes.txt. Its objects are told apart by one small part only, so that a plain
 * class-activation map finds that part and no more.
 * @throws StudioError not-writable for a folder that holds anything else; interrupted
 */
export async function generateSample(
  folder: string,
  settings: SampleSettings,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<SampleSummary> {
  await prepareFolder(folder);
  await writeMarker(folder, settings, false);
  const classes = markNames.slice(0, settings.classes);
  const scenes: SceneSettings = { ...settings, classNames: classes };
  const listed: ListedScene[] = [];
  const hash = createHash('sha256');
  const started = performance.now();

  for (let index = 0; index < settings.images; index += 1) {
    if (signal.aborted) {
      throw new StudioError({
        code: 'interrupted',
        message: `stopped after ${index} of ${settings.images} photos`,
        file: folder,
        remedy: 'Start it again.',
      });
    }
    const scene = makeScene(index, scenes);
    const id = `scene-${String(index + 1).padStart(4, '0')}`;
    await writeFileAtomic(join(folder, 'JPEGImages', `${id}.jpg`), await encodePhoto(scene.photo));
    await writeFileAtomic(join(folder, 'SegmentationClass', `${id}.png`), encodeLabelMap(scene.labels));
    hash.update(scene.labels.data);
    listed.push({ id, classes: scene.classes });
    const rate = (1000 * (index + 1)) / (performance.now() - started);
    const secondsLeft = (settings.images - index - 1) / rate;
    onProgress({ stage: 'drawing', done: index + 1, total: settings.images, unit: 'photos', rate, secondsLeft });
  }

  const val = Math.round(settings.images * settings.valShare);
  const train = settings.images - val;
  await writeLists(folder, 'train', listed.slice(0, train));
  await writeLists(folder, 'val', listed.slice(train));
  await writeFileAtomic(join(folder, 'classes.txt'), classes.map((name) => `${name}\n`).join(''));
  await writeMarker(folder, settings, true);
  return {
    folder,
    classes,
    images: { train, val },
    photosPerClass: classes.map((_, k) => listed.filter((scene) => scene.classes.includes(k)).length),
    masksSha256: hash.digest('hex'),
  };
}
