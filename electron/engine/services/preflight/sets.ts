import { existsSync } from 'node:fs';
import { isPending } from '../../../../shared/api/job-states.js';
import type { JobCheck } from '../../../../shared/api/job-checks.js';
import { errorDetails, type StudioError } from '../../../../shared/errors.js';
import type { ArtifactRef, ImageFilter, ImageRecord } from '../../../../shared/project.js';
import { kindOf } from '../../jobs/queue/kinds/index.js';
import type { Project } from '../../project/project.js';
import { maskPath, requireSet, type SetKind } from '../sets.js';
import { countLacking } from './images.js';

/** What goes wrong in `work` as a problem of this name; null where nothing does. */
export function problemOf(name: JobCheck['name'], work: () => unknown): JobCheck | null {
  try {
    work();
    return null;
  } catch (error) {
    return { name, level: 'problem', error: shownError(error) };
  }
}

/** An error as an answer has it. */
export function shownError(error: unknown): Pick<StudioError, 'code' | 'message' | 'remedy' | 'file'> {
  const { code, message, remedy, file } = errorDetails(error);
  return { code, message, remedy, file };
}

/** Whether a job that waits or works makes this. */
export const isComing = ({ store }: Project, { kind, name }: ArtifactRef): boolean =>
  store.jobs
    .list()
    .filter(({ state }) => isPending(state))
    .flatMap(({ kind: own, request }) => kindOf(own).makes?.(request) ?? [])
    .some((made) => made.kind === kind && made.name === name);

/** Whether an image has its file, or its file of each labelled class, in a set. */
export function hasFile(project: Project, { kind, name }: ArtifactRef): (image: ImageRecord) => boolean {
  const { paths } = project;
  if (kind === 'maps') return ({ id, classes }) => classes.every((index) => existsSync(paths.map(name, id, index)));
  if (kind === 'saliency') return ({ id }) => existsSync(paths.saliencyMap(name, id));
  return ({ id }) => existsSync(maskPath(project, name, id, kind === 'predictions' ? kind : 'masks'));
}

/** Whether a set that a job reads is there, and how many of its images have no file in it. */
export async function checkNeeded(
  project: Project,
  set: ArtifactRef & { kind: SetKind },
  filter: ImageFilter,
): Promise<JobCheck> {
  if (isComing(project, set)) return { name: set.kind, level: 'fine', queued: true };
  const missing = problemOf(set.kind, () => requireSet(project, set.kind, set.name));
  if (missing) return missing;
  const { count, total } = await countLacking(project, filter, hasFile(project, set));
  const level = count === 0 ? 'fine' : count === total ? 'problem' : 'warning';
  return { name: set.kind, level, count, total };
}

/**
 * What is there of the set that a job makes: how many images have their files already.
 *
 * @param refuse throws where it was made otherwise
 */
export async function checkMade(
  project: Project,
  set: ArtifactRef & { kind: SetKind },
  filter: ImageFilter,
  { overwrite, refuse }: { overwrite: boolean; refuse(): void },
): Promise<JobCheck[]> {
  const there = existsSync(project.paths[set.kind](set.name));
  if (!there) return [];
  const otherwise = overwrite ? null : problemOf('made', refuse);
  if (otherwise) return [otherwise];
  const { count, total } = await countLacking(project, filter, hasFile(project, set));
  const kept = total - count;
  if (kept === 0) return [];
  return [{ name: 'made', level: kept === total || overwrite ? 'warning' : 'fine', count: kept, total }];
}
