import { errorDetails } from '../../../shared/errors.js';
import { originsOf, type Origins } from '../../../shared/lineage.js';
import type { ArtifactRef } from '../../../shared/project.js';
import { runFiles } from '../jobs/run/files.js';
import { readSegmentRecord, type SegmentRecord } from '../jobs/run/segment-record.js';
import type { Project } from '../project/project.js';

/** What a set of a project was made from, as the project's index knows: see originsOf. */
export const originsIn = ({ store }: Project, set: ArtifactRef): Origins =>
  originsOf(set, ({ kind, name }) => store.artifact(kind, name)?.parents ?? []);

/** The segmenter behind a set, as far as it can be read; null where there is none. */
export function segmenterBehind(project: Project, set: ArtifactRef): { run: string; record: SegmentRecord } | null {
  const { run } = originsIn(project, set);
  if (run === undefined) return null;
  try {
    return { run, record: readSegmentRecord(runFiles(project.paths.run(run))) };
  } catch (error) {
    // The run of a classifier, or one that was removed since.
    if (['run-missing', 'file-missing'].includes(errorDetails(error).code)) return null;
    throw error;
  }
}
