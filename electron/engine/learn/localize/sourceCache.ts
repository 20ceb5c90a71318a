import type { Tf } from '../runtime/tensorflow.js';
import type { Source } from './gather.js';

/** Sources of the images used lately, within a bound on their memory. */
export interface SourceCache {
  /** The source of an image, made where it is not there; it belongs to the cache and may go with the next call of `trim`. */
  get(id: string, make: () => Promise<Source>): Promise<Source>;
  /** Lets go of the sources unused longest, down to the bound. */
  trim(): void;
  dispose(): void;
}

const bytesOf = ({ rows, scores }: Source): number => 4 * (rows.size + scores.size);

/** @param limit bytes that stay after `trim`; in between, what one image needs is held on top */
export function sourceCache(tf: Tf, limit: number): SourceCache {
  const held = new Map<string, Source>();
  let bytes = 0;
  const drop = (id: string, source: Source): void => {
    held.delete(id);
    bytes -= bytesOf(source);
    tf.dispose([source.rows, source.scores]);
  };
  return {
    async get(id, make) {
      const found = held.get(id);
      const source = found ?? (await make());
      if (!found) bytes += bytesOf(source);
      // Taken out and put in again, so that the map's order is the order of use.
      held.delete(id);
      held.set(id, source);
      return source;
    },
    trim() {
      for (const [id, source] of held) {
        if (bytes <= limit) return;
        drop(id, source);
      }
    },
    dispose() {
      for (const [id, source] of held) drop(id, source);
    },
  };
}
