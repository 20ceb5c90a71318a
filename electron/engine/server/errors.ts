import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { errorDetails, type ErrorCode, type ErrorDetails } from '../../../shared/errors.js';

/** The status that goes with each code; the code says more. */
const statuses: Readonly<Record<ErrorCode, ContentfulStatusCode>> = {
  usage: 400,
  'settings-invalid': 400,
  'path-outside': 400,
  'id-unsafe': 400,
  'access-denied': 403,
  'file-missing': 404,
  'project-missing': 404,
  'run-missing': 404,
  'set-missing': 404,
  'weights-missing': 404,
  'job-missing': 404,
  'project-exists': 409,
  'job-state': 409,
  // A newer question took this one's place, or what computed it was closed: nothing is wrong with the service.
  interrupted: 409,
  busy: 409,
  'changed-elsewhere': 409,
  'id-duplicate': 409,
  'file-too-large': 413,
  'file-unreadable': 422,
  'file-damaged': 422,
  'project-damaged': 422,
  'project-newer': 422,
  'dataset-empty': 422,
  'dataset-unknown': 422,
  'label-unknown': 422,
  'label-missing': 422,
  'size-mismatch': 422,
  'weights-mismatch': 422,
  'weights-damaged': 422,
  'training-diverged': 422,
  'training-stuck': 422,
  'runtime-missing': 503,
  'runtime-unsupported': 503,
  'tool-missing': 503,
  'download-failed': 503,
  'engine-unreachable': 503,
  internal: 500,
  'not-writable': 507,
  'disk-full': 507,
};

/** Any thrown value as the body and status of an answer. */
export function errorAnswer(error: unknown): { body: ErrorDetails; status: ContentfulStatusCode } {
  const { code, message, remedy, file, version } = errorDetails(error);
  return { body: { code, message, remedy, file, version }, status: statuses[code] };
}
