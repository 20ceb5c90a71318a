import type { z } from 'zod';
import { api } from '../../shared/api/index.js';
import type { failureSchema } from '../../shared/api/common.js';
import { engine } from '../api/engine.js';

/** Something that an import could not use. */
export type Failure = z.infer<typeof failureSchema>;

/** Problems that are asked for at a time, and at most: as many as a page can search while one types. */
const PART = 5000;
const MOST = 20_000;

/** The problems of a project's imports, as many as are kept in the page, and how many there are. */
export async function projectFailures(project: string): Promise<{ failures: Failure[]; total: number }> {
  const failures: Failure[] = [];
  for (;;) {
    const query = { offset: failures.length, limit: PART };
    const part = await engine.call(api.projects.failures, { params: { project }, query });
    failures.push(...part.failures);
    if (part.failures.length === 0 || failures.length >= Math.min(part.total, MOST))
      return { failures, total: part.total };
  }
}

/** Those whose file, reason or action holds the text, in any case. */
export function matching(failures: readonly Failure[], text: string): readonly Failure[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return failures;
  return failures.filter(({ file, reason, action }) =>
    [file, reason, action].some((part) => part.toLowerCase().includes(wanted)),
  );
}
