import type { Tensor2D } from '@tensorflow/tfjs';
import type { KeepBounds } from '../kept/bounds.js';
import { halfFile, type HalfFile } from '../kept/half-file.js';
import type { Tf } from '../runtime/tensorflow.js';
import type { Source } from './gather.js';

/** Sources of the images used lately in memory, within a bound, and of others on disk, within another. */
export interface SourceCache {
  /** The source of an image, made where it is not there; it belongs to the cache and may go with the next call of `trim`. */
  get(id: string, make: () => Promise<Source>): Promise<Source>;
  /** Lets memory go of the sources unused longest, down to the bound. */
  trim(): void;
  dispose(): void;
}

const bytesOf = ({ rows, scores }: Source): number => 4 * (rows.size + scores.size);

/** Sources on disk, and what float16 does not hold of them: their shapes and domains. */
function sourcesOnDisk(tf: Tf, file: HalfFile) {
  const known = new Map<string, Pick<Source, 'domain'> & { shapes: [number, number][] }>();
  const source = (id: string, lists: readonly Float32Array[]): Source => {
    const { domain, shapes } = known.get(id)!;
    const [rows, scores] = lists.map((values, i): Tensor2D => tf.tensor2d(values, shapes[i]));
    return { rows, scores, domain };
  };
  return {
    has: (id: string): boolean => file.has(id),
    get: (id: string): Source => source(id, file.get(id)),
    /** Writes a source, where the disk takes it, and trades it for what is read back from there. */
    put(id: string, { rows, scores, domain }: Source): Source {
      known.set(id, { domain, shapes: [rows.shape, scores.shape] });
      const lists = [rows, scores].map((tensor) => tensor.dataSync() as Float32Array);
      tf.dispose([rows, scores]);
      return source(id, file.put(id, lists));
    },
  };
}

/**
 * Where the sources of all images together fit into memory they are kept as they are. Else each is rounded to float16, from
 * the first time on: a map must not depend on which images came before it. Without a bound on disk nothing is rounded, and
 * what memory does not hold is made again.
 *
 * @param count images that there may be sources of
 * @param bounds `memory` is what stays after `trim`; in between, what one image needs is held on top
 */
export function sourceCache(tf: Tf, count: number, bounds: KeepBounds): SourceCache {
  const held = new Map<string, Source>();
  const file = halfFile(bounds.folder, bounds.disk);
  const disk = sourcesOnDisk(tf, file);
  let bytes = 0;
  const drop = (id: string, source: Source): void => {
    held.delete(id);
    bytes -= bytesOf(source);
    tf.dispose([source.rows, source.scores]);
  };
  const made = async (id: string, make: () => Promise<Source>): Promise<Source> => {
    const source = await make();
    const fits = count * bytesOf(source) <= bounds.memory;
    return fits || bounds.disk === 0 ? source : disk.put(id, source);
  };
  return {
    async get(id, make) {
      const found = held.get(id);
      const source = found ?? (disk.has(id) ? disk.get(id) : await made(id, make));
      if (!found) bytes += bytesOf(source);
      // Taken out and put in again, so that the map's order is the order of use.
      held.delete(id);
      held.set(id, source);
      return source;
    },
    trim() {
      for (const [id, source] of held) {
        if (bytes <= bounds.memory) return;
        drop(id, source);
      }
    },
    dispose() {
      for (const [id, source] of held) drop(id, source);
      file.close();
    },
  };
}
