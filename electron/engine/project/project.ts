import { existsSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { MappedClass } from '../../../shared/class-map.js';
import { StudioError } from '../../../shared/errors.js';
import {
  PROJECT_SCHEMA,
  projectConfigSchema,
  type DatasetRoot,
  type ImageRecord,
  type ProjectConfig,
  type TruthConventionName,
} from '../../../shared/project.js';
import { readJsonFile, writeError, writeFileAtomicSync } from './files.js';
import { isDrawnTruth, projectPaths, type ProjectPaths } from './layout.js';
import { resolveInside } from './paths.js';
import { writeProjectFile } from './project-file.js';
import { Store } from './store.js';

/** An open project folder. */
export interface Project {
  /** Absolute. */
  readonly root: string;
  readonly config: Readonly<ProjectConfig>;
  readonly store: Store;
  readonly paths: ProjectPaths;
  /** Absolute path of an image's photo. */
  photoPath(image: Pick<ImageRecord, 'dataset' | 'path'>): string;
  /** Absolute path of an image's ground truth, or null. */
  truthPath(image: Pick<ImageRecord, 'dataset' | 'truth'>): string | null;
  /** What the pixel values of an image's ground truth mean. */
  truthConvention(image: Pick<ImageRecord, 'dataset' | 'truth'>): TruthConventionName;
  /**
   * The project's label of each label of the dataset's pictures, background first, where its classes were mapped. What is
   * left out is background. Throws `project-damaged` where it names a class that the project lacks.
   */
  truthLabels(image: Pick<ImageRecord, 'dataset' | 'truth'>): Uint8Array | undefined;
  /**
   * Notes a dataset in project.json unless it is there with the same root, format and domain; returns its place. One
   * that is there takes over how ground truth is written, where that is given.
   */
  addDataset(dataset: DatasetRoot): number;
  close(): void;
}

/** What a new project needs; the rest has defaults. */
export type NewProject = Pick<ProjectConfig, 'name' | 'classes'> & Partial<ProjectConfig>;

/** Whether the folder holds a project. */
export const isProject = (folder: string): boolean => existsSync(projectPaths(folder).config);

/**
 * Makes the folder of a new project and opens it.
 * @throws StudioError project-exists, not-writable, disk-full
 */
export function createProject(folder: string, config: NewProject): Project {
  const root = resolve(folder);
  if (isProject(root)) {
    throw new StudioError({
      code: 'project-exists',
      message: `there is a project in ${root} already`,
      file: root,
      remedy: 'Choose another folder.',
    });
  }
  const checked = projectConfigSchema.parse({ ...config, schema: PROJECT_SCHEMA });
  try {
    mkdirSync(root, { recursive: true });
  } catch (error) {
    throw writeError(error, root);
  }
  writeFileAtomicSync(projectPaths(root).config, `${JSON.stringify(checked, null, 2)}\n`);
  writeProjectFile(root);
  return openProject(root);
}

/**
 * Opens a project folder.
 * @throws StudioError project-missing, project-damaged, project-newer, busy, not-writable
 */
export function openProject(folder: string): Project {
  const root = resolve(folder);
  const paths = projectPaths(root);
  let config = readConfig(root, paths.config);
  const store = new Store(paths.database);
  const datasetAt = (index: number): DatasetRoot | undefined => {
    // An import in another thread or process may have added one since the project was opened.
    if (index >= config.datasets.length) config = readConfig(root, paths.config);
    return config.datasets[index];
  };
  const rootOf = (index: number): string => {
    const dataset = datasetAt(index);
    if (dataset) return dataset.root;
    throw new StudioError({
      code: 'project-damaged',
      message: `an image belongs to dataset ${index}, which project.json does not list`,
      file: paths.config,
      remedy: 'Put back the entry under "datasets", or make the project anew.',
    });
  };
  return {
    root,
    get config() {
      return config;
    },
    store,
    paths,
    photoPath: ({ dataset, path }) => resolveInside(rootOf(dataset), path),
    truthPath({ dataset, truth }) {
      if (truth === null) return null;
      return isDrawnTruth(truth) ? resolveInside(root, truth.slice(1)) : resolveInside(rootOf(dataset), truth);
    },
    truthConvention({ dataset, truth }) {
      if (truth !== null && isDrawnTruth(truth)) return 'voc';
      return datasetAt(dataset)?.truth?.convention ?? 'voc';
    },
    truthLabels({ dataset, truth }) {
      const mapped = truth !== null && isDrawnTruth(truth) ? undefined : datasetAt(dataset)?.classes;
      return mapped && labelsOf(mapped, config.classes, paths.config);
    },
    addDataset(dataset) {
      // Another process may have added one since the project was opened.
      config = readConfig(root, paths.config);
      const place = config.datasets.findIndex(
        (known) => known.root === dataset.root && known.domain === dataset.domain && known.format === dataset.format,
      );
      const known = config.datasets[place];
      if (known && (!dataset.truth || dataset.truth.convention === known.truth?.convention)) return place;
      const datasets = known ? config.datasets.with(place, dataset) : [...config.datasets, dataset];
      config = { ...config, datasets };
      writeFileAtomicSync(paths.config, `${JSON.stringify(config, null, 2)}\n`);
      return known ? place : datasets.length - 1;
    },
    close: () => store.close(),
  };
}

function labelsOf(mapped: readonly MappedClass[], classes: readonly string[], file: string): Uint8Array {
  const label = ({ name, as }: MappedClass): number => {
    const place = classes.indexOf(as);
    if (as === '' || place >= 0) return place + 1;
    throw new StudioError({
      code: 'project-damaged',
      message: `the class "${name}" of a dataset is mapped to "${as}", which is no class of the project`,
      file,
      remedy: 'Name a class of the project there, or make the project anew.',
    });
  };
  return Uint8Array.from([0, ...mapped.map(label)]);
}

function readConfig(root: string, file: string): ProjectConfig {
  if (!existsSync(file)) {
    throw new StudioError({
      code: 'project-missing',
      message: `there is no project in ${root}`,
      file: root,
      remedy: `Check the path, or make a project there (comask new ${root} --dataset DIR).`,
    });
  }
  try {
    const { schema } = readJsonFile(file, z.looseObject({ schema: z.number() }));
    if (schema > PROJECT_SCHEMA) {
      throw new StudioError({
        code: 'project-newer',
        message: `the project was made by a newer version (folder version ${schema}, this one knows ${PROJECT_SCHEMA})`,
        file,
        remedy: 'Install the latest version of Comask Studio.',
      });
    }
    return readJsonFile(file, projectConfigSchema);
  } catch (error) {
    if (error instanceof StudioError && error.code === 'file-damaged') {
      throw new StudioError({ ...error.details, code: 'project-damaged' }, { cause: error });
    }
    throw error;
  }
}
