import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { LocalizeSettings } from '../../../../shared/settings/index.js';
import type { Domain, Failure } from '../../../../shared/types.js';
import { localize, type LocalizeInputs as LearnInputs } from '../../learn/localize/localize.js';
import { loadTensorflow } from '../../learn/runtime/load.js';
import type { Device } from '../../learn/runtime/release.js';
import { openProject, type Project } from '../../project/project.js';
import type { Task } from '../task.js';
import { mappedImages, referencePool } from './images.js';
import { hasMaps, recordMaps, writeMaps, type MapSet } from './maps.js';
import { photoReader } from './photos.js';
import { asTrained, readTrainedRun } from './trainedRun.js';

export interface LocalizeInputs {
  /** Project folder. */
  project: string;
  run: string;
  maps: string;
  /** Weights after this many epochs; null for the run's own choice. */
  epoch: number | null;
  /** Images to make maps of: the labelled ones of this split, or of all. */
  split: string | null;
  /** Only those of this domain; null for all. */
  domain: Domain | null;
  /** Also write the raw maps as float .npy. */
  raw: boolean;
  /** Make maps anew that are there already. */
  overwrite: boolean;
  device?: Device;
}

export interface LocalizeResult {
  maps: string;
  folder: string;
  /** Epoch of the weights; 0 for imported ones. */
  epoch: number;
  /** Images whose maps were made now, and those that had theirs. */
  images: number;
  kept: number;
  failures: Failure[];
}

/** Stored references of an image and class, else those of the class. */
export function storedReferences({ store }: Project): LearnInputs['fixedReferences'] {
  return (imageId, classIndex) => {
    const own = store.references({ classIndex, imageId });
    return own.length > 0 ? own : store.references({ classIndex });
  };
}

/** A digest of all stored reference sets, where maps depend on them. */
function fixedSets({ store }: Project, settings: LocalizeSettings): { 'stored references'?: string } {
  if (settings.mode !== 'multi' || settings['references.strategy'] !== 'fixed') return {};
  const sets = store.referenceScopes().map((scope) => [scope, store.references(scope)]);
  return { 'stored references': createHash('sha256').update(JSON.stringify(sets)).digest('hex') };
}

/** A digest of the labels that were dropped: neither maps nor references are made of them. */
function droppedLabels({ store }: Project): { 'dropped labels'?: string } {
  const dropped = store.labels.changes().filter(({ weight }) => weight === 0);
  if (dropped.length === 0) return { 'dropped labels': undefined };
  const named = dropped.map(({ imageId, classIndex }) => [imageId, classIndex]);
  return { 'dropped labels': createHash('sha256').update(JSON.stringify(named)).digest('hex') };
}

async function localizeInto(
  project: Project,
  inputs: LocalizeInputs,
  asked: LocalizeSettings,
  signal: AbortSignal,
  onProgress: Parameters<typeof localizeTask.run>[3],
): Promise<LocalizeResult> {
  const { record, weights, file, epoch } = readTrainedRun(project, inputs.run, inputs.epoch);
  const settings = asTrained(asked, record);
  const images = mappedImages(project, inputs.split, inputs.domain);
  const set: MapSet = { project, name: inputs.maps, raw: inputs.raw };
  const digest = createHash('sha256').update(readFileSync(file)).digest('hex');
  const made = {
    ...settings,
    run: inputs.run,
    epoch,
    weights: digest,
    ...fixedSets(project, settings),
    ...droppedLabels(project),
  };
  recordMaps(set, inputs.run, made, inputs.overwrite);

  const waiting = inputs.overwrite ? images : images.filter((image) => !hasMaps(set, image));
  const kept = images.length - waiting.length;
  const result = { maps: inputs.maps, folder: project.paths.maps(inputs.maps), epoch, kept };
  if (waiting.length === 0) return { ...result, images: 0, failures: [] };
  const done = await localize(
    {
      tf: await loadTensorflow({ device: inputs.device }),
      weights,
      trainSettings: record.settings,
      classCount: project.config.classes.length,
      images: waiting,
      pool: referencePool(project, record, settings['references.domains']),
      fixedReferences: storedReferences(project),
      readPhoto: photoReader(project),
      onMaps: (id, photo, maps) => writeMaps(set, id, project.store.image(id) ?? photo, maps),
    },
    settings,
    onProgress,
    signal,
  );
  return { ...result, images: done.images, failures: done.failures };
}

/** Makes localization maps of a project's labelled images into maps/<name>/; images that have theirs are left. */
export const localizeTask: Task<LocalizeInputs, LocalizeSettings, LocalizeResult> = {
  async run(inputs, settings, signal, onProgress) {
    const project = openProject(inputs.project);
    try {
      return await localizeInto(project, inputs, settings, signal, onProgress);
    } finally {
      project.close();
    }
  },
};
