import { statSync } from 'node:fs';
import { evaluationSchema, type Evaluation } from '../../../shared/evaluation.js';
import { readJsonFile } from '../project/files.js';

/** Evaluations kept: the one that is shown, its baseline, and the one before. One of 100,000 images takes some 100 MB. */
const KEPT = 3;

/** Evaluations read lately, so that pages of their images need not read the file again. A file that has changed is read anew. */
export class EvaluationCache {
  readonly #kept = new Map<string, { version: string; evaluation: Evaluation }>();

  /** Throws `file-missing`, `file-damaged`. */
  get(file: string): Evaluation {
    const found = statSync(file, { throwIfNoEntry: false });
    const version = found ? `${found.mtimeMs}-${found.size}` : '';
    const kept = this.#kept.get(file);
    const evaluation = kept?.version === version ? kept.evaluation : readJsonFile(file, evaluationSchema);
    this.#kept.delete(file);
    this.#kept.set(file, { version, evaluation });
    for (const oldest of [...this.#kept.keys()].slice(0, -KEPT)) this.#kept.delete(oldest);
    return evaluation;
  }
}
