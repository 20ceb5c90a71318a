import type {
  ExportSettings,
  MaskSettings,
  QueueSettings,
  SaliencySettings,
} from '../../../../shared/settings/index.js';
import type { OnProgress } from '../../../../shared/progress.js';
import { addDataset, type NewProjectRequest } from '../../project/import/new-project.js';
import { openProject, type Project } from '../../project/project.js';
import { evaluateSet } from '../../services/evaluation.js';
import { exportEvaluation, type EvaluationExportRequest } from '../../services/evaluation-export.js';
import type { EvaluationRequest } from '../../services/evaluation-files.js';
import { exportMasks, type ExportRequest } from '../../services/export.js';
import type { ExportReport } from '../../services/export-job.js';
import { makeMaskSet, type MaskSetRequest } from '../../services/mask-set.js';
import { rankImages, type RankRequest, type RankResult } from '../../services/rank.js';
import { remask, type RemaskRequest, type RemaskResult } from '../../services/remask.js';
import { makeSaliency, type SaliencyReport, type SaliencyRequest } from '../../services/saliency.js';
import { fillSample } from '../../services/sample/fill.js';
import { readRecipe } from '../../services/sample/recipe.js';
import type { MakeMasksResult } from '../../masks/make.js';
import type { Task } from '../task.js';

/** Inputs of a task on a project: its folder, and what the service is asked for. */
export interface ServiceInputs<Request> {
  project: string;
  request: Request;
}

/** A service as a task: they are heavy on the processor, and a thread that answers requests must not wait for them. */
function serviceTask<Request, Settings, Result>(
  work: (
    project: Project,
    request: Request,
    settings: Settings,
    onProgress: OnProgress,
    signal: AbortSignal,
  ) => Promise<Result>,
): Task<ServiceInputs<Request>, Settings, Result> {
  return {
    async run(inputs, settings, signal, onProgress) {
      const project = openProject(inputs.project);
      try {
        return await work(project, inputs.request, settings, onProgress, signal);
      } finally {
        project.close();
      }
    },
  };
}

/** Saliency maps into saliency/<name>/. */
export const saliencyTask: Task<
  ServiceInputs<Omit<SaliencyRequest, 'settings'>>,
  SaliencySettings,
  SaliencyReport
> = serviceTask((project, request, settings, onProgress, signal) =>
  makeSaliency(project, { ...request, settings }, onProgress, signal),
);

/** Pseudo-masks into masks/<name>/. */
export const masksTask: Task<ServiceInputs<MaskSetRequest>, MaskSettings, MakeMasksResult> = serviceTask(makeMaskSet);

/** Masks of a set derived anew with other settings, or what that would change. */
export const remaskTask: Task<ServiceInputs<RemaskRequest>, MaskSettings, RemaskResult> = serviceTask(remask);

/** The order of a set's masks for review, as scores of the index. */
export const rankTask: Task<ServiceInputs<RankRequest>, QueueSettings, RankResult> = serviceTask(rankImages);

/** An evaluation into evaluations/<name>.json, of which the main figures come back. */
export const evaluateTask = serviceTask(
  async (project, request: EvaluationRequest, _settings: unknown, onProgress, signal) => {
    const { name, images, evaluated, mIoU, failures } = await evaluateSet(project, request, onProgress, signal);
    return { name, images, evaluated, mIoU, failures };
  },
);

/** An evaluation as a report and tables. */
export const reportTask = serviceTask(
  (project, request: EvaluationExportRequest, _settings: unknown, onProgress, signal) =>
    exportEvaluation(project, request, onProgress, signal),
);

/** Masks for other programs. */
export const exportTask: Task<ServiceInputs<ExportRequest>, ExportSettings, ExportReport> = serviceTask(exportMasks);

/** One more dataset, or what is new of one that is there. */
export const importTask = serviceTask(
  async (project, request: Omit<NewProjectRequest, 'folder'>, _settings: unknown, onProgress, signal) => {
    const { root: _root, name: _name, ...result } = await addDataset({ ...request, folder: project.root }, signal, onProgress); // prettier-ignore
    return result;
  },
);

/** What the sample project comes with. */
export const sampleTask = serviceTask(async (project, _request: null, _settings: unknown, onProgress, signal) =>
  fillSample(project, await readRecipe(), onProgress, signal),
);
