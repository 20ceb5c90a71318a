import { isDeepStrictEqual } from 'node:util';
import type { JobCheck } from '../../../../shared/api/job-checks.js';
import type { JobRequest } from '../../../../shared/api/job-requests.js';
import { isPending } from '../../../../shared/api/job-states.js';
import { StudioError } from '../../../../shared/errors.js';
import { kindOf } from '../../jobs/queue/kinds/index.js';
import type { Project } from '../../project/project.js';
import { shownError } from './sets.js';

/** In what jobs may differ that make parts of one set. */
const parts = ['split', 'domain', 'overwrite', 'device'];
const essence = (request: object): object =>
  Object.fromEntries(Object.entries(request).filter(([key]) => !parts.includes(key)));

/**
 * Whether a job that waits or works makes a set of the same name otherwise: from something else, or with other settings. A
 * run is made by one job only; an evaluation may be made again.
 */
export function checkClash({ store, paths }: Project, request: JobRequest): JobCheck[] {
  const made = (kindOf(request.kind).makes?.(request) ?? []).filter(({ kind }) => kind !== 'evaluation');
  const others = store.jobs.list().filter(({ state, kind }) => isPending(state) && kind !== 'remask');
  for (const { kind, name } of made) {
    const other = others.find((job) => {
      const same = (kindOf(job.kind).makes?.(job.request) ?? []).some((one) => one.kind === kind && one.name === name);
      return same && (kind === 'run' || !isDeepStrictEqual(essence(job.request), essence(request)));
    });
    if (!other) continue;
    const error = new StudioError({
      code: 'usage',
      message: `job ${other.id} in the queue makes the ${kind} "${name}" otherwise`,
      file: paths[kind](name),
      remedy: 'Choose another name, or cancel that job.',
    });
    return [{ name: 'made', level: 'problem', error: shownError(error) }];
  }
  return [];
}
