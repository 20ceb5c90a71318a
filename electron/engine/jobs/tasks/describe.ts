import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { localizeSettings } from '../../../../shared/settings/index.js';
import type { Failure } from '../../../../shared/types.js';
import { describeImages } from '../../learn/localize/describe.js';
import { loadTensorflow } from '../../learn/runtime/load.js';
import type { Device } from '../../learn/runtime/release.js';
import { openProject } from '../../project/project.js';
import { readDescriptors, writeDescriptors, type Descriptors } from '../run/descriptors.js';
import { runFiles } from '../run/files.js';
import type { Task } from '../task.js';
import { mappedImages } from './images.js';
import { photoReader } from './photos.js';
import { asTrained, readTrainedRun } from './trainedRun.js';

export interface DescribeInputs {
  /** Project folder. */
  project: string;
  run: string;
  device?: Device;
}

export interface DescribeResult {
  run: string;
  /** Images that were described now, and those that had been before. */
  images: number;
  kept: number;
  failures: Failure[];
}

/** Images between two saves: a stopped task loses no more. */
const SAVE_EVERY = 200;
/** Only the image at hand is needed. */
const CACHE_MEGABYTES = 16;

/**
 * Computes what labelled images of a project are compared by, with the weights of a run, into its folder. Images that
 * have theirs of the same weights are left.
 */
export const describeTask: Task<DescribeInputs, object, DescribeResult> = {
  async run({ project: folder, run, device }, _settings, signal, onProgress) {
    const project = openProject(folder);
    const files = runFiles(project.paths.run(run));
    try {
      const { record, weights, file } = readTrainedRun(project, run, null);
      const settings = asTrained(localizeSettings.resolve({ 'cache.megabytes': CACHE_MEGABYTES }), record);
      const digest = createHash('sha256').update(readFileSync(file)).digest('hex');
      const made = `${digest} ${settings.inputSize}`;
      const before = readDescriptors(files);
      const all: Descriptors = { made, byId: before?.made === made ? before.byId : new Map() };
      const images = mappedImages(project, null, null).filter(({ id }) => !all.byId.has(id));
      const kept = all.byId.size;
      const save = (): void => writeDescriptors(files, all);
      if (images.length === 0) return { run, images: 0, kept, failures: [] };
      try {
        const failures = await describeImages(
          {
            tf: await loadTensorflow({ device }),
            weights,
            trainSettings: record.settings,
            classCount: project.config.classes.length,
            images,
            readPhoto: photoReader(project),
            onDescriptor(id, descriptor) {
              all.byId.set(id, descriptor);
              if ((all.byId.size - kept) % SAVE_EVERY === 0) save();
            },
          },
          settings,
          onProgress,
          signal,
        );
        return { run, images: images.length - failures.length, kept, failures };
      } finally {
        if (all.byId.size > kept) save();
      }
    } finally {
      project.close();
    }
  },
};
