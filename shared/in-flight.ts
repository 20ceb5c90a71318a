/**
 * Runs `task` on every item, at most `limit` at a time, in the order of the items. Items are drawn as they are needed,
 * so a list of a million costs nothing. After the first error, or once `signal` is aborted, no further item starts;
 * those under way end first. Rejects with that first error; an abort alone resolves, so look at the signal afterwards.
 */
export async function forEachInFlight<Item>(
  items: Iterable<Item>,
  limit: number,
  task: (item: Item) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  const errors: unknown[] = [];
  const lane = async (): Promise<void> => {
    while (errors.length === 0 && !signal?.aborted) {
      try {
        const { done, value } = iterator.next();
        if (done) return;
        await task(value);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, limit) }, lane));
  iterator.return?.();
  if (errors.length > 0) throw errors[0];
}

/** A line in which pieces of work wait for those before them, for work that would take too much memory side by side. */
export function oneAtATime(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}
