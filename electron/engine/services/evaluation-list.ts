import { statSync } from 'node:fs';
import type { EvaluationSummary } from '../../../shared/api/evaluations.js';
import { errorDetails } from '../../../shared/errors.js';
import { evaluationSchema } from '../../../shared/evaluation.js';
import type { Failure } from '../../../shared/types.js';
import { madeNames } from '../project/info.js';
import { readJsonFile } from '../project/files.js';
import type { Project } from '../project/project.js';

/** Main figures by path, with the time of the file that they are of: a list need not read every file each time. */
export class EvaluationList {
  readonly #known = new Map<string, { changedMs: number; summary: EvaluationSummary }>();

  /** The evaluations of a project, the latest first. A file that cannot be read is a failure. */
  read(project: Project): { evaluations: EvaluationSummary[]; failures: Failure[] } {
    const made = new Map(project.store.artifacts('evaluation').map(({ name, createdAt }) => [name, createdAt]));
    const evaluations: EvaluationSummary[] = [];
    const failures: Failure[] = [];
    for (const name of madeNames(project).evaluations) {
      const file = project.paths.evaluation(name);
      try {
        evaluations.push(this.#summaryOf(file, name, made.get(name)));
      } catch (error) {
        const { code, message } = errorDetails(error);
        failures.push({ file, code, reason: message, action: 'left out of the list' });
      }
    }
    return { evaluations: evaluations.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1)), failures };
  }

  #summaryOf(file: string, name: string, madeAt: string | undefined): EvaluationSummary {
    const { mtimeMs } = statSync(file);
    const known = this.#known.get(file);
    if (known?.changedMs === mtimeMs) return known.summary;
    const { kind, set, split, against, images, evaluated, mIoU, pixelAccuracy, boundaryIoU } = readJsonFile(file, evaluationSchema); // prettier-ignore
    const createdAt = madeAt ?? new Date(mtimeMs).toISOString();
    const summary = { name, kind, set, split, against, images, evaluated, mIoU, pixelAccuracy, boundaryIoU, createdAt };
    this.#known.set(file, { changedMs: mtimeMs, summary });
    return summary;
  }
}
