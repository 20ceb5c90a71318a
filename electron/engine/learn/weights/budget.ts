import type { Refuse } from './damaged.js';

/** Small files may hold this many numbers whatever their size, in float32 4 MB: compressed zeros take next to nothing. */
const FREE_NUMBERS = 2 ** 20;

/**
 * How many numbers a file may unfold to: one a byte of it, so that it takes at most four times its size in memory. Honest
 * weights take a byte or more each; shapes without data, views of one number and compressed zeros can claim any size.
 */
export const mostNumbers = (fileBytes: number): number => Math.max(fileBytes, FREE_NUMBERS);

/** A function that counts what each tensor takes of a file's numbers, and throws `refuse`'s error where it is too much. */
export function numberBudget(fileBytes: number, refuse: Refuse): (name: string, numbers: number) => void {
  let used = 0;
  return (name, numbers) => {
    used += numbers;
    if (!(used <= mostNumbers(fileBytes))) throw refuse(`"${name}" unfolds to more numbers than its file can hold`);
  };
}
