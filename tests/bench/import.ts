/**
 * Times the import of many tiny photos with labels and ground truth (a VOC devkit, made in a temporary folder): the
 * first import, a second one of a dataset that has grown by a hundredth, and the overview that `comask info` prints.
 * Prints seconds, processor seconds of all threads, and the most memory the process ever had.
 *
 * Usage: npx esbuild tests/bench/import.ts --bundle --platform=node --format=esm --packages=external --outfile=dist/bench-import.mjs
 *        node dist/bench-import.mjs [IMAGES]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv } from 'node:process';
import { newProject } from '../../electron/engine/project/import/new-project.js';
import { projectInfo } from '../../electron/engine/project/info.js';
import { openProject } from '../../electron/engine/project/project.js';
import { manyPhotos } from '../support/many-photos.js';

const count = Number(argv[2] ?? 100_000);
const folder = mkdtempSync(join(tmpdir(), 'comask-bench-'));
const [dataset, root] = [join(folder, 'dataset'), join(folder, 'project')];
const never = new AbortController().signal;

/** Runs `work` and prints what it took and what it says of itself. */
async function timed(what: string, work: () => Promise<string> | string): Promise<void> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const said = await work();
  const { user, system } = process.cpuUsage(before);
  const [wall, processor] = [performance.now() - start, (user + system) / 1000].map((ms) => (ms / 1000).toFixed(2));
  const peak = (process.resourceUsage().maxRSS / 1024).toFixed(0);
  console.log(`${what}: ${wall} s, ${processor} processor seconds, at most ${peak} MB so far; ${said}`);
}

async function importAll(): Promise<string> {
  const request = { folder: root, dataset, format: 'voc', domain: 'target' } as const;
  let reports = 0;
  const { added, known, failures } = await newProject(request, never, () => reports++);
  return `${added} added, ${known} known, ${failures.length} problems, ${reports} reports of progress`;
}

try {
  await manyPhotos(dataset, count);
  await timed('first import', importAll);
  await manyPhotos(dataset, Math.ceil(count * 1.01), count);
  await timed('second import', importAll);
  await timed('overview', () => {
    const project = openProject(root);
    const { images, splits } = projectInfo(project);
    project.close();
    return `${images} images, ${JSON.stringify(splits)}`;
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
