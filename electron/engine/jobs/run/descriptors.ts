import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { decodeSafetensors, encodeSafetensors } from '../../learn/weights/safetensors.js';
import { writeFileAtomicSync } from '../../project/files.js';
import type { RunFiles } from './files.js';

/** What images are compared by: features of a run, pooled over each image, of unit length. */
export interface Descriptors {
  /** Of what they depend on: weights and size of the photos. */
  made: string;
  byId: Map<string, Float32Array>;
}

const idsSchema = z.array(z.string());

function idsOf(text: string | undefined): string[] {
  try {
    return idsSchema.parse(JSON.parse(text ?? ''));
  } catch {
    return [];
  }
}

/** The descriptors of a run's folder; null where there are none, or none that can be read: they are computed again. */
export function readDescriptors({ descriptors }: RunFiles): Descriptors | null {
  if (!existsSync(descriptors)) return null;
  const { tensors, metadata } = decodeSafetensors(readFileSync(descriptors), descriptors);
  const ids = idsOf(metadata.ids);
  const { shape, data } = tensors.get('descriptors') ?? { shape: [0, 0], data: new Float32Array() };
  const [count, length] = shape;
  if (count !== ids.length) return null;
  return {
    made: metadata.made ?? '',
    byId: new Map(ids.map((id, i) => [id, data.subarray(i * length, (i + 1) * length)])),
  };
}

/** Writes all of them, in the order of their ids: the same descriptors give the same bytes. */
export function writeDescriptors({ descriptors }: RunFiles, { made, byId }: Descriptors): void {
  const ids = [...byId.keys()].sort();
  const length = byId.get(ids[0])?.length ?? 0;
  const data = new Float32Array(ids.length * length);
  ids.forEach((id, i) => data.set(byId.get(id)!, i * length));
  const tensors = new Map([['descriptors', { shape: [ids.length, length], data }]]);
  writeFileAtomicSync(descriptors, encodeSafetensors(tensors, { ids: JSON.stringify(ids), made }));
}
