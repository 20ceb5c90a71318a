import { api, urlOf, type AnswerOf, type Image } from '../../shared/api/index.js';

/** A file about an image, as the engine lists it. */
export type ImageFile = AnswerOf<typeof api.images.get>['files'][number];

type Shown = Pick<Image, 'id' | 'version'>;

const versionOf = ({ version }: Shown) => ({ v: version ?? undefined });

/** Address of a thumbnail, `side` pixels at its longer side. */
export const thumbnailUrl = (project: string, image: Shown, side: number): string =>
  urlOf(api.images.thumbnail, { params: { project, id: image.id }, query: { side, ...versionOf(image) } });

export const photoUrl = (project: string, image: Shown): string =>
  urlOf(api.images.photo, { params: { project, id: image.id }, query: versionOf(image) });

export const truthUrl = (project: string, id: string): string =>
  urlOf(api.images.truth, { params: { project, id }, query: {} });

export const maskUrl = (project: string, id: string, set: string): string =>
  urlOf(api.images.mask, { params: { project, id, set }, query: {} });

export const predictionUrl = (project: string, id: string, set: string): string =>
  urlOf(api.images.prediction, { params: { project, id, set }, query: {} });

/** Address of a map, saliency map, mask or prediction; undefined for kinds that are no pictures. */
export function fileUrl(project: string, id: string, file: ImageFile): string | undefined {
  const [params, query] = [{ project, id, set: file.name }, { v: file.version }];
  if (file.kind === 'masks') return urlOf(api.images.mask, { params, query });
  if (file.kind === 'predictions') return urlOf(api.images.prediction, { params, query });
  if (file.kind === 'saliency') return urlOf(api.images.saliency, { params, query });
  if (file.kind !== 'maps' || file.classIndex === undefined) return undefined;
  return urlOf(api.images.map, { params: { ...params, classIndex: file.classIndex }, query });
}

/** Address of a pinned image's map after an epoch of a training. */
export const previewUrl = (
  project: string,
  { run, epoch, id, classIndex }: { run: string; epoch: number; id: string; classIndex: number },
): string => urlOf(api.runs.preview, { params: { project, run, epoch, id, classIndex }, query: {} });
