import type { ByteImage, RgbImage } from '../../../../shared/types.js';
import { resizeBilinear } from '../../images/index.js';
import {
  backgroundContrast,
  boundaryConnectivity,
  colourScales,
  secondNeighbours,
  stretch,
} from './regions/background.js';
import { rgbToLab } from '../../../../shared/superpixels/lab.js';
import { optimiseSaliency } from './regions/optimise.js';
import { regionGraph } from './regions/region-graph.js';
import { slic, type Segmentation } from '../../../../shared/superpixels/slic.js';
import type { SaliencySource } from './source.js';
import { averageOverViews, viewsOf } from './views.js';

/** Longest side that is worked on, px: the method was published for photos of this size, and memory stays bounded. */
const WORKING_SIDE = 400;
/** Superpixels of the size and compactness that the authors used. */
const SUPERPIXELS = { area: 600, compactness: 20, rounds: 10 };
/** Above this connectivity a region is background for certain, and weighs so much that nothing outvotes it. */
const CERTAIN = { connectivity: 3, weight: 1000 };

/**
 * Robust background detection: no weights, no training (Zhu, Liang, Wei and Sun, "Saliency Optimization from Robust
 * Background Detection", CVPR 2014). Superpixels; how firmly each hangs on the photo's edge; contrast to what is probably
 * background; the least-squares optimum of both cues and smoothness. A photo of one colour gives zeros.
 */
export function backgroundSaliency(photo: RgbImage): ByteImage {
  const scale = Math.min(1, WORKING_SIDE / Math.max(photo.width, photo.height));
  const [width, height] = [photo.width, photo.height].map((side) => Math.max(1, Math.round(side * scale)));
  const lab = rgbToLab(scale < 1 ? resizeBilinear(photo, width, height) : photo);
  const segmentation = slic(lab, width, height, SUPERPIXELS);
  const graph = regionGraph(lab, segmentation);

  const linked = secondNeighbours(graph);
  const scales = colourScales(graph, linked);
  const connectivity = boundaryConnectivity(graph, scales);
  const background = connectivity.map((value) => 1 - Math.exp(-(value * value) / 2));
  const foreground = backgroundContrast(graph, background);
  const certain = background.map((value, i) => (connectivity[i] > CERTAIN.connectivity ? CERTAIN.weight : value));
  const saliency = stretch(optimiseSaliency(graph, scales, certain, foreground, linked));
  return resizeBilinear(paint(segmentation, saliency), photo.width, photo.height);
}

function paint({ width, height, labels }: Segmentation, values: Float64Array): ByteImage {
  const bytes = Uint8Array.from(values, (value) => Math.round(value * 255));
  return { width, height, data: Uint8Array.from(labels, (label) => bytes[label]) };
}

/** Maps by robust background detection; see `backgroundSaliency`. Of the settings only `mirror` matters. */
export const builtinSource: SaliencySource = {
  name: 'builtin',
  open({ mirror }) {
    const views = viewsOf([WORKING_SIDE], mirror);
    const predict = (photo: RgbImage): Promise<ByteImage> => Promise.resolve(backgroundSaliency(photo));
    return Promise.resolve({
      saliencyOf: (photo) => averageOverViews(photo, views, predict),
      close: () => Promise.resolve(),
    });
  },
};
