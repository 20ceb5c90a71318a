/**
 * Times exports of generated masks: 10,000 of 120x90 px, each with a few ellipses of ten classes and holes in them.
 * Prints images a second and megabytes written, and how fast masks are read alone.
 *
 * Usage: npx esbuild tests/bench/export.ts --bundle --platform=node --format=esm --packages=external --outfile=dist/bench-export.mjs
 *        node dist/bench-export.mjs [FORMAT,...] [IMAGES]
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { encodeLabelMap, readLabelMap } from '../../electron/engine/images/index.js';
import { createProject } from '../../electron/engine/project/project.js';
import { exportMasks } from '../../electron/engine/services/export.js';
import { exportSettings } from '../../shared/settings/index.js';

const [width, height] = [120, 90];
const formats = (argv[2] ?? 'png,coco').split(',');
const count = Number(argv[3] ?? 10_000);

let state = 1;
const random = (): number => (state = (Math.imul(state, 48271) >>> 0) % 2147483647) / 2147483647;

/** Ellipses with a hole each. */
function mask(): Uint8Array {
  const data = new Uint8Array(width * height);
  for (let k = 0; k < 4; k++) {
    const [x0, y0, a, b] = [random() * width, random() * height, 8 + random() * 25, 8 + random() * 20];
    const label = 1 + Math.floor(random() * 10);
    for (let i = 0; i < data.length; i++) {
      const distance = Math.hypot(((i % width) - x0) / a, (Math.floor(i / width) - y0) / b);
      if (distance < 1 && distance > 0.3) data[i] = label;
    }
  }
  return encodeLabelMap({ width, height, data });
}

const folder = mkdtempSync(join(tmpdir(), 'comask-bench-'));
const classes = Array.from({ length: 10 }, (_, k) => `class ${k}`);
const project = createProject(join(folder, 'project'), { name: 'bench', classes });
const dataset = project.addDataset({ root: join(folder, 'photos'), format: 'folders', domain: 'target' });
// A hundred different masks under ten thousand names: making them is not what is timed.
const masks = Array.from({ length: 100 }, mask);
const images = Array.from({ length: count }, (_, at) => {
  const id = `${Math.floor(at / 1000)}/${String(at).padStart(6, '0')}`;
  const path = project.paths.mask('made', id);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, masks[at % masks.length]);
  return { id, dataset, path: `${id}.jpg`, width, height, split: 'train', domain: 'target', classes: [0], truth: null } as const; // prettier-ignore
});
project.store.addImages(images.map((image) => ({ ...image, classes: [...image.classes] })));

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
};
const megabytes = (root: string): number =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.comask-export'))
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0) / 1e6;

const some = images.slice(0, 1000);
const reading = await seconds(async () => {
  for (const { id } of some) await readLabelMap(project.paths.mask('made', id));
});
console.log(`reading alone: ${(some.length / reading).toFixed(0)} images/s`);
for (const format of formats) {
  const to = join(folder, format);
  const request = { masks: 'made', format, to, labelled: false, corrected: true, photos: 'none', overwrite: false } as const; // prettier-ignore
  const run = (): Promise<unknown> =>
    exportMasks(project, request, exportSettings.defaults(), () => undefined, new AbortController().signal);
  const made = await seconds(run);
  const again = await seconds(run);
  const rate = (count / made).toFixed(0);
  console.log(`${format}: ${made.toFixed(1)} s, ${rate} images/s, ${megabytes(to).toFixed(1)} MB; again ${again.toFixed(1)} s`); // prettier-ignore
}
console.log(`memory at most: ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
project.close();
rmSync(folder, { recursive: true });
