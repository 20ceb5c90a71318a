import { StudioError } from '../../../../shared/errors.js';

/** The error of a weight file that is not what its kind says. */
export interface Damage {
  /** `a .safetensors file`, as in "not a whole ...". */
  kind: string;
  why: string;
  /** The file as the person knows it. */
  file?: string;
  /** What to do; to get the file again unless given. */
  remedy?: string;
  cause?: unknown;
}

/** A `weights-damaged` error that says what is wrong with which file. */
export function weightsDamaged({ kind, why, file, remedy, cause }: Damage): StudioError {
  const message = `not a whole ${kind}: ${why}`;
  return new StudioError(
    { code: 'weights-damaged', message, file, remedy: remedy ?? 'Fetch or export the file again.' },
    { cause },
  );
}

/** A kind of file bound to one file of it: throws nothing itself, makes the error to throw. */
export type Refuse = (why: string, cause?: unknown) => StudioError;

export const refusalOf =
  (kind: string, file?: string): Refuse =>
  (why, cause) =>
    weightsDamaged({ kind, why, file, cause });
