import { existingRun } from '../jobs/run/existing.js';
import { previewFile, previewedEpochs, readPinned, type PinnedImage } from '../jobs/run/previews.js';
import { fileVersion } from '../project/file-version.js';
import type { Project } from '../project/project.js';

/** Images that a training is looked at by. */
export interface RunPreviews {
  /** `version` is that of the photo; null where it is gone. */
  images: (PinnedImage & { version: string | null })[];
  epochs: number[];
}

const ELSEWHERE = 'Train it first, or choose another.';

/** The pinned images of a run and the epochs that there are maps of. Throws `run-missing`, `file-damaged`. */
export async function runPreviews(project: Project, run: string): Promise<RunPreviews> {
  const files = existingRun(project.paths, run, ELSEWHERE);
  const images = readPinned(files).map(async (pinned) => {
    const image = project.store.image(pinned.id);
    return { ...pinned, version: image && (await fileVersion(project.photoPath(image))) };
  });
  return { images: await Promise.all(images), epochs: previewedEpochs(files) };
}

/** Path of a pinned image's map, which may not be there. Throws `run-missing`, `id-unsafe`. */
export function runPreview(
  { paths }: Project,
  run: string,
  { epoch, id, classIndex }: { epoch: number; id: string; classIndex: number },
): string {
  return previewFile(existingRun(paths, run, ELSEWHERE), epoch, id, classIndex);
}
