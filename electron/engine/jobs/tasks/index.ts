import { auditTask } from './audit.js';
import { describeTask } from './describe.js';
import { localizeTask } from './localize.js';
import { segmentPredictTask } from './segmentPredict.js';
import { segmentTrainTask } from './segmentTrain.js';
import {
  evaluateTask,
  exportTask,
  importTask,
  masksTask,
  rankTask,
  remaskTask,
  reportTask,
  saliencyTask,
  sampleTask,
} from './services.js';
import { suggestReferencesTask } from './suggestReferences.js';
import { trainTask } from './train.js';

/** Everything that the worker thread can do. */
export const tasks = {
  train: trainTask,
  localize: localizeTask,
  describe: describeTask,
  suggestReferences: suggestReferencesTask,
  audit: auditTask,
  saliency: saliencyTask,
  masks: masksTask,
  'segment-train': segmentTrainTask,
  'segment-predict': segmentPredictTask,
  remask: remaskTask,
  rank: rankTask,
  evaluate: evaluateTask,
  report: reportTask,
  export: exportTask,
  import: importTask,
  sample: sampleTask,
} as const;

export type Tasks = typeof tasks;
export type TaskName = keyof Tasks;
