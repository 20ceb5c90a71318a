/** Splits that exclude each other, in the order of reading. */
export const SPLITS: readonly string[] = ['train', 'val', 'test'];

/** The split that a file's name tells of: `oaa_train_cls.txt` is of train. */
export function splitInName(name: string): string | null {
  const words = name.toLowerCase().split(/[^a-z]+/);
  return [...SPLITS, 'trainval'].find((split) => words.includes(split)) ?? null;
}
