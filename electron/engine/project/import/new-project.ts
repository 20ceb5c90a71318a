import { basename, resolve } from 'node:path';
import { classesOf, type MappedClass } from '../../../../shared/class-map.js';
import { StudioError } from '../../../../shared/errors.js';
import type { TruthConventionName } from '../../../../shared/project.js';
import type { OnProgress } from '../../../../shared/progress.js';
import type { Domain } from '../../../../shared/types.js';
import { truthConventionsByName } from '../../images/truth/index.js';
import { chooseFormat, type DatasetFormat, type FormatOptions } from '../formats/index.js';
import { namedClasses } from '../formats/class-names.js';
import { mappedFormat } from '../formats/mapped-format.js';
import { createProject, isProject, openProject, type Project } from '../project.js';
import { countEntries, datasetFolder, importDataset, type ImportSummary } from './import.js';
import { requestedClasses } from './map-classes.js';

export interface NewProjectRequest {
  /** Folder of the project; made unless it is there. */
  folder: string;
  /** Folder of the dataset. */
  dataset: string;
  /** `auto` or the name of a format. */
  format: string;
  domain: Domain;
  /** Label file beside, or in place of, those of the dataset. */
  labels?: string;
  /** `voc`, `coco`, or a file with the names of the classes, one a line. */
  classes?: string;
  /** Classes that get another name, or the empty one: they are left out. */
  map?: readonly MappedClass[];
  /** What the pixel values of ground truth mean, where that is not VOC's way. */
  convention?: TruthConventionName;
  /** Whether objects that annotations mark as difficult count; they do by default. */
  difficult?: boolean;
  /** Name of the project; that of its folder by default. */
  name?: string;
}

export interface NewProjectResult extends ImportSummary {
  root: string;
  name: string;
  classes: readonly string[];
  format: string;
  /** Whether the project was made now. */
  created: boolean;
}

/**
 * Makes a project from a dataset, or adds a dataset to a project that is there. Nothing is made of a dataset without
 * images.
 * @throws StudioError usage, dataset-unknown, dataset-empty, interrupted, file-missing, not-writable, ...
 */
export async function newProject(
  request: NewProjectRequest,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<NewProjectResult> {
  const examined = await examineRequest(request);
  const { folder, root, options, format, mapped } = examined;
  const created = !isProject(folder);
  const total = await countEntries({ root, format, options });
  const project = created ? await makeProject(request, examined) : openProject(folder);
  try {
    const { domain, convention } = request;
    const asked = { root, format, domain, options, mapped, convention, total };
    const summary = await importDataset(project, asked, signal, onProgress);
    const { name, classes } = project.config;
    return { root: folder, name, classes, format: format.name, created, ...summary };
  } finally {
    project.close();
  }
}

/**
 * Adds a dataset to a project that is there.
 * @throws StudioError project-missing, and what newProject throws
 */
export async function addDataset(
  request: NewProjectRequest,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<NewProjectResult> {
  openProject(request.folder).close();
  return newProject(request, signal, onProgress);
}

interface Examined {
  folder: string;
  root: string;
  options: FormatOptions;
  /** Gives the project's names where classes are mapped. */
  format: DatasetFormat;
  /** The dataset's own classes, where some get other names. */
  mapped?: MappedClass[];
}

/** Folders, format and classes of a request. */
async function examineRequest(request: NewProjectRequest): Promise<Examined> {
  const folder = resolve(request.folder);
  const root = await datasetFolder(request.dataset);
  if (folder === root) {
    throw new StudioError({
      code: 'usage',
      message: 'the project and its dataset cannot be one folder',
      file: folder,
      remedy: 'Photos stay where they are; choose another folder for the project.',
    });
  }
  const options: FormatOptions = {
    labels: request.labels && resolve(request.labels),
    classes: request.classes ? await namedClasses(request.classes) : undefined,
    difficult: request.difficult,
  };
  const format = await chooseFormat(request.format, root, options);
  const mapped = await requestedClasses(
    {
      map: request.map,
      dataset: { root, format: format.name, domain: request.domain },
      names: () => namesOf(format, root, options),
    },
    isProject(folder) ? configOf(folder) : undefined,
  );
  return { folder, root, options, format: mapped ? mappedFormat(format, mapped) : format, mapped };
}

/**
 * Makes a project that a dataset fits into, without importing anything: the import may then be a job of the project.
 * @throws StudioError project-exists, and what newProject throws
 */
export async function projectFor(request: NewProjectRequest): Promise<Project> {
  return makeProject(request, await examineRequest(request));
}

const namesOf = async (format: DatasetFormat, root: string, options: FormatOptions): Promise<readonly string[]> =>
  options.classes ?? (await format.classes(root, options));

function configOf(folder: string): Project['config'] {
  const project = openProject(folder);
  project.close();
  return project.config;
}

async function makeProject(
  request: NewProjectRequest,
  { folder, root, options, format, mapped }: Examined,
): Promise<Project> {
  const classes = checkClasses(mapped ? classesOf(mapped) : await namesOf(format, root, options), root);
  // Before anything is made: with another number of classes the dataset needs another project.
  if (request.convention) truthConventionsByName[request.convention].table((mapped ?? classes).length);
  return createProject(folder, { name: request.name ?? basename(folder), classes });
}

/** Most classes a label map of one byte a pixel can hold beside background and ignore. */
const MAX_CLASSES = 254;

function checkClasses(names: readonly string[], root: string): string[] {
  // Only a list of a possible length is searched: a damaged table can name a million classes.
  const repeated = names.length > MAX_CLASSES ? undefined : names.find((name, i) => names.indexOf(name) < i);
  if (repeated === undefined && names.length > 0 && names.length <= MAX_CLASSES) return [...names];
  throw new StudioError({
    code: names.length === 0 ? 'label-missing' : 'label-unknown',
    message:
      repeated !== undefined
        ? `the class name "${repeated}" is given twice`
        : `there are ${names.length} classes; a project has 1 to ${MAX_CLASSES}`,
    file: root,
    remedy: 'Give the names of the classes: a file with one a line, voc or coco (--classes).',
  });
}
