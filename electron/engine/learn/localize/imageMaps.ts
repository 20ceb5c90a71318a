import type { Tensor4D } from '@tensorflow/tfjs';
import type { LocalizeSettings } from '../../../../shared/settings/index.js';
import type { Domain, FloatMap, RgbImage } from '../../../../shared/types.js';
import { backbones } from '../nets/backbones/index.js';
import { basicMaps } from '../nets/classifier.js';
import type { Parameters } from '../nets/parameters.js';
import { interruptible } from '../ops/interrupt.js';
import { meanMap, publishedAggregate, scaleMap } from './aggregate.js';
import type { Gatherer, Source } from './gather.js';
import { chosenReferences } from './references/choose.js';
import { refineMaps } from './refine/index.js';
import type { FeatureMap } from './refine/randomWalk.js';
import type { SourceCache } from './sourceCache.js';
import type { LocalizationMap, LocalizeImage, LocalizeInputs } from './types.js';
import type { ViewCache } from './viewCache.js';
import { isPlain, plainView, toPlainView, viewFeatures, viewsOf, type View } from './views.js';

/** What stays the same over all images. */
export interface Context {
  inputs: Omit<LocalizeInputs, 'onMaps'>;
  settings: LocalizeSettings;
  weights: Parameters;
  gather: Gatherer;
  cache: SourceCache;
  descriptors: Map<string, Float32Array>;
  /** Images of the pool by class, in order of id. */
  members: Map<number, string[]>;
  /** Ids of the images that may be references. */
  pool: ReadonlySet<string>;
  /** Domain of every image that may be looked at. */
  domainOf: ReadonlyMap<string, Domain>;
  /** Keeps the views of the image at hand, where it is asked for again and again. */
  views?: ViewCache;
  signal: AbortSignal;
}

const featuresOf = ({ inputs, settings, weights, signal }: Context, photo: RgbImage, view: View): Tensor4D =>
  interruptible(signal, () =>
    viewFeatures(inputs.tf, backbones[inputs.trainSettings.backbone], weights, photo, view, settings.inputSize),
  );

/** Pooled features of unit length, by which images are compared. */
function descriptorOf({ inputs: { tf } }: Context, { rows }: Source): Float32Array {
  const unit = tf.tidy(() => {
    const pooled = tf.mean(rows, 0);
    return tf.div(pooled, tf.add(tf.norm(pooled), 1e-12));
  });
  const data = new Float32Array(unit.dataSync() as Float32Array);
  unit.dispose();
  return data;
}

/** The source of an image in the plain view, from the cache or computed. */
export function sourceOf(context: Context, id: string, photo?: RgbImage): Promise<Source> {
  const { inputs, cache, gather, descriptors, domainOf } = context;
  return cache.get(id, async () => {
    const x = featuresOf(context, photo ?? (await inputs.readPhoto(id)), plainView);
    const source = gather.sourceOf(x, domainOf.get(id)!);
    x.dispose();
    if (!descriptors.has(id)) descriptors.set(id, descriptorOf(context, source));
    return source;
  });
}

/**
 * Features of an image in the plain view; the caller disposes them. An image of the pool shares them with what it is as a
 * source, so that they are computed once.
 */
export async function plainFeatures(context: Context, { id }: LocalizeImage, photo: RgbImage): Promise<Tensor4D> {
  const { inputs, settings, pool } = context;
  if (settings.mode === 'single' || !pool.has(id)) return featuresOf(context, photo, plainView);
  const { rows } = await sourceOf(context, id, photo);
  const side = Math.sqrt(rows.shape[0]);
  return inputs.tf.reshape(rows, [1, side, side, rows.shape[1]]);
}

/** Reference images of an image and class; the image itself where the class has no other. */
function referencesOf(context: Context, { id }: LocalizeImage, classIndex: number): string[] {
  const { inputs, settings, descriptors, members } = context;
  const choice = {
    id,
    classIndex,
    members: members.get(classIndex) ?? [],
    fixed: inputs.fixedReferences(id, classIndex),
    descriptorOf: (other: string) => descriptors.get(other)!,
  };
  const chosen = chosenReferences(choice, settings);
  return chosen.length > 0 ? chosen : [id];
}

const squareMap = (data: Float32Array): FloatMap => {
  const side = Math.sqrt(data.length);
  return { width: side, height: side, data };
};

/** Basic maps S of an image's classes in a view. */
function basicOf({ inputs: { tf }, weights }: Context, x: Tensor4D, classes: readonly number[]): FloatMap[] {
  const maps = tf.tidy(() => basicMaps(tf, weights, x));
  const [, height, width, count] = maps.shape;
  const values = maps.dataSync() as Float32Array;
  maps.dispose();
  return classes.map((classIndex) => ({
    width,
    height,
    data: Float32Array.from({ length: width * height }, (_, i) => values[i * count + classIndex]),
  }));
}

