import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { z } from 'zod';
import { StudioError } from '../../../shared/errors.js';
import { existingRun } from '../jobs/run/existing.js';
import { keptEpochs, runFiles } from '../jobs/run/files.js';
import { readRunRecord, taskOf, type RunRecord } from '../jobs/run/record.js';
import { readSegmentRecord } from '../jobs/run/segment-record.js';
import { readJsonFile } from '../project/files.js';
import { madeNames } from '../project/info.js';
import type { Project } from '../project/project.js';
import { lossCurve, type LossCurve } from './loss-curve.js';

/** A training as it stands in its folder. */
export interface RunSummary extends Pick<RunRecord, 'origin' | 'preset' | 'weights' | 'split'> {
  name: string;
  /** Whether it is the run of a classifier or of a segmenter. */
  task: ReturnType<typeof taskOf>;
  settings: Record<string, unknown>;
  images: number;
  /** Epochs whose weights are kept. */
  epochs: number[];
  /** What it ended with; null before. */
  metrics: Record<string, unknown> | null;
}

/** Bytes of a log that are read at a time. */
const LOG_BYTES = 2 ** 20;
/** What to do where a run is not there. */
const ELSEWHERE = 'Train it first, or choose another.';
const metricsSchema = z.record(z.string(), z.unknown());

/** One training. Throws `run-missing`, and what its record cannot be read for. */
export function runSummary({ paths }: Project, name: string): RunSummary {
  const files = existingRun(paths, name, ELSEWHERE);
  const task = taskOf(files);
  const record = task === 'segment' ? readSegmentRecord(files) : readRunRecord(files);
  const { origin, preset, settings, weights, split, images } = record;
  const metrics = existsSync(files.metrics) ? readJsonFile(files.metrics, metricsSchema) : null;
  return {
    name,
    task,
    origin,
    preset,
    settings,
    weights,
    split,
    images: images.count,
    epochs: keptEpochs(files),
    metrics,
  };
}

/** Every training whose record can be read, ordered by name. */
export function runSummaries(project: Project): RunSummary[] {
  return madeNames(project).runs.flatMap((name) => {
    try {
      return [runSummary(project, name)];
    } catch (error) {
      // A folder that holds no run of this version is none; asked for by its name it says why.
      if (error instanceof StudioError) return [];
      throw error;
    }
  });
}

/** A training with the course of its loss. */
export type ShownRun = RunSummary & { createdAt: string | null; loss: LossCurve | null };

/** A summary with when the run was begun and how its loss went. */
export async function withCourse({ store, paths }: Project, summary: RunSummary): Promise<ShownRun> {
  const createdAt = store.artifact('run', summary.name)?.createdAt ?? null;
  return { ...summary, createdAt, loss: await lossCurve(runFiles(paths.run(summary.name))) };
}

export interface LogPart {
  lines: Record<string, unknown>[];
  /** Byte to ask from later. */
  next: number;
  /** Whether that was the end, for now. */
  end: boolean;
}

/**
 * Whole lines of a run's log from a byte on, a megabyte at most. A training that goes on from a checkpoint drops the lines
 * of steps that it does again; a place beyond the end begins anew at 0. Lines that are no JSON are left out.
 * Throws `run-missing`.
 */
export function runLog(project: Project, name: string, from: number): LogPart {
  const { log } = existingRun(project.paths, name, ELSEWHERE);
  if (!existsSync(log)) return { lines: [], next: 0, end: true };
  const file = openSync(log, 'r');
  try {
    const { size } = fstatSync(file);
    const start = from > size ? 0 : from;
    const bytes = Buffer.alloc(Math.min(LOG_BYTES, size - start));
    const read = readSync(file, bytes, 0, bytes.length, start);
    const whole = bytes.subarray(0, bytes.subarray(0, read).lastIndexOf('\n') + 1);
    const lines = whole.toString('utf8').split('\n').filter(Boolean).flatMap(parsedLine);
    return { lines, next: start + whole.length, end: start + read >= size };
  } finally {
    closeSync(file);
  }
}

function parsedLine(text: string): Record<string, unknown>[] {
  try {
    return [JSON.parse(text) as Record<string, unknown>];
  } catch {
    return [];
  }
}
