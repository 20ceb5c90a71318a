import { scratchFolder } from './scratch.js';

const BYTES_A_MEGABYTE = 2 ** 20;

/** How much of what was computed may be kept, and where. */
export interface KeepBounds {
  /** Bytes of memory. */
  memory: number;
  /** Bytes of disk for what memory does not hold. */
  disk: number;
  /** Folder of the file for it. */
  folder: string;
}

/** The bounds that settings name. */
export const keepBounds = (settings: { 'cache.megabytes': number; 'cache.diskMegabytes': number }): KeepBounds => ({
  memory: settings['cache.megabytes'] * BYTES_A_MEGABYTE,
  disk: settings['cache.diskMegabytes'] * BYTES_A_MEGABYTE,
  folder: scratchFolder(),
});
