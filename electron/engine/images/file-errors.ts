import { StudioError, errorDetails } from '../../../shared/errors.js';
import { MAX_PIXELS } from '../../../shared/max-pixels.js';

/** `file-damaged` for a file that is there but cannot be read as the image it should be. */
export function damagedImage(file: string, why: string, remedy?: string): StudioError {
  return new StudioError({
    code: 'file-damaged',
    message: `cannot read the image: ${why}`,
    file,
    remedy: remedy ?? 'Replace the file, or take it out of the dataset.',
  });
}

/** `file-too-large` for a picture of more than MAX_PIXELS, or of more than a file of its size can hold. */
export const tooLarge = (file: string, options?: { cause: unknown }): StudioError =>
  new StudioError(
    {
      code: 'file-too-large',
      message: `the image has more than ${Math.floor(MAX_PIXELS / 1e6)} million pixels, or more than its file can hold`,
      file,
      remedy: 'Make it smaller, or take it out of the dataset.',
    },
    options,
  );

/** What reading an image file failed with: `file-missing`, `file-unreadable`, `file-too-large` or `file-damaged`. */
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
  const [why] = errorDetails(error).message.split('\n');
  if (!why.includes('exceeds pixel limit')) return damagedImage(file, why);
  return tooLarge(file, { cause: error });
}
