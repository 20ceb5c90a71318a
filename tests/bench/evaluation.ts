/**
 * Evaluates 1,449 masks of 500x375 px (VOC's val) against ground truth: confusion, boundaries, scores of each image. There
 * is no peer.
 *
 * Usage: npm run bench -- evaluation
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LabelMap } from '../../shared/types.js';
import { encodeLabelMap } from '../../electron/engine/images/index.js';
import { createProject, openProject } from '../../electron/engine/project/project.js';
import { evaluateSet } from '../../electron/engine/services/evaluation.js';
import { stream } from './support/photos.js';
import { benchSide } from './support/side.js';

const [MASKS, WIDTH, HEIGHT, CLASSES] = [1449, 500, 375, 20];
/** Different masks; the others are copies of them, which take as long to read. */
const DISTINCT = 50;

/** A few ellipses of some classes with a border of 255, as VOC has them; `shift` moves them. */
function mask(seed: number, shift: number): LabelMap {
  const random = stream(seed);
  const data = new Uint8Array(WIDTH * HEIGHT);
  for (let k = 0; k < 3; k++) {
    const label = 1 + Math.floor(random() * CLASSES);
    const [x0, y0] = [random() * WIDTH + shift, random() * HEIGHT + shift];
    const [a, b] = [30 + random() * 120, 30 + random() * 90];
    for (let i = 0; i < data.length; i++) {
      const distance = Math.hypot(((i % WIDTH) - x0) / a, (Math.floor(i / WIDTH) - y0) / b);
      if (distance < 1) data[i] = label;
      else if (distance < 1.04 && shift === 0) data[i] = 255;
    }
  }
  return { width: WIDTH, height: HEIGHT, data };
}

await benchSide(
  async (folder) => {
    const classes = Array.from({ length: CLASSES }, (_, k) => `class ${k}`);
    const project = createProject(join(folder, 'project'), { name: 'bench', classes });
    const dataset = project.addDataset({ root: join(folder, 'photos'), format: 'folders', domain: 'target' });
    const pairs = Array.from({ length: DISTINCT }, (_, seed) =>
      [0, 6].map((shift) => encodeLabelMap(mask(seed, shift))),
    );
    project.store.recordArtifact({ kind: 'masks', name: 'made', parents: [], settings: {} });
    const images = Array.from({ length: MASKS }, (_, at) => {
      const id = String(at).padStart(6, '0');
      const truth = `${id}.png`;
      const [true_, made] = pairs[at % DISTINCT];
      for (const [file, bytes] of [
        [join(folder, 'photos', truth), true_],
        [project.paths.mask('made', id), made],
      ] as const) {
        // prettier-ignore
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, bytes);
      }
      return { id, dataset, path: `${id}.jpg`, width: WIDTH, height: HEIGHT, split: 'val', domain: 'target', classes: [0], truth } as const; // prettier-ignore
    });
    project.store.addImages(images.map((image) => ({ ...image, classes: [...image.classes] })));
    project.close();
  },
  async (folder) => {
    const project = openProject(join(folder, 'project'));
    const request = { kind: 'masks', set: 'made' } as const;
    return {
      versions: { node: process.versions.node },
      check: [],
      round: async () => {
        const { images } = await evaluateSet(project, request, () => undefined, new AbortController().signal);
        return images / MASKS;
      },
    };
  },
);
