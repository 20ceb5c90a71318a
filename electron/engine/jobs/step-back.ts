import { constants, setPriority } from 'node:os';

/**
 * Lets other threads come first on the processor. On Linux a priority is that of one thread, and threads that it starts, such
 * as TensorFlow's, have it as well; elsewhere it would be that of the whole process, so nothing is done.
 */
export function stepBack(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Where it is not allowed all come in turn, as ever.
  }
}
