import { clickRoutes } from './clicks.js';
import { editRoutes } from './edits.js';
import { evaluationRoutes } from './evaluations.js';
import { eventRoutes } from './events.js';
import { imageRoutes } from './images.js';
import { jobRoutes } from './jobs.js';
import { machineRoutes } from './machine.js';
import { maskRoutes } from './masks.js';
import { previewRoutes } from './previews.js';
import { projectRoutes } from './projects.js';
import { queueRoutes } from './queue.js';
import { referenceRoutes } from './references.js';
import { runRoutes, setRoutes } from './sets.js';
import { settingRoutes } from './settings.js';
import { viewRoutes } from './views.js';

export * from './clicks.js';
export * from './client.js';
export * from './edits.js';
export * from './evaluations.js';
export * from './events.js';
export * from './images.js';
export * from './job-checks.js';
export * from './job-requests.js';
export * from './job-states.js';
export * from './jobs.js';
export * from './machine.js';
export * from './masks.js';
export * from './previews.js';
export * from './projects.js';
export * from './queue.js';
export * from './references.js';
export * from './route.js';
export * from './views.js';

/** Everything that the engine answers, by resource. */
export const api = {
  projects: projectRoutes,
  images: imageRoutes,
  masks: maskRoutes,
  clicks: clickRoutes,
  edits: editRoutes,
  queue: queueRoutes,
  views: viewRoutes,
  references: referenceRoutes,
  previews: previewRoutes,
  sets: setRoutes,
  evaluations: evaluationRoutes,
  runs: runRoutes,
  jobs: jobRoutes,
  settings: settingRoutes,
  machine: machineRoutes,
  events: eventRoutes,
} as const;
