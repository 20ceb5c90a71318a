import { createProject, type Project } from '../../electron/engine/project/project.js';
import { encodeLabelMap } from '../../electron/engine/images/index.js';
import type { ImageRecord } from '../../shared/project.js';
import { SIZE, jpeg, put } from './dataset.js';

const { width, height } = SIZE;

/** The mask of the image at a place: a frame of a class around undecided pixels, somewhere else in each. */
export function frameMask(place: number): { width: number; height: number; data: Uint8Array } {
  const data = new Uint8Array(width * height);
  const [left, top] = [place % 5, place % 4];
  for (let y = top; y < top + 8; y++) {
    for (let x = left; x < left + 9; x++) {
      const onFrame = y === top || x === left || y === top + 7 || x === left + 8;
      data[y * width + x] = onFrame ? (place % 2) + 1 : y === top + 3 ? 255 : 0;
    }
  }
  return { width, height, data };
}

/** Images of every kind: in folders, of both splits and of none, without labels, with a blank in the id. */
export const exportedIds = ['a/1', 'a/2', 'b', 'c', 'd e'] as const;
const splits = ['train', 'val', null, 'train', 'val'];

/** A project in `folder`/project, its photos in `folder`/photos, with a mask set `fused` of all images. */
export async function maskedProject(folder: string): Promise<Project> {
  const project = createProject(`${folder}/project`, { name: 'masked', classes: ['cat', 'dog'] });
  const dataset = project.addDataset({ root: `${folder}/photos`, format: 'folders', domain: 'target' });
  const images: ImageRecord[] = [];
  for (const [place, id] of exportedIds.entries()) {
    put(`${folder}/photos`, `${id}.jpg`, await jpeg());
    put(project.root, `masks/fused/${id}.png`, encodeLabelMap(frameMask(place)));
    const classes = id === 'c' ? [] : [place % 2];
    images.push({ id, dataset, path: `${id}.jpg`, width, height, split: splits[place], domain: 'target', classes, truth: null }); // prettier-ignore
  }
  project.store.addImages(images);
  return project;
}
