import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { readJsonFile, writeFileAtomicSync } from '../../project/files.js';
import { resolveInside, safeId } from '../../project/paths.js';
import type { RunFiles } from './files.js';

/** The images that a run is looked at by, each with the classes that it has maps of. */
const pinnedSchema = z.object({
  images: z.array(z.object({ id: z.string(), classes: z.array(z.number().int().min(0).max(253)) })),
});
export type PinnedImage = z.infer<typeof pinnedSchema>['images'][number];

const EPOCH_FOLDER = /^(\d{3,})$/;

const listOf = ({ previews }: RunFiles): string => path.join(previews, 'images.json');

/** The map of a class in a pinned image after an epoch. Throws `id-unsafe`, `path-outside`. */
export function previewFile({ previews }: RunFiles, epoch: number, id: string, classIndex: number): string {
  return resolveInside(path.join(previews, String(epoch).padStart(3, '0')), `${safeId(id)}_${classIndex}.png`);
}

/** Notes which images are pinned. */
export function writePinned(files: RunFiles, images: readonly PinnedImage[]): void {
  writeFileAtomicSync(listOf(files), `${JSON.stringify({ images }, null, 2)}\n`);
}

/** The pinned images; none where nothing was noted. Throws `file-damaged`, `file-unreadable`. */
export function readPinned(files: RunFiles): PinnedImage[] {
  return existsSync(listOf(files)) ? readJsonFile(listOf(files), pinnedSchema).images : [];
}

/** Epochs that there are maps of, ascending. */
export function previewedEpochs({ previews }: RunFiles): number[] {
  if (!existsSync(previews)) return [];
  const matches = readdirSync(previews).map((name) => EPOCH_FOLDER.exec(name));
  return matches.flatMap((match) => (match ? [Number(match[1])] : [])).sort((a, b) => a - b);
}
