import { existsSync } from 'node:fs';
import { StudioError } from '../../../../shared/errors.js';
import type { Preset, TrainSettings } from '../../../../shared/settings/index.js';
import type { Failure } from '../../../../shared/types.js';
import { classifierParameters } from '../../learn/nets/classifier.js';
import { loadTensorflow } from '../../learn/runtime/load.js';
import type { Device } from '../../learn/runtime/release.js';
import { shapesOf } from '../../learn/nets/parameters.js';
import { train as trainClassifier } from '../../learn/train/train.js';
import type { TrainingImage } from '../../learn/train/types.js';
import { fitWeights } from '../../learn/weights/fit.js';
import { backboneOf } from '../../learn/weights/mappings/index.js';
import { readWeights } from '../../learn/weights/readers.js';
import type { NamedArrays } from '../../learn/weights/tensors.js';
import { writeFileAtomicSync } from '../../project/files.js';
import { openProject, type Project } from '../../project/project.js';
import { writeEpoch, writeLatest } from '../run/checkpoints.js';
import { runFiles, type RunFiles } from '../run/files.js';
import { openLog } from '../run/log.js';
import { measuring } from '../run/measured.js';
import { openRun, type OpenRun, type RunMode } from '../run/open.js';
import { readPinned, writePinned } from '../run/previews.js';
import { RUN_SCHEMA, classifierRecords, imagesDigest, seenDatasets, type RunRecord } from '../run/record.js';
import { photoThreads } from '../photos/threads.js';
import type { Task } from '../task.js';
import { learntImages, trainingImages } from './images.js';
import { photoPaths, photoReader } from './photos.js';
import { drawLeftOut, pinnedImages, previewer } from './previews.js';

export interface TrainInputs {
  /** Project folder. */
  project: string;
  run: string;
  mode: RunMode;
  preset: Preset;
  /** File or folder with the backbone's first weights; null to start from nothing. */
  weights: string | null;
  /** Only images of this split; null for all. */
  split: string | null;
  device?: Device;
  /** Images to look at the training by after each epoch; left out, some that show the classes. */
  previews?: readonly string[];
}

export interface TrainResult {
  run: string;
  folder: string;
  images: number;
  epochs: number;
  finalLoss: Record<string, number>;
  imagesPerSecond?: number;
  peakMegabytes: number;
  /** Photos that were there at the import and could not be read in training. */
  failures: readonly Failure[];
}

/** The backbone's first weights, checked against the net before anything is written. */
async function backboneWeights(file: string, settings: TrainSettings, classCount: number): Promise<NamedArrays> {
  const expected = [...classifierParameters(settings, classCount)].filter(([name]) => name.startsWith('backbone.'));
  return fitWeights(backboneOf(await readWeights(file)), shapesOf(new Map(expected)), file);
}

/** An interrupted or failed training says how to go on with it. */
function withWayOn(error: unknown, { project, run }: TrainInputs): unknown {
  if (!(error instanceof StudioError) || error.code !== 'interrupted') return error;
  const remedy = `Resume it to go on (comask train ${project} --run ${run} --resume).`;
  return new StudioError({ ...error.details, remedy }, { cause: error });
}

async function trainInto(
  project: Project,
  files: RunFiles,
  { resume }: OpenRun,
  inputs: TrainInputs & { images: TrainingImage[]; backbone: NamedArrays | null },
  settings: TrainSettings,
  signal: AbortSignal,
  onProgress: Parameters<typeof trainTask.run>[3],
): Promise<TrainResult> {
  const log = openLog(files.log, resume?.logLines ?? 0);
  const threads = photoThreads(photoPaths(project), settings);
  const measured = measuring(onProgress);
  const pinned = pinnedImages(inputs.images, inputs.previews ?? readPinned(files).map(({ id }) => id));
  writePinned(files, pinned.map(({ id, classes }) => ({ id, classes }))); // prettier-ignore
  try {
    const tf = await loadTensorflow({ device: inputs.device });
    const preview = previewer(project, files, pinned, { tf, settings, signal });
    if (resume) await drawLeftOut(files, resume.epoch, preview);
    const { epochs, finalLoss, failures } = await trainClassifier(
      {
        tf,
        images: inputs.images,
        classCount: project.config.classes.length,
        readPhoto: photoReader(project),
        see: threads?.see,
        backboneWeights: resume ? null : inputs.backbone,
        resume,
      },
      settings,
      {
        onProgress: measured.onProgress,
        onLog: (entry) => log.append({ ...entry, ...measured.figures() }),
        onCheckpoint({ tensors, state }, reason, epoch) {
          log.sync();
          if (reason === 'epoch') writeEpoch(files, epoch, tensors);
          writeLatest(files, { tensors, state, epoch, logLines: log.lines });
        },
        onEpoch: preview,
      },
      signal,
    );
    const metrics = { epochs, images: inputs.images.length, finalLoss, ...measured.figures() };
    // A run that had ended before takes no step, and so has no new loss to note.
    const ended = existsSync(files.metrics) && Object.keys(finalLoss).length === 0;
    if (!ended) writeFileAtomicSync(files.metrics, `${JSON.stringify(metrics, null, 2)}\n`);
    return { run: inputs.run, folder: files.folder, ...metrics, failures };
  } finally {
    await threads?.close();
    log.close();
  }
}

/** Trains the classifier of a project into runs/<name>/: settings, log, a checkpoint each epoch and on interrupt. */
export const trainTask: Task<TrainInputs, TrainSettings, TrainResult> = {
  async run(inputs, settings, signal, onProgress) {
    const project = openProject(inputs.project);
    try {
      const learnt = learntImages(project, inputs.split);
      const images = trainingImages(learnt, project.store.labels.changes());
      const { classes, datasets } = project.config;
      const backbone = inputs.weights ? await backboneWeights(inputs.weights, settings, classes.length) : null;
      const { preset, weights, split } = inputs;
      const record: RunRecord = {
        schema: RUN_SCHEMA,
        origin: 'trained',
        preset,
        settings,
        weights,
        split,
        classes: [...classes],
        images: imagesDigest(images),
        datasets: seenDatasets(learnt, datasets),
        labels: project.store.labels.changeCounts(),
      };
      const files = runFiles(project.paths.run(inputs.run));
      const open = openRun(files, record, inputs.mode, classifierRecords);
      try {
        project.store.recordArtifact({ kind: 'run', name: inputs.run, parents: [], settings });
        return await trainInto(project, files, open, { ...inputs, images, backbone }, settings, signal, onProgress);
      } catch (error) {
        throw withWayOn(error, inputs);
      } finally {
        open.release();
      }
    } finally {
      project.close();
    }
  },
};
