import type { Tensor4D } from '@tensorflow/tfjs';
import { errorDetails, StudioError } from '../../../../shared/errors.js';
import { startPace } from '../../../../shared/pace.js';
import type { LabelConfidence } from '../../../../shared/project.js';
import type { AuditSettings } from '../../../../shared/settings/index.js';
import type { OnProgress } from '../../../../shared/progress.js';
import type { Failure } from '../../../../shared/types.js';
import { keepBounds } from '../kept/bounds.js';
import { gatherer, type Gatherer, type Source } from '../localize/gather.js';
import { sourceCache, type SourceCache } from '../localize/sourceCache.js';
import type { LocalizeImage, LocalizeInputs } from '../localize/types.js';
import { plainView, viewFeatures } from '../localize/views.js';
import { backbones } from '../nets/backbones/index.js';
import { basicMaps, classifierParameters } from '../nets/classifier.js';
import { averagePool } from '../nets/coattention.js';
import { constantParameters, shapesOf, type Parameters } from '../nets/parameters.js';
import { fitWeights } from '../weights/fit.js';
import { confidentImages, labelConfidence, rankByClass, suggestionFor, type ImageScores } from './confidence.js';

export type AuditInputs = Pick<
  LocalizeInputs,
  'tf' | 'weights' | 'trainSettings' | 'classCount' | 'images' | 'readPhoto'
>;

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

interface Context {
  inputs: AuditInputs;
  weights: Parameters;
  gather: Gatherer;
  cache: SourceCache;
}

function stopIf(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw new StudioError({
    code: 'interrupted',
    message: 'the audit was stopped',
    remedy: 'Run the same command again; it starts from the first image.',
  });
}

/** An image's features as others attend to them, from the cache or computed; `look` sees the features on the way. */
function sourceOf(
  { inputs, weights, gather, cache }: Context,
  { id, domain }: Pick<LocalizeImage, 'id' | 'domain'>,
  look: (features: Tensor4D) => void = () => undefined,
): Promise<Source> {
  const { tf, trainSettings, readPhoto } = inputs;
  return cache.get(id, async () => {
    const photo = await readPhoto(id);
    const backbone = backbones[trainSettings.backbone];
    const x = viewFeatures(tf, backbone, weights, photo, plainView, trainSettings.inputSize);
    look(x);
    const source = gather.sourceOf(x, domain);
    x.dispose();
    return source;
  });
}

/** The classifier's probability of every class in every image; images that cannot be read are left out and listed. */
async function scoreImages(
  context: Context,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<{ scores: ImageScores[]; failures: Failure[] }> {
  const { inputs, weights, cache } = context;
  const { tf, images } = inputs;
  const scores: ImageScores[] = [];
  const failures: Failure[] = [];
  const pace = startPace();
  for (const [index, image] of images.entries()) {
    stopIf(signal);
    try {
      await sourceOf(context, image, (features) => {
        const logits = tf.tidy(() => averagePool(tf, basicMaps(tf, weights, features)));
        const probabilities = Float32Array.from(logits.dataSync() as Float32Array, sigmoid);
        logits.dispose();
        scores.push({ id: image.id, domain: image.domain, classes: image.classes, probabilities });
      });
    } catch (error) {
      const { code, message, file } = errorDetails(error);
      if (!code.startsWith('file-')) throw error;
      failures.push({
        id: image.id,
        file: file ?? image.id,
        code,
        reason: message,
        action: 'its labels are not judged',
      });
    }
    cache.trim();
    const timed = pace.tick(index + 1, images.length);
    onProgress({ stage: 'classifying', done: index + 1, total: images.length, unit: 'images', ...timed });
  }
  return { scores, failures };
}

const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

/**
 * The co-attention score of a class in an image beside others, the mean over all of them and over both sides of each pair,
 * as the co-attention loss takes it: what the image gathers from the other, and what the other gathers from the image.
 */
function mutualScore(
  { inputs, gather }: Context,
  image: Source,
  others: readonly Source[],
  classIndex: number,
): number {
  const scoreOf = (asking: Source, sources: readonly Source[], side: 'first' | 'second'): number => {
    const { rows, domain } = asking;
    const features = inputs.tf.reshape(rows, [1, rows.shape[0], 1, rows.shape[1]]) as Tensor4D;
    const [map] = gather.maps({ features, domain }, [{ classIndex, sources }], side);
    features.dispose();
    return mean(map);
  };
  const gathered = scoreOf(image, others, 'first');
  const given = mean(others.map((other) => scoreOf(other, [image], 'second')));
  return (gathered + given) / 2;
}

/**
 * Agreement of an image with the confident images of each of its classes: the probability that the classifier gives the
 * class on what they share, the sigmoid of `mutualScore`. Null for a class that has no other image.
 */
async function agreementsOf(
  context: Context,
  image: ImageScores,
  ranked: ReadonlyMap<number, readonly ImageScores[]>,
  count: number,
): Promise<(number | null)[]> {
  const own = await sourceOf(context, image);
  const agreements: (number | null)[] = [];
  for (const classIndex of image.classes) {
    const others: Source[] = [];
    for (const other of confidentImages(ranked.get(classIndex)!, image, count)) {
      others.push(await sourceOf(context, other));
    }
    agreements.push(others.length === 0 ? null : sigmoid(mutualScore(context, own, others, classIndex)));
  }
  return agreements;
}

/**
 * Judges every label of images by a trained classifier (docs/method.md, "Noisy labels").
 *
 * @returns a confidence for each label, in the order of the images; photos that cannot be read as failures
 * @throws StudioError `interrupted` after an abort, `weights-mismatch` where the weights are not of this classifier
 */
export async function auditLabels(
  inputs: AuditInputs,
  settings: AuditSettings,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<{ labels: LabelConfidence[]; failures: Failure[] }> {
  const { tf, trainSettings, classCount } = inputs;
  const specs = classifierParameters(trainSettings, classCount);
  const weights = constantParameters(tf, fitWeights(inputs.weights, shapesOf(specs)));
  const cache = sourceCache(tf, inputs.images.length, keepBounds(settings));
  const gather = gatherer(tf, weights, trainSettings, { temperature: 0, joint: false });
  const context: Context = { inputs, weights, gather, cache };
  try {
    const { scores, failures } = await scoreImages(context, onProgress, signal);
    const ranked = rankByClass(scores);
    const labels: LabelConfidence[] = [];
    const pace = startPace();
    for (const [index, image] of scores.entries()) {
      stopIf(signal);
      const agreements = await agreementsOf(context, image, ranked, settings.references);
      image.classes.forEach((classIndex, i) => {
        const probability = image.probabilities[classIndex];
        labels.push({
          imageId: image.id,
          classIndex,
          confidence: labelConfidence(probability, agreements[i], settings.agreement),
          probability,
          agreement: agreements[i],
          suggested: suggestionFor(image, classIndex),
        });
      });
      cache.trim();
      const timed = pace.tick(index + 1, scores.length);
      onProgress({ stage: 'comparing', done: index + 1, total: scores.length, unit: 'images', ...timed });
    }
    return { labels, failures };
  } finally {
    cache.dispose();
    tf.dispose(Object.values(weights));
  }
}
