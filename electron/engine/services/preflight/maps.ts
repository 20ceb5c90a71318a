import { isDeepStrictEqual } from 'node:util';
import type { JobCheck } from '../../../../shared/api/job-checks.js';
import type { JobRequest } from '../../../../shared/api/job-requests.js';
import { StudioError } from '../../../../shared/errors.js';
import type { ArtifactRef } from '../../../../shared/project.js';
import type { LocalizeSettings } from '../../../../shared/settings/index.js';
import { existingRun } from '../../jobs/run/existing.js';
import { readRunRecord } from '../../jobs/run/record.js';
import { asTrained } from '../../jobs/tasks/trainedRun.js';
import type { JobPlan } from '../../project/job-store.js';
import type { Project } from '../../project/project.js';
import { imagesOf, pictureBytes } from './images.js';
import { checkDisk, checkRuntime } from './machine.js';
import { checkMade, isComing, problemOf } from './sets.js';

const FROM_ELSEWHERE = 'Train it first, or choose another.';

/** Throws `settings-invalid` where maps of that name were begun by another run or with other settings. */
function refuseOtherMaps(project: Project, { run, maps }: JobRequest<'localize'>, asked: LocalizeSettings): void {
  const before = project.store.artifact('maps', maps)?.settings;
  if (!before || isComing(project, { kind: 'run', name: run })) return;
  const settings = asTrained(asked, readRunRecord(existingRun(project.paths, run, FROM_ELSEWHERE)));
  const now: Record<string, unknown> = { ...settings, run };
  const other = Object.keys(now).filter((key) => !isDeepStrictEqual(now[key], before[key]));
  if (other.length === 0) return;
  throw new StudioError({
    code: 'settings-invalid',
    message: `the maps "${maps}" were begun with other values of: ${other.join(', ')}`,
    file: project.paths.maps(maps),
    remedy: 'Choose another name, or replace the maps.',
  });
}

/** What localization maps would meet. */
export async function checkMaps(
  project: Project,
  request: JobRequest<'localize'>,
  { settings }: JobPlan,
): Promise<JobCheck[]> {
  // prettier-ignore
  const refuse = (): void => refuseOtherMaps(project, request, settings as unknown as LocalizeSettings);
  const run: ArtifactRef = { kind: 'run', name: request.run };
  const missing = problemOf('run', () => existingRun(project.paths, request.run, FROM_ELSEWHERE));
  const set = { kind: 'maps', name: request.maps } as const;
  return [
    checkRuntime(request.device),
    isComing(project, run) ? { name: 'run', level: 'fine', queued: true } : (missing ?? { name: 'run', level: 'fine' }),
    ...(missing ? [] : await checkMade(project, set, imagesOf(request), { overwrite: request.overwrite, refuse })),
    ...(await checkDisk(project.root, await pictureBytes(project, request, true))),
  ];
}
