/**
 * From a changed reference set to the new map, as the page of References and Maps asks for it: VGG-16 at its default size, the
 * default views and refinement, eight references of photos of 500x375, and the picture that the page fetches. Features are
 * cached by the first map, as they are while a person adds and removes references. Drawn weights: the work is the same.
 *
 * Usage: npm run bench -- previews
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sharp } from '../../electron/engine/images/sharp.js';
import { runFiles } from '../../electron/engine/jobs/run/files.js';
import type { RunRecord } from '../../electron/engine/jobs/run/record.js';
import { previewSession } from '../../electron/engine/jobs/session/kinds/preview.js';
import { classifierParameters } from '../../electron/engine/learn/nets/classifier.js';
import { firstWeights } from '../../electron/engine/learn/train/state.js';
import { encodeSafetensors } from '../../electron/engine/learn/weights/safetensors.js';
import { createProject } from '../../electron/engine/project/project.js';
import { localizeSettings, trainSettings } from '../../shared/settings/index.js';
import { CLASSES, tensorflow, versionsOf } from './support/net.js';
import { photoOf } from './support/photos.js';
import { benchSide } from './support/side.js';

const [WIDTH, HEIGHT] = [500, 375];
/** References of a set, and photos: the image in view, and one that comes and goes. */
const REFERENCES = 8;
const PHOTOS = REFERENCES + 2;
const RUN = 'bench';
const ids = Array.from({ length: PHOTOS }, (_, i) => `p${i}`);
const [imageId, ...others] = ids;

await benchSide(
  async (folder) => {
    const classes = Array.from({ length: CLASSES }, (_, k) => `class ${k}`);
    const project = createProject(join(folder, 'project'), { name: 'bench', classes });
    const root = join(folder, 'photos');
    mkdirSync(root, { recursive: true });
    const dataset = project.addDataset({ root, format: 'folders', domain: 'target' });
    for (const [i, id] of ids.entries()) {
      const { data } = photoOf(i, WIDTH, HEIGHT);
      await sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
        .jpeg()
        .toFile(join(root, `${id}.jpg`));
    }
    project.store.addImages(
      ids.map((id) => ({ id, dataset, path: `${id}.jpg`, width: WIDTH, height: HEIGHT, split: 'train', domain: 'target', classes: [0], truth: null })),
    ); // prettier-ignore
    const settings = trainSettings.resolve({ backbone: 'vgg16' });
    const record: RunRecord = { schema: 1, origin: 'trained', preset: 'studio', settings, weights: null, split: null, classes, images: { count: PHOTOS, digest: '' } }; // prettier-ignore
    const files = runFiles(project.paths.run(RUN));
    mkdirSync(dirname(files.epoch(1)), { recursive: true });
    writeFileSync(files.settings, JSON.stringify(record));
    const weights = firstWeights(classifierParameters(settings, CLASSES), null, settings.seed);
    writeFileSync(files.epoch(1), encodeSafetensors(weights));
    project.close();
  },
  async (folder, { threads }) => {
    const tf = await tensorflow(threads);
    const project = join(folder, 'project');
    const settings = localizeSettings.defaults();
    const answer = await previewSession.open({ project, run: RUN, epoch: 1, settings, device: 'cpu' });
    const map = async (references: readonly string[]): Promise<number> => {
      const found = await answer({ ask: 'map', imageId, classIndex: 0, references });
      if (found.ask !== 'map' || found.references.length !== references.length)
        throw new Error('references were left out');
      return found.map.length;
    };
    await map(others);
    let turn = 0;
    return {
      versions: versionsOf(tf),
      check: [],
      async round() {
        // One reference comes in the place of another.
        const left = turn++ % others.length;
        await map(others.filter((_, i) => i !== left));
        return 1;
      },
    };
  },
);
