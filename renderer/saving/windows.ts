/** Pages of the studio that one browser has open at a time. */
export interface Windows {
  /** Name of this one. It keeps it when it is loaded anew. */
  own(): Promise<string>;
  /** Names of those that are open, this one among them. */
  open(): Promise<ReadonlySet<string>>;
}

const NAME = 'comask-window';

/** Holds the lock of a name for as long as the page lives. Returns false where another page holds it. */
const hold = (name: string): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const keep = (lock: Lock | null): Promise<never> | undefined => {
      resolve(lock !== null);
      return lock ? new Promise<never>(() => {}) : undefined;
    };
    navigator.locks.request(`${NAME}\n${name}`, { ifAvailable: true }, keep).catch(reject);
  });

/** Windows as the browser's locks tell of them: the lock of a page goes with it, however it ends. */
export function browserWindows(): Windows {
  let named: Promise<string> | null = null;
  async function name(): Promise<string> {
    const before = sessionStorage.getItem(NAME);
    // A page that was duplicated finds the name of the one that it was made from, which holds it.
    if (before !== null && (await hold(before))) return before;
    const made = crypto.randomUUID();
    await hold(made);
    sessionStorage.setItem(NAME, made);
    return made;
  }
  const own = (): Promise<string> => (named ??= name());
  return {
    own,
    open: async () => {
      const { held = [] } = await navigator.locks.query();
      const names = held.flatMap((lock) => (lock.name?.startsWith(`${NAME}\n`) ? [lock.name.slice(NAME.length + 1)] : [])); // prettier-ignore
      return new Set([...names, await own()]);
    },
  };
}
