import { api, urlOf, type Image } from '../../../shared/api/index.js';
import { fileUrl, type ImageFile } from '../../api/pictures.js';
import type { LayerKind } from '../../pictures/recolour.js';

/** What can stand side by side, in their order. */
export const paneNames = ['photo', 'truth', 'prediction', 'error', 'map', 'saliency'] as const;
export type PaneName = (typeof paneNames)[number];

/** Panes at once. */
const [FEWEST, MOST] = [2, 4];

export const firstPanes: readonly PaneName[] = ['photo', 'truth', 'prediction', 'error'];

/** A picture of the image; the photo lies under each. */
export interface Pane {
  name: PaneName;
  layer: { url: string; kind: LayerKind } | null;
}

/** The chosen panes with one more or less. Two stay at least; a fifth takes the place of the last. */
export function togglePane(chosen: readonly PaneName[], name: PaneName): PaneName[] {
  const kept = chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen.slice(0, MOST - 1), name];
  const next = kept.length < FEWEST ? chosen : kept;
  return paneNames.filter((one) => next.includes(one));
}

/** The sets that a measured one was made from. */
export interface ShownSets {
  maps: string | null;
  saliency: string | null;
}

/** The panes that there are of an image. */
export function panesOf(
  project: string,
  evaluation: string,
  image: Pick<Image, 'id'>,
  files: readonly ImageFile[],
  sets: ShownSets,
  mapClass: number | undefined,
): Pane[] {
  const at = { params: { project, name: evaluation, id: image.id }, query: {} };
  const file = (kind: 'maps' | 'saliency', set: string | null): string | undefined => {
    const found = files.find((one) => one.kind === kind && one.name === set && (kind !== 'maps' || one.classIndex === mapClass)); // prettier-ignore
    return found && fileUrl(project, image.id, found);
  };
  const [map, saliency] = [file('maps', sets.maps), file('saliency', sets.saliency)];
  return [
    { name: 'photo', layer: null },
    { name: 'truth', layer: { url: urlOf(api.evaluations.truth, at), kind: 'labels' } },
    { name: 'prediction', layer: { url: urlOf(api.evaluations.prediction, at), kind: 'labels' } },
    { name: 'error', layer: { url: urlOf(api.evaluations.outcome, at), kind: 'outcome' } },
    ...(map ? [{ name: 'map', layer: { url: map, kind: 'heat' } } as const] : []),
    ...(saliency ? [{ name: 'saliency', layer: { url: saliency, kind: 'heat' } } as const] : []),
  ];
}
