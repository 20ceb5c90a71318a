import path from 'node:path';
import { StudioError } from '../../../../shared/errors.js';
import { trainSettings } from '../../../../shared/settings/index.js';
import { classifierParameters } from '../../learn/nets/classifier.js';
import { shapesOf } from '../../learn/nets/parameters.js';
import { fitWeights } from '../../learn/weights/fit.js';
import { referenceCheckpoint } from '../../learn/weights/mappings/index.js';
import { readWeights } from '../../learn/weights/readers.js';
import type { NamedArrays } from '../../learn/weights/tensors.js';
import type { Project } from '../../project/project.js';
import { writeLatest } from './checkpoints.js';
import { runFiles } from './files.js';
import { openRun } from './open.js';
import { RUN_SCHEMA, classifierRecords, imagesDigest } from './record.js';

/** The published net has one affinity matrix; the rest is the preset's. */
const importedSettings = trainSettings.resolve({ backbone: 'vgg16', 'head.matrices': 'one' }, 'reference');

function mapped(given: NamedArrays, file: string): NamedArrays {
  if (referenceCheckpoint.recognises(given)) return referenceCheckpoint.map(given);
  throw new StudioError({
    code: 'weights-mismatch',
    message: `this is no checkpoint of the reference implementation (no extra_linear_e.weight among ${given.size} names)`,
    file,
    remedy: "Choose such a checkpoint; a training begins with a backbone's weights (comask train --weights).",
  });
}

/**
 * Makes a run of a checkpoint of the reference implementation, to localize with; classes must be the project's, in its
 * order. Throws `weights-mismatch`, `weights-damaged`, `usage` where the run is there already.
 */
export async function importRun(
  project: Project,
  file: string,
  run: string,
  { overwrite = false } = {},
): Promise<{ run: string; folder: string; weights: number }> {
  const { classes } = project.config;
  const expected = shapesOf(classifierParameters(importedSettings, classes.length));
  const tensors = fitWeights(mapped(await readWeights(file), file), expected, file);
  const files = runFiles(project.paths.run(run));
  const mode = overwrite ? 'overwrite' : 'new';
  const { release } = openRun(
    files,
    {
      schema: RUN_SCHEMA,
      origin: 'imported',
      preset: 'reference',
      settings: importedSettings,
      weights: path.resolve(file),
      split: null,
      classes: [...classes],
      images: imagesDigest([]),
    },
    mode,
    classifierRecords,
  );
  try {
    writeLatest(files, { tensors, state: {}, epoch: 0, logLines: 0 });
    project.store.recordArtifact({ kind: 'run', name: run, parents: [], settings: { ...importedSettings } });
  } finally {
    release();
  }
  return { run, folder: files.folder, weights: tensors.size };
}
