import { join } from 'node:path';
import { evaluationSchema } from '../../../shared/evaluation.js';
import type { OnProgress } from '../../../shared/progress.js';
import { readJsonFile, writeFileAtomic } from '../project/files.js';
import type { Project } from '../project/project.js';
import { evaluationTables } from './evaluation-csv.js';
import { requestOf } from './evaluation-image.js';
import { evaluationReport } from './evaluation-report.js';

export interface EvaluationExportRequest {
  /** Name of the evaluation. */
  evaluation: string;
  /** Images in the report, worst first. */
  images: number;
}

export interface EvaluationExport {
  /** Absolute. */
  folder: string;
  /** Names of what was written into it. */
  files: string[];
  /** The page with pictures; absolute. */
  report: string;
}

/**
 * Writes an evaluation for people and other programs: a report with pictures in one page, and tables, into the project's
 * evaluations/<name>/ in the place of earlier ones.
 * Throws `file-missing`, `file-damaged`, `not-writable`, `disk-full`, `interrupted`.
 */
export async function exportEvaluation(
  project: Project,
  { evaluation: name, images }: EvaluationExportRequest,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<EvaluationExport> {
  const evaluation = readJsonFile(project.paths.evaluation(name), evaluationSchema);
  const folder = project.paths.evaluationReport(name);
  const page = await evaluationReport(project, requestOf(project, evaluation), evaluation, { images, onProgress, signal }); // prettier-ignore
  const files = { 'report.html': page, ...evaluationTables(evaluation) };
  for (const [file, text] of Object.entries(files)) await writeFileAtomic(join(folder, file), text);
  return { folder, files: Object.keys(files), report: join(folder, 'report.html') };
}
