import type { LocalizeSettings } from '../../../../../shared/settings/index.js';
import type { Random } from '../../random.js';

/** What a strategy chooses from. */
export interface ReferenceRequest {
  id: string;
  classIndex: number;
  /** Images that carry the class, in order of id; without the image itself unless it may be its own reference. */
  candidates: readonly string[];
  /** Stored references of this image and class. */
  fixed: readonly string[];
  count: number;
  rng: Random;
  /** Pooled features of an image, of unit length; only where the strategy asks for them. */
  descriptorOf(id: string): Float32Array;
}

/** A way of choosing the reference images of an image and class. */
export interface ReferenceStrategy {
  name: string;
  /** Whether it compares images; then every candidate's features are computed before the first map. */
  needsDescriptors: boolean;
  /** At most `count` ids out of the candidates; fewer where there are no more. */
  choose(request: ReferenceRequest, settings: Pick<LocalizeSettings, 'references.replacement'>): string[];
}

/** Cosine of two vectors of unit length. */
export function similarity(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
