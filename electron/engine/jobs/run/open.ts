import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { StudioError } from '../../../../shared/errors.js';
import { TEMPORARY, writeError, writeFileAtomicSync } from '../../project/files.js';
import { readLatest, type StoredCheckpoint } from './checkpoints.js';
import type { RunFiles } from './files.js';
import { takeLock } from './lock.js';
import { assertSame, type RecordKind } from './record.js';

/** What to do about a run of that name that is there already. */
export type RunMode = 'new' | 'resume' | 'overwrite';

/** A run's folder, locked for this process. */
export interface OpenRun {
  /** Checkpoint to go on from; null at the start. */
  resume: StoredCheckpoint | null;
  /** Gives the lock back. */
  release(): void;
}

function refuseExisting(files: RunFiles): never {
  throw new StudioError({
    code: 'usage',
    message: `there is a run called "${path.basename(files.folder)}" already`,
    file: files.folder,
    remedy: 'Go on with it (--resume), start it anew (--overwrite), or choose another name (--run).',
  });
}

function refuseImported(files: RunFiles): never {
  throw new StudioError({
    code: 'usage',
    message: `the run "${path.basename(files.folder)}" was imported: there is no training to go on with`,
    file: files.folder,
    remedy: 'Train under another name (--run).',
  });
}

/** Removes what an earlier training under this name left, and nothing that is not a training's. */
function clear({ settings, checkpoints, previews, log, metrics }: RunFiles): void {
  for (const entry of [settings, checkpoints, previews, log, metrics]) {
    try {
      rmSync(entry, { recursive: true, force: true });
    } catch (error) {
      throw writeError(error, entry);
    }
  }
}

/** Whether there is anything to lose: a training that failed before its first step left only its settings. */
export function hasBegun({ latest, log }: RunFiles): boolean {
  return existsSync(latest) || (existsSync(log) && statSync(log).size > 0);
}

/** Removes files that a killed process was writing; this process holds the lock, so nobody else is. */
function removeUnfinished({ folder, checkpoints }: RunFiles): void {
  for (const place of [folder, checkpoints]) {
    if (!existsSync(place)) continue;
    const unfinished = readdirSync(place).filter((name) => name.endsWith(TEMPORARY));
    for (const name of unfinished) rmSync(path.join(place, name), { force: true });
  }
}

/**
 * Makes the folder of a new run, or takes up one that is there. Throws `usage` for a run that is there under mode
 * `new`, `settings-invalid` for one that was started otherwise, `busy`, `not-writable`, `disk-full`.
 */
export function openRun<Record extends { origin: 'trained' | 'imported' }>(
  files: RunFiles,
  record: Record,
  mode: RunMode,
  kind: RecordKind<Record>,
): OpenRun {
  try {
    mkdirSync(files.folder, { recursive: true });
  } catch (error) {
    throw writeError(error, files.folder);
  }
  const release = takeLock(files.lock);
  try {
    removeUnfinished(files);
    const exists = existsSync(files.settings) && hasBegun(files);
    if (exists && mode === 'new') refuseExisting(files);
    if (exists && mode === 'resume') {
      const started = kind.read(files);
      if (started.origin === 'imported') refuseImported(files);
      assertSame(kind.differences(started, record), files);
      const resume = readLatest(files);
      if (resume) return { resume, release };
    }
    clear(files);
    writeFileAtomicSync(files.settings, `${JSON.stringify(record, null, 2)}\n`);
    return { resume: null, release };
  } catch (error) {
    release();
    throw error;
  }
}
