import { StudioError, errorDetails } from '../../../shared/errors.js';

/** `file-damaged` for a file that is there but cannot be read as the image it should be. */
export function damagedImage(file: string, why: string, remedy?: string): StudioError {
  return new StudioError({
    code: 'file-damaged',
    message: `cannot read the image: ${why}`,
    file,
    remedy: remedy ?? 'Replace the file, or take it out of the dataset.',
  });
}

/** What reading an image file failed with, as a StudioError: `file-missing`, `file-unreadable` or `file-damaged`. */
export function imageError(error: unknown, file: string): StudioError {
  if (error instanceof StudioError) return error;
  const { code } = (error ?? {}) as { code?: string };
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new StudioError(
      { code: 'file-missing', message: 'there is no such image', file, remedy: 'Check the path.' },
      { cause: error },
    );
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EISDIR' || code === 'EIO') {
    return new StudioError(
      { code: 'file-unreadable', message: errorDetails(error).message, file, remedy: 'Check the permissions.' },
      { cause: error },
    );
  }
  // Decoders put the same first line before every reason.
  return damagedImage(file, errorDetails(error).message.split('\n')[0]);
}
