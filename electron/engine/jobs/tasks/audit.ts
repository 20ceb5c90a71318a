import type { AuditSettings } from '../../../../shared/settings/index.js';
import type { Failure } from '../../../../shared/types.js';
import { auditLabels } from '../../learn/audit/audit.js';
import { loadTensorflow } from '../../learn/runtime/load.js';
import type { Device } from '../../learn/runtime/release.js';
import { openProject } from '../../project/project.js';
import type { Task } from '../task.js';
import { learntImages, seenBy } from './images.js';
import { photoReader } from './photos.js';
import { readTrainedRun } from './trainedRun.js';

export interface AuditTaskInputs {
  /** Project folder. */
  project: string;
  run: string;
  /** Weights after this many epochs; null for the run's own choice. */
  epoch: number | null;
  device?: Device;
}

export interface AuditResult {
  run: string;
  /** Labels that were judged. */
  labels: number;
  failures: Failure[];
}

/**
 * Judges the labels of all images that a run has learnt from, as the datasets give them (so dropped ones again as well),
 * and keeps the confidences in the index, in the place of earlier ones of the run.
 */
export const auditTask: Task<AuditTaskInputs, AuditSettings, AuditResult> = {
  async run(inputs, settings, signal, onProgress) {
    const project = openProject(inputs.project);
    try {
      const { record, weights } = readTrainedRun(project, inputs.run, inputs.epoch);
      const { labels, failures } = await auditLabels(
        {
          tf: await loadTensorflow({ device: inputs.device }),
          weights,
          trainSettings: record.settings,
          classCount: project.config.classes.length,
          images: seenBy(record, learntImages(project, record.split, { kept: false })),
          readPhoto: photoReader(project),
        },
        settings,
        onProgress,
        signal,
      );
      project.store.labels.replaceConfidences(inputs.run, labels);
      return { run: inputs.run, labels: labels.length, failures };
    } finally {
      project.close();
    }
  },
};
