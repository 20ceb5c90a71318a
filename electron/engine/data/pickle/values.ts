/** Why a pickle is refused; `readPickle` turns it into a StudioError with the file's name. */
export class PickleError extends Error {}

/** What a pure constructor may do beside returning a value. */
export interface PickleContext {
  /**
   * Counts memory that a call takes beyond what its arguments hold. A few bytes of a pickle can repeat a call on one
   * large argument any number of times, so whatever copies its arguments calls this first.
   * @throws PickleError where the pickle as a whole would take more than its size justifies
   */
  spend(bytes: number): void;
}

/**
 * A Python class or function that a pickle may name. It stands for its name alone; `call` is what making an object of
 * it, or calling it, comes to here: a pure function of its arguments that throws PickleError for wrong ones.
 */
export class PickleGlobal {
  constructor(
    /** Module and name with a dot between: `collections.OrderedDict`. */
    readonly name: string,
    readonly call?: (args: readonly unknown[], context: PickleContext) => unknown,
  ) {}
}

/** Every global that may occur in a pickle, by name. */
export type PickleGlobals = ReadonlyMap<string, PickleGlobal>;

/** The globals as a map by name. */
export const globalsOf = (...globals: PickleGlobal[]): PickleGlobals => new Map(globals.map((one) => [one.name, one]));

/** An object that is made first and gets its contents by a state (opcode BUILD) afterwards. */
export abstract class Buildable {
  /** @throws PickleError for a state that is none of its own */
  abstract setState(state: unknown, context: PickleContext): void;
}

/** Tuples are frozen arrays, lists plain ones. */
export const isTuple = (value: unknown): value is readonly unknown[] => Array.isArray(value) && Object.isFrozen(value);
export const isList = (value: unknown): value is unknown[] => Array.isArray(value) && !Object.isFrozen(value);
