import { auditTask } from './audit.js';
import { localizeTask } from './localize.js';
import { suggestReferencesTask } from './suggestReferences.js';
import { trainTask } from './train.js';

/** Everything that the worker thread can do. */
export const tasks = {
  train: trainTask,
  localize: localizeTask,
  suggestReferences: suggestReferencesTask,
  audit: auditTask,
} as const;

export type Tasks = typeof tasks;
export type TaskName = keyof Tasks;
