import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatasetRoot } from '../../../shared/project.js';
import type { Failure } from '../../../shared/types.js';
import type { Project } from './project.js';

/** Names of what a project has made, as it lies in its folder. */
export interface MadeNames {
  runs: string[];
  maps: string[];
  saliency: string[];
  masks: string[];
  predictions: string[];
  evaluations: string[];
}

/** An overview of a project. */
export interface ProjectInfo extends MadeNames {
  root: string;
  name: string;
  images: number;
  /** Images of each split; `''` for images of none. */
  splits: Record<string, number>;
  domains: Record<string, number>;
  /** Images that carry each class, in the order of the classes. */
  classes: { name: string; images: number }[];
  withTruth: number;
  unlabelled: number;
  /** Labels that are dropped, or count less, since an audit. */
  labelChanges: { dropped: number; weighted: number };
  datasets: DatasetRoot[];
  failures: Failure[];
}

/** Figures from the index, which takes a while with many images, and names of what lies in the project folder. */
export function projectInfo(project: Project): ProjectInfo {
  const { root, config, store } = project;
  const counts = store.counts();
  return {
    root,
    name: config.name,
    images: counts.images,
    splits: counts.bySplit,
    domains: counts.byDomain,
    classes: config.classes.map((name, index) => ({ name, images: counts.byClass[index] ?? 0 })),
    withTruth: counts.withTruth,
    unlabelled: counts.unlabelled,
    labelChanges: store.labels.changeCounts(),
    datasets: config.datasets,
    failures: store.failures(),
    ...madeNames(project),
  };
}

/** What lies in the project folder, without a look at the images. */
export const madeNames = ({ paths }: Pick<Project, 'paths'>): MadeNames => ({
  runs: foldersIn(dirname(paths.run('x'))),
  maps: foldersIn(dirname(paths.maps('x'))),
  saliency: foldersIn(dirname(paths.saliency('x'))),
  masks: foldersIn(dirname(paths.masks('x'))),
  predictions: foldersIn(dirname(paths.predictions('x'))),
  evaluations: entriesOf(dirname(paths.evaluation('x')))
    .filter(({ name }) => name.endsWith('.json'))
    .map(({ name }) => name.slice(0, -'.json'.length)),
});

const foldersIn = (folder: string): string[] =>
  entriesOf(folder)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

function entriesOf(folder: string): import('node:fs').Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