/** For each class the sources of its references. */
async function referenceSources(
  context: Context,
  classes: readonly number[],
  references: readonly (readonly string[])[],
): Promise<{ classIndex: number; sources: Source[] }[]> {
  const wanted: { classIndex: number; sources: Source[] }[] = [];
  // One after the other: two classes may share a reference, which must not be computed twice.
  for (const [i, classIndex] of classes.entries()) {
    const sources: Source[] = [];
    for (const id of references[i]) sources.push(await sourceOf(context, id));
    wanted.push({ classIndex, sources });
  }
  return wanted;
}

/** The five raw maps of the published aggregation, in its order, for each class. */
async function publishedMaps(
  context: Context,
  { photo, domain }: { photo: RgbImage; domain: Domain },
  plain: Tensor4D,
  classes: readonly number[],
  fromReferences: readonly FloatMap[],
): Promise<FloatMap[][]> {
  const { gather, inputs } = context;
  const size = { width: plain.shape[2], height: plain.shape[1] };
  const own = gather.sourceOf(plain, domain);
  const wantedFrom = (source: Source): { classIndex: number; sources: Source[] }[] =>
    classes.map((classIndex) => ({ classIndex, sources: [source] }));
  const ofViews: FloatMap[][] = [];
  for (const view of [
    { scale: 1, mirrored: true },
    { scale: 0.75, mirrored: false },
    { scale: 2, mirrored: false },
  ]) {
    const x = featuresOf(context, photo, view);
    if (view.mirrored) {
      const source = gather.sourceOf(x, domain);
      ofViews.push(gather.maps({ features: plain, domain }, wantedFrom(source), 'first').map(squareMap));
      inputs.tf.dispose([source.rows, source.scores]);
    }
    const maps = gather.maps({ features: x, domain }, wantedFrom(own), 'second').map(squareMap);
    ofViews.push(maps.map((map) => toPlainView(map, view, size)));
    x.dispose();
  }
  inputs.tf.dispose([own.rows, own.scores]);
  return classes.map((_, i) => [...ofViews.map((maps) => maps[i]), fromReferences[i]]);
}

/** Features of one image as plain numbers. */
function featureMap(x: Tensor4D): FeatureMap {
  const [, height, width, channels] = x.shape;
  return { width, height, channels, data: x.dataSync() as Float32Array };
}

/** Maps of one image's labelled classes, fitted to its photo or features where settings say so. */
export async function mapsOf(context: Context, image: LocalizeImage, photo: RgbImage): Promise<LocalizationMap[]> {
  const plain = await plainFeatures(context, image, photo);
  try {
    const maps = await unrefinedMaps(context, image, photo, plain);
    const refined = refineMaps(
      maps.map(({ scaled }) => scaled),
      { photo, features: () => featureMap(plain) },
      context.settings,
    );
    return maps.map((map, i) => ({ ...map, scaled: refined[i] }));
  } finally {
    plain.dispose();
  }
}

/** @param plain features of the photo in the plain view */
async function unrefinedMaps(
  context: Context,
  image: LocalizeImage,
  photo: RgbImage,
  plain: Tensor4D,
): Promise<LocalizationMap[]> {
  const { settings, gather } = context;
  const { domain } = image;
  const classes = [...image.classes].sort((a, b) => a - b);
  const multi = settings.mode === 'multi';
  const references = classes.map((classIndex) => (multi ? referencesOf(context, image, classIndex) : []));
  const sources = multi ? await referenceSources(context, classes, references) : [];
  const rawOf = (x: Tensor4D): FloatMap[] =>
    multi ? gather.maps({ features: x, domain }, sources, 'first').map(squareMap) : basicOf(context, x, classes);

  const published = multi && settings.aggregation === 'five-map';
  const size = { width: plain.shape[2], height: plain.shape[1] };
  if (published) {
    const raws = rawOf(plain);
    const views = await publishedMaps(context, { photo, domain }, plain, classes, raws);
    return classes.map((classIndex, i) => ({
      classIndex,
      raw: raws[i],
      scaled: publishedAggregate(views[i]),
      references: references[i],
    }));
  }
  const ofViews = viewsOf(settings).map((view) => {
    const { views } = context;
    const make = (): Tensor4D => featuresOf(context, photo, view);
    const x = isPlain(view) ? plain : views ? views.get(image.id, view, make) : make();
    const maps = rawOf(x).map((map) => toPlainView(map, view, size));
    if (x !== plain && !views) x.dispose();
    return maps;
  });
  return classes.map((classIndex, i) => {
    const raw = meanMap(ofViews.map((maps) => maps[i]));
    return { classIndex, raw, scaled: scaleMap(raw), references: references[i] };
  });
}
