/**
 * Everything that can go wrong and that a person can do something about. The window translates the code; the
 * terminal prints the message and the remedy.
 */
export const errorCodes = [
  'usage',
  'settings-invalid',
  'file-missing',
  'file-unreadable',
  'file-damaged',
  'file-too-large',
  'path-outside',
  'not-writable',
  'disk-full',
  'project-missing',
  'project-exists',
  'project-damaged',
  'project-newer',
  'dataset-empty',
  'dataset-unknown',
  'label-unknown',
  'label-missing',
  'id-duplicate',
  'id-unsafe',
  'size-mismatch',
  'weights-mismatch',
  'weights-damaged',
  'weights-missing',
  'runtime-missing',
  'runtime-unsupported',
  'tool-missing',
  'download-failed',
  'training-diverged',
  'training-stuck',
  'run-missing',
  'set-missing',
  'job-missing',
  'job-state',
  'access-denied',
  'busy',
  'changed-elsewhere',
  'interrupted',
  'engine-unreachable',
  'internal',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** What a failure says to a person: what happened, to which file, and what to do about it. */
export interface ErrorDetails {
  code: ErrorCode;
  message: string;
  /** File or folder the failure is about, as the person knows it. */
  file?: string;
  /** One sentence: what to do next. */
  remedy?: string;
  /** Of `changed-elsewhere`: version of what is there by now; left out where nothing is. */
  version?: string;
}

/** The one error class of the studio. Batches collect `details` beside their results instead of stopping. */
export class StudioError extends Error {
  readonly code: ErrorCode;
  readonly file?: string;
  readonly remedy?: string;
  readonly version?: string;

  constructor(details: ErrorDetails, options?: { cause?: unknown }) {
    super(details.message, options);
    this.name = 'StudioError';
    this.code = details.code;
    this.file = details.file;
    this.remedy = details.remedy;
    this.version = details.version;
  }

  get details(): ErrorDetails {
    const { code, message, file, remedy, version } = this;
    return { code, message, file, remedy, ...(version === undefined ? {} : { version }) };
  }
}

/**
 * A text for a person in front of a screen. What only the command line knows stands in brackets of its own there, after
 * the sentence that is true for both: `Replace them (--overwrite).`
 */
export const forScreens = (text: string): string => text.replace(/ \((?:--|(?:npx )?comask[ :])[^()]*\)/g, '');

/** Any thrown value as error details; system errors of the file system get the code and remedy a person needs. */
export function errorDetails(error: unknown): ErrorDetails {
  if (error instanceof StudioError) return error.details;
  const { message, code, path } = (error ?? {}) as { message?: string; code?: string; path?: string };
  const text = message ?? String(error);
  if (code === 'ENOSPC') {
    return { code: 'disk-full', message: text, file: path, remedy: 'Free some disk space and try again.' };
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return {
      code: 'not-writable',
      message: text,
      file: path,
      remedy: 'Check the permissions, or choose another folder.',
    };
  }
  if (code === 'ENOENT') {
    return { code: 'file-missing', message: text, file: path, remedy: 'Check the path.' };
  }
  return { code: 'internal', message: text, file: path };
}
