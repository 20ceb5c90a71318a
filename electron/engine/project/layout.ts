import { join } from 'node:path';
import { StudioError } from '../../../shared/errors.js';
import { resolveInside, safeId, safeName } from './paths.js';

/** Name of the mask set that is made by hand. */
export const CORRECTED = 'corrected';

/** Folder of the ground truth that an import drew. */
const TRUTH = 'truth';

/** What the index says of ground truth that an import drew: no path inside a dataset begins with a slash. */
export const drawnTruth = (id: string): string => `/${TRUTH}/${id}.png`;

/** Whether ground truth of the index was drawn by an import, so that it lies in the project folder. */
export const isDrawnTruth = (truth: string): boolean => truth.startsWith(`/${TRUTH}/`);

/** Where everything of a project folder lies. Names and ids are checked, so no path leads out of the folder. */
export interface ProjectPaths {
  config: string;
  database: string;
  report: string;
  /** Held by the engine that serves the project and runs its jobs. */
  engineLock: string;
  corrected: string;
  run(name: string): string;
  maps(name: string): string;
  /** `extension` `.png` (8 bit) or `.npy` (raw float). */
  map(name: string, id: string, classIndex: number, extension?: '.png' | '.npy'): string;
  saliency(name: string): string;
  saliencyMap(name: string, id: string): string;
  masks(name: string): string;
  mask(name: string, id: string): string;
  correctedMask(id: string): string;
  /** Folder of the earlier versions of an image's mask made by hand. */
  maskHistory(id: string): string;
  predictions(name: string): string;
  prediction(name: string, id: string): string;
  evaluation(name: string): string;
  /** Folder of the report and tables of an evaluation. */
  evaluationReport(name: string): string;
  /** Ground truth of an image that an import drew. */
  truth(id: string): string;
}

/** The paths of the project folder `root`. */
export function projectPaths(root: string): ProjectPaths {
  const set = (kind: string, name: string): string => join(root, kind, safeName(name));
  const file = (folder: string, id: string, ending: string): string => resolveInside(folder, safeId(id) + ending);
  const paths: ProjectPaths = {
    config: join(root, 'project.json'),
    database: join(root, 'index.sqlite'),
    report: join(root, 'import-report.csv'),
    engineLock: join(root, 'engine.lock'),
    corrected: join(root, 'masks', CORRECTED),
    run: (name) => set('runs', name),
    maps: (name) => set('maps', name),
    map: (name, id, classIndex, extension = '.png') => file(paths.maps(name), id, `_${classIndex}${extension}`),
    saliency: (name) => set('saliency', name),
    saliencyMap: (name, id) => file(paths.saliency(name), id, '.png'),
    masks(name) {
      if (name.toLowerCase() !== CORRECTED) return set('masks', name);
      throw new StudioError({
        code: 'usage',
        message: `masks/${CORRECTED} is kept for masks made by hand`,
        remedy: 'Choose another name for the mask set.',
      });
    },
    mask: (name, id) => file(paths.masks(name), id, '.png'),
    correctedMask: (id) => file(paths.corrected, id, '.png'),
    maskHistory: (id) => file(join(root, 'history'), id, ''),
    predictions: (name) => set('predictions', name),
    prediction: (name, id) => file(paths.predictions(name), id, '.png'),
    truth: (id) => file(join(root, TRUTH), id, '.png'),
    evaluation: (name) => `${set('evaluations', name)}.json`,
    evaluationReport: (name) => set('evaluations', name),
  };
  return paths;
}
