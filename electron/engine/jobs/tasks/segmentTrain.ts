import { existsSync } from 'node:fs';
import { StudioError } from '../../../../shared/errors.js';
import type { ArtifactRef } from '../../../../shared/project.js';
import type { SegmentSettings } from '../../../../shared/settings/index.js';
import type { Failure } from '../../../../shared/types.js';
import { loadTensorflow } from '../../learn/runtime/load.js';
import type { Device } from '../../learn/runtime/release.js';
import { shapesOf } from '../../learn/nets/parameters.js';
import { segmenterOf } from '../../learn/segment/segmenter.js';
import { trainSegmenter, type SegmentTrainingResult } from '../../learn/segment/train.js';
import type { Validation } from '../../learn/segment/validate.js';
import { fitWeights } from '../../learn/weights/fit.js';
import { backboneOf } from '../../learn/weights/mappings/index.js';
import { readWeights } from '../../learn/weights/readers.js';
import type { NamedArrays } from '../../learn/weights/tensors.js';
import { writeFileAtomicSync } from '../../project/files.js';
import { openProject, type Project } from '../../project/project.js';
import { learntMasks, masksDigest, type LearntMask } from '../../services/learnt-masks.js';
import { requireSet } from '../../services/sets.js';
import { writeBest, writeLatest } from '../run/checkpoints.js';
import { runFiles, type RunFiles } from '../run/files.js';
import { openLog } from '../run/log.js';
import { peakMegabytes } from '../run/measured.js';
import { openRun, type OpenRun, type RunMode } from '../run/open.js';
import { RUN_SCHEMA } from '../run/record.js';
import type { SegmentPlan } from '../run/segment-plan.js';
import { segmentRecords, type SegmentRecord } from '../run/segment-record.js';
import type { Task } from '../task.js';
import { sampleSource, validationOf } from './segmentSource.js';

export interface SegmentTrainInputs extends Omit<SegmentPlan, 'settings'> {
  /** Project folder. */
  project: string;
  run: string;
  mode: RunMode;
  device?: Device;
}

export interface SegmentTrainResult {
  run: string;
  folder: string;
  images: number;
  /** How many of them have a mask made by hand. */
  corrected: number;
  iterations: number;
  loss: number | null;
  /** The best measuring; null where there was nothing to measure against. */
  best: SegmentTrainingResult['best'];
  peakMegabytes: number;
  /** Images that could not be used. */
  failures: readonly Failure[];
}

/** The backbone's first weights, checked against the net before anything is written. */
async function backboneWeights(file: string, settings: SegmentSettings, classCount: number): Promise<NamedArrays> {
  const { specs } = segmenterOf(settings, classCount);
  const expected = new Map([...specs].filter(([name]) => name.startsWith('backbone.')));
  return fitWeights(backboneOf(await readWeights(file)), shapesOf(expected), file);
}

/** An interrupted training says how to go on with it. */
function withWayOn(error: unknown, { project, run }: SegmentTrainInputs): unknown {
  if (!(error instanceof StudioError) || error.code !== 'interrupted') return error;
  const remedy = `Resume it to go on (comask segment train ${project} --run ${run} --resume).`;
  return new StudioError({ ...error.details, remedy }, { cause: error });
}

/** What a training is made from, for the record of the run and the lineage. */
function parentsOf({ masks, agreement }: SegmentTrainInputs): ArtifactRef[] {
  return [...(masks ? [masks] : []), ...(agreement === null ? [] : [{ kind: 'masks' as const, name: agreement }])];
}

interface Learnt {
  masks: LearntMask[];
  validation: Validation | null;
  backbone: NamedArrays | null;
}

async function trainInto(
  project: Project,
  files: RunFiles,
  { resume }: OpenRun,
  { masks, validation, backbone, ...inputs }: Omit<SegmentTrainInputs, 'masks'> & Learnt,
  settings: SegmentSettings,
  signal: AbortSignal,
  onProgress: Parameters<typeof segmentTrainTask.run>[3],
): Promise<SegmentTrainResult> {
  const log = openLog(files.log, resume?.logLines ?? 0);
  try {
    const { iterations, loss, best, failures } = await trainSegmenter(
      {
        tf: await loadTensorflow({ device: inputs.device }),
        classCount: project.config.classes.length,
        source: sampleSource(project, masks, settings, inputs.agreement),
        validation,
        backboneWeights: resume ? null : backbone,
        resume,
      },
      settings,
      {
        onProgress,
        onLog: (entry) => log.append({ ...entry, peakMegabytes: peakMegabytes() }),
        onBest: (weights, best) => writeBest(files, weights, best),
        onCheckpoint({ tensors, state }, iteration) {
          log.sync();
          writeLatest(files, { tensors, state, epoch: iteration, logLines: log.lines });
        },
      },
      signal,
    );
    const corrected = masks.filter((mask) => mask.corrected).length;
    const metrics = {
      iterations,
      images: masks.length,
      corrected,
      loss: loss ?? null,
      best,
      peakMegabytes: peakMegabytes(),
    };
    // A run that had ended before takes no step, and so has no new loss to note.
    if (loss !== undefined || !existsSync(files.metrics)) {
      writeFileAtomicSync(files.metrics, `${JSON.stringify(metrics, null, 2)}\n`);
    }
    return { run: inputs.run, folder: files.folder, ...metrics, failures };
  } finally {
    log.close();
  }
}

/**
 * Trains a segmenter on masks of a project into runs/<name>/: settings, log, a checkpoint now and then and on interrupt, and
 * the weights that were measured as best.
 */
export const segmentTrainTask: Task<SegmentTrainInputs, SegmentSettings, SegmentTrainResult> = {
  async run(inputs, settings, signal, onProgress) {
    const project = openProject(inputs.project);
    try {
      const { preset, weights, split, agreement, validate } = inputs;
      const { classes } = project.config;
      const masks = learntMasks(project, inputs, settings);
      if (agreement !== null) requireSet(project, 'masks', agreement);
      const validation = validationOf(project, validate, settings['validation.images']);
      const backbone = weights ? await backboneWeights(weights, settings, classes.length) : null;
      const corrected = masks.filter((mask) => mask.corrected).length;
      const record: SegmentRecord = {
        schema: RUN_SCHEMA,
        task: 'segment',
        origin: 'trained',
        preset,
        settings,
        weights,
        split,
        classes: [...classes],
        masks: inputs.masks,
        agreement,
        images: { count: masks.length, corrected, digest: await masksDigest(masks, signal) },
        validation: validation && { split: validate!, images: validation.ids.length },
      };
      const files = runFiles(project.paths.run(inputs.run));
      const open = openRun(files, record, inputs.mode, segmentRecords);
      try {
        project.store.recordArtifact({ kind: 'run', name: inputs.run, parents: parentsOf(inputs), settings });
        const learnt: Learnt = { masks, validation, backbone };
        return await trainInto(project, files, open, { ...inputs, ...learnt }, settings, signal, onProgress);
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
