import type { Storage } from './references.js';

/** A pickle of a state dict takes about a hundred bytes a tensor; more is no file of weights. */
export const MAX_PICKLE_BYTES = 2 ** 23;

/** What `torch.save` wrote: the object as data, and where the numbers of its storages lie. */
export interface SavedObject {
  value: unknown;
  /** Position in the file of a storage's first number, checked to have room for all of them. */
  locate(storage: Storage): Promise<number>;
}
