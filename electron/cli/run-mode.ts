import { StudioError } from '../../shared/errors.js';

/** What to do about a run that is there already, by --resume and --overwrite. Throws `usage` for both. */
export function modeOf({
  resume,
  overwrite,
}: {
  resume?: boolean;
  overwrite?: boolean;
}): 'new' | 'resume' | 'overwrite' {
  if (resume && overwrite) {
    throw new StudioError({
      code: 'usage',
      message: '--resume and --overwrite exclude each other',
      remedy: 'Use --resume to go on with a run, --overwrite to start it anew.',
    });
  }
  return resume ? 'resume' : overwrite ? 'overwrite' : 'new';
}
