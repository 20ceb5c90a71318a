import { StudioError } from '../../../../shared/errors.js';

/** Signal of the computation in hand: a thread computes one thing at a time. */
let current: AbortSignal | null = null;
let takeIn = (): void => undefined;

/** Sets what brings signals up to date: a thread that computes takes in no message by itself. */
export function beforeAsking(take: () => void): void {
  takeIn = take;
}

/**
 * Runs `work`, whose convolutions look at `signal`: on a processor one step can take ten seconds, and a person who stops a
 * job should not wait for it.
 * @throws StudioError `interrupted` after an abort; the tensors of `work` are disposed where it holds them in tf.tidy
 */
export function interruptible<T>(signal: AbortSignal, work: () => T): T {
  const before = current;
  current = signal;
  try {
    return work();
  } finally {
    current = before;
  }
}

/** Ends the computation in hand where it is to end. Asked before every heavy operation. */
export function endIfAborted(): void {
  if (!current) return;
  takeIn();
  if (current.aborted) throw new StudioError({ code: 'interrupted', message: 'stopped in the middle of a step' });
}
