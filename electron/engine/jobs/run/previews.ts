import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { StudioError } from '../../../../shared/errors.js';
import { TEMPORARY, readJsonFile, writeError, writeFileAtomicSync } from '../../project/files.js';
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
  return fileIn(path.join(previews, folderName(epoch)), id, classIndex);
}

const folderName = (epoch: number): string => String(epoch).padStart(3, '0');

const fileIn = (folder: string, id: string, classIndex: number): string =>
  resolveInside(folder, `${safeId(id)}_${classIndex}.png`);

/** Where the maps of an epoch are drawn; they are moved to their place when all are there. */
function drawingFolder({ previews }: RunFiles, epoch: number): string {
  return path.join(previews, `${folderName(epoch)}${TEMPORARY}`);
}

/**
 * Draws the maps of an epoch, which takes a while: who looks meanwhile sees none of them, and afterwards all.
 *
 * @param draw is told where a map of a class in an image goes
 */
export async function drawEpoch(
  files: RunFiles,
  epoch: number,
  draw: (fileOf: (id: string, classIndex: number) => string) => Promise<void>,
): Promise<void> {
  const [drawing, place] = [drawingFolder(files, epoch), path.join(files.previews, folderName(epoch))];
  try {
    rmSync(drawing, { recursive: true, force: true });
    await draw((id, classIndex) => fileIn(drawing, id, classIndex));
    if (!existsSync(drawing)) return;
    rmSync(place, { recursive: true, force: true });
    renameSync(drawing, place);
  } catch (error) {
    throw error instanceof StudioError ? error : writeError(error, place);
  }
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
