import type { JobKind, JobRequest } from '../../../../shared/api/job-requests.js';
import type { ArtifactRef } from '../../../../shared/project.js';
import type { JobPlan, JobRecord } from '../../project/job-store.js';
import type { Project } from '../../project/project.js';

/** Jobs of one lane wait for each other: `device` computes with all there is, `side` runs beside it. */
export type Lane = 'device' | 'side';
export const lanes: readonly Lane[] = ['device', 'side'];

/** What a queue has to know of a kind of job; the task of the worker thread has the same name. */
export interface Kind<Name extends JobKind = JobKind> {
  lane: Lane;
  /** Checks a request and puts in what it leaves to defaults. Throws `settings-invalid`, `usage` and the like. */
  plan(project: Project, request: JobRequest<Name>): JobPlan;
  /** The plan for a start that is not the first; without it, the same as for the first. */
  again?(project: Project, job: JobRecord): JobPlan;
  /** What it reads of what other jobs make: it waits for those before it in the queue. */
  needs?(request: JobRequest<Name>): ArtifactRef[];
  /** What it makes. */
  makes?(request: JobRequest<Name>): ArtifactRef[];
}

/** A plan with another input or two. */
export const withInputs = ({ inputs, settings }: JobPlan, changed: Record<string, unknown>): JobPlan => ({
  inputs: { ...inputs, ...changed },
  settings,
});
