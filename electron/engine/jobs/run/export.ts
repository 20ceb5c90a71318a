import { existsSync } from 'node:fs';
import path from 'node:path';
import { StudioError } from '../../../../shared/errors.js';
import { classifierModel, segmenterModel } from '../../learn/onnx/models.js';
import { backboneAlone, pytorchNames } from '../../learn/weights/pytorchNames.js';
import { encodeSafetensors } from '../../learn/weights/safetensors.js';
import type { NamedArrays } from '../../learn/weights/tensors.js';
import { writeFileAtomic } from '../../project/files.js';
import type { Project } from '../../project/project.js';
import { readTrainedRun } from '../tasks/trainedRun.js';
import { readTrainedSegmenter, type WhichWeights } from '../tasks/trainedSegmenter.js';
import { runFiles } from './files.js';
import { taskOf } from './record.js';

/** How weights are named and laid out: as a PyTorch module has them, or as our own files do. */
export const namings = ['pytorch', 'own'] as const;

export interface RunExport {
  run: string;
  /** File to write: its ending, .onnx or .safetensors, says what. */
  to: string;
  /** Of a classifier: weights after this many epochs; null for the run's own choice. */
  epoch: number | null;
  /** Of a segmenter: which weights. */
  which?: WhichWeights;
  /** Only the backbone, under the names that it has alone. */
  backbone: boolean;
  naming: (typeof namings)[number];
}

interface Net {
  weights: NamedArrays;
  model(): Uint8Array;
}

function netOf(project: Project, { run, epoch, which }: RunExport): Net {
  const { classes } = project.config;
  const files = runFiles(project.paths.run(run));
  if (existsSync(files.settings) && taskOf(files) === 'segment') {
    const { record, weights } = readTrainedSegmenter(project, run, which);
    const note = { labels: ['background', ...classes], size: record.settings.cropSize };
    return { weights, model: () => segmenterModel(weights, record.settings, note) };
  }
  const { record, weights } = readTrainedRun(project, run, epoch);
  const note = { labels: classes, size: record.settings.inputSize };
  return { weights, model: () => classifierModel(weights, record.settings, note) };
}

const usage = (message: string, remedy: string): StudioError => new StudioError({ code: 'usage', message, remedy });

/**
 * Writes the net of a run for other programs: an ONNX model, or its weights as safetensors. Throws `usage` for another
 * ending, `run-missing`, `weights-mismatch`, `not-writable`, `disk-full`.
 */
export async function exportRun(project: Project, request: RunExport): Promise<{ to: string; tensors: number }> {
  const { backbone, naming } = request;
  const to = path.resolve(request.to);
  const ending = path.extname(to).toLowerCase();
  if (ending !== '.onnx' && ending !== '.safetensors') {
    throw usage(`${request.to} says not what to write`, 'Give the file a name that ends with .onnx or .safetensors.');
  }
  if (ending === '.onnx' && backbone) {
    throw usage('an ONNX model is of the whole net', 'Leave --backbone out, or write a .safetensors file.');
  }
  const { weights, model } = netOf(project, request);
  if (ending === '.onnx') {
    await writeFileAtomic(to, model());
    return { to, tensors: weights.size };
  }
  const named = naming === 'pytorch' ? pytorchNames(weights) : weights;
  const written = backbone ? backboneAlone(named) : named;
  await writeFileAtomic(to, encodeSafetensors(written));
  return { to, tensors: written.size };
}
