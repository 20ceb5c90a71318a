import { openProject, type Project } from '../../electron/engine/project/project.js';
import { newProject } from '../../electron/engine/project/import/new-project.js';
import { encodeGrey } from '../../electron/engine/images/index.js';
import { SIZE, put, vocDevkit, type SyntheticImage } from './dataset.js';

const { width, height } = SIZE;

/** A grey PNG with one value in its left half and another in its right. */
export const halves = (left: number, right: number, size: { width: number; height: number } = SIZE): Uint8Array =>
  encodeGrey({
    ...size,
    data: Uint8Array.from({ length: size.width * size.height }, (_, at) =>
      at % size.width < size.width / 2 ? left : right,
    ),
  });

/** Images whose left half is their first class; every fourth has a second label, the last no ground truth. */
export function measuredImages(count: number): SyntheticImage[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `i${String(at).padStart(3, '0')}`,
    split: at < count / 2 ? 'train' : 'val',
    classes: at % 4 === 3 ? [at % 3, 5] : [at % 3],
    truth: at === count - 1 ? null : { width, height },
  }));
}

/**
 * A project in `folder`/project with maps `good` and saliency `good` from which the truth can be had exactly: first label
 * 200 on the left and 50 on the right, further labels nowhere, saliency 220 and 10.
 */
export async function measuredProject(folder: string, count = 8): Promise<Project> {
  const images = measuredImages(count);
  const dataset = await vocDevkit(`${folder}/dataset`, images);
  const request = { folder: `${folder}/project`, dataset, format: 'voc', domain: 'target' } as const;
  const { root } = await newProject(request, new AbortController().signal, () => undefined);
  const project = openProject(root);
  for (const { id } of images) {
    const { classes } = project.store.image(id)!;
    put(root, `saliency/good/${id}.png`, halves(220, 10));
    const first = images.find((image) => image.id === id)!.classes[0];
    for (const classIndex of classes) {
      put(root, `maps/good/${id}_${classIndex}.png`, classIndex === first ? halves(200, 50) : halves(0, 0));
    }
  }
  return project;
}
