import type { FormatOptions } from './format.js';

/**
 * What is costly to find out about a dataset, found out once for all that an import asks: the options of an import are
 * one object throughout. What was found goes with them.
 */
export function oncePerImport<Result>(
  find: (root: string, options: FormatOptions) => Promise<Result>,
): (root: string, options: FormatOptions) => Promise<Result> {
  const known = new WeakMap<FormatOptions, Map<string, Promise<Result>>>();
  return (root, options) => {
    const byRoot = known.get(options) ?? new Map<string, Promise<Result>>();
    known.set(options, byRoot);
    const found = byRoot.get(root) ?? find(root, options);
    byRoot.set(root, found);
    return found;
  };
}
