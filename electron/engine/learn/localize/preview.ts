import type { LocalizeSettings } from '../../../../shared/settings/index.js';
import type { FloatMap, RgbImage } from '../../../../shared/types.js';
import { scaleMap } from './aggregate.js';
import { closeContext, openContext } from './context.js';
import { mapsOf, plainFeatures, sourceOf, type Context } from './imageMaps.js';
import type { Source } from './gather.js';
import type { LocalizationMap, LocalizeImage } from './types.js';
import { viewCache } from './viewCache.js';

/** An image, a class that it carries, and the images that it is compared with. */
export interface PreviewRequest {
  image: Pick<LocalizeImage, 'id' | 'domain'>;
  classIndex: number;
  references: readonly string[];
}

/** Where one position attends, in one of the images that it can attend to. */
export interface Attention {
  id: string;
  /** 0..1 of the largest value over all images; at feature size. */
  map: FloatMap;
  /** What of the position's attention falls on this image, 0..1. */
  share: number;
}

/** Answers about single images, again and again, on weights that stay loaded and features that are kept. */
export interface Previewer {
  /** The map of the class with these references, as a localization with the set stored for the image makes it. */
  map(request: PreviewRequest): Promise<LocalizationMap>;
  /** The class-agnostic gate (0..1) and the scaled map of what it leaves. */
  parted(request: PreviewRequest): Promise<{ gate: FloatMap; rest: FloatMap }>;
  /** Where a position of the image attends in each reference. `at` is 0..1 from left and from top. */
  attention(request: PreviewRequest, at: { x: number; y: number }): Promise<Attention[]>;
  /** The reverse: where a position of a reference attends in the image. */
  answered(request: PreviewRequest, reference: string, at: { x: number; y: number }): Promise<Attention>;
  dispose(): void;
}

/** What a preview does not leave to settings: the references are those asked for, all of them, whichever they are. */
const asAsked = {
  mode: 'multi',
  'references.strategy': 'fixed',
  'references.count': 1000,
  'references.self': true,
} as const;

const squareMap = (data: Float32Array): FloatMap => {
  const side = Math.sqrt(data.length);
  return { width: side, height: side, data };
};

/** Position of features that a point of the photo lies in. */
function positionAt({ rows }: Source, { x, y }: { x: number; y: number }): number {
  const side = Math.sqrt(rows.shape[0]);
  const cell = (share: number): number => Math.min(side - 1, Math.max(0, Math.floor(share * side)));
  return cell(y) * side + cell(x);
}

/**
 * Opens a previewer on the weights of a run.
 *
 * @throws StudioError `weights-mismatch` where the weights are not of this classifier; its answers, what reading a photo throws
 */
export function openPreviewer(
  inputs: Omit<Context['inputs'], 'fixedReferences'>,
  settings: LocalizeSettings,
  signal: AbortSignal,
): Previewer {
  let references: readonly string[] = [];
  const views = viewCache();
  const opened = openContext(
    { ...inputs, fixedReferences: () => [...references] },
    { ...settings, ...asAsked },
    signal,
  );
  const [domainOf, pool] = [new Map(opened.domainOf), new Set(opened.pool)];
  const context: Context = { ...opened, domainOf, pool, views };
  let seen: { id: string; photo: RgbImage } | null = null;
  /** The photo of an image, which from then on has its features kept as a reference's are. */
  const photoOf = async ({ id, domain }: PreviewRequest['image']): Promise<RgbImage> => {
    if (seen?.id !== id) seen = { id, photo: await inputs.readPhoto(id) };
    domainOf.set(id, domain);
    pool.add(id);
    return seen.photo;
  };
  /** References that the run can use, else the image itself: as a localization chooses them. */
  const usable = ({ image, classIndex, references: asked }: PreviewRequest): readonly string[] => {
    const members = new Set(context.members.get(classIndex));
    const used = asked.filter((id) => members.has(id));
    return used.length > 0 ? used : [image.id];
  };
  const sourcesOf = async (ids: readonly string[]): Promise<Source[]> => {
    const sources: Source[] = [];
    for (const id of ids) sources.push(await sourceOf(context, id));
    return sources;
  };
  /** Works on an image's features in the plain view, then lets go of what is beyond the bound. */
  async function withImage<Result>(
    { image, classIndex }: PreviewRequest,
    work: (features: Awaited<ReturnType<typeof plainFeatures>>, photo: RgbImage) => Promise<Result>,
  ): Promise<Result> {
    const photo = await photoOf(image);
    const features = await plainFeatures(context, { ...image, classes: [classIndex] }, photo);
    try {
      return await work(features, photo);
    } finally {
      features.dispose();
      context.cache.trim();
    }
  }

  return {
    async map(request) {
      references = request.references;
      const { image, classIndex } = request;
      const [map] = await mapsOf(context, { ...image, classes: [classIndex] }, await photoOf(image));
      context.cache.trim();
      return map;
    },
    parted: (request) =>
      withImage(request, async (features) => {
        const target = { features, domain: request.image.domain };
        const wanted = { classIndex: request.classIndex, sources: await sourcesOf(usable(request)) };
        const { gate, rest } = context.gather.parted(target, wanted, 'first');
        return { gate: squareMap(gate), rest: scaleMap(squareMap(rest)) };
      }),
    attention: (request, at) =>
      withImage(request, async (features) => {
        const target = { features, domain: request.image.domain };
        const own = context.gather.sourceOf(features, request.image.domain);
        const position = positionAt(own, at);
        inputs.tf.dispose([own.rows, own.scores]);
        const ids = usable(request);
        const rows = context.gather.attention(target, await sourcesOf(ids), position, 'first');
        return attentionsOf(ids, rows);
      }),
    answered: (request, reference, at) =>
      withImage(request, async (features) => {
        const own = context.gather.sourceOf(features, request.image.domain);
        const asking = await sourceOf(context, reference);
        const side = Math.sqrt(asking.rows.shape[0]);
        const rows = inputs.tf.reshape(asking.rows, [1, side, side, asking.rows.shape[1]]);
        const target = { features: rows as typeof features, domain: asking.domain };
        const found = context.gather.attention(target, [own], positionAt(asking, at), 'second');
        inputs.tf.dispose([own.rows, own.scores, rows]);
        return attentionsOf([request.image.id], found)[0];
      }),
    dispose() {
      views.dispose();
      closeContext(context);
    },
  };
}

/** Rows as maps on one scale, so that images can be compared, and each one's share of all. */
function attentionsOf(ids: readonly string[], rows: readonly Float32Array[]): Attention[] {
  const most = rows.reduce((largest, row) => row.reduce((a, b) => Math.max(a, b), largest), 0);
  const sums = rows.map((row) => row.reduce((a, b) => a + b, 0));
  const total = sums.reduce((a, b) => a + b, 0);
  return rows.map((row, i) => ({
    id: ids[i],
    map: squareMap(row.map((value) => (most > 0 ? value / most : 0))),
    share: total > 0 ? sums[i] / total : 0,
  }));
}
