/**
 * Times what the dataset screen asks the engine for, on a generated index of many images: pages under filters and sorts,
 * statistics, histograms, edits of all images and taking them back. Requests go through the whole service but the socket.
 * Prints the first answer, and of the later ones the medians of wall clock and processor time.
 *
 * Usage: npx esbuild tests/bench/browse.ts --bundle --platform=node --format=esm --packages=external --outfile=dist/bench-browse.mjs
 *        node dist/bench-browse.mjs [IMAGES]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv } from 'node:process';
import { createProject } from '../../electron/engine/project/project.js';
import { Secrets } from '../../electron/engine/server/access/secrets.js';
import { createApp } from '../../electron/engine/server/app.js';
import { Workspace } from '../../electron/engine/server/workspace.js';
import { api, createClient, urlOf, type Fetch } from '../../shared/api/index.js';
import type { ImageRecord } from '../../shared/project.js';
import { emptyMachine } from '../support/machine.js';

const count = Number(argv[2] ?? 100_000);
const CLASSES = 20;
/** Later answers of a request. */
const ROUNDS = 7;
const folder = mkdtempSync(join(tmpdir(), 'comask-bench-'));
const root = join(folder, 'project');

const idOf = (i: number): string => `folder-${i % 40}/p${String(i).padStart(7, '0')}`;

function image(i: number): ImageRecord {
  const classes = [
    i % CLASSES,
    ...(i % 3 === 0 ? [(i + 7) % CLASSES] : []),
    ...(i % 11 === 0 ? [(i + 3) % CLASSES] : []),
  ];
  const [id, split] = [idOf(i), i % 10 === 9 ? 'val' : 'train'];
  const size = { width: 300 + ((i * 7919) % 200), height: 300 + ((i * 104_729) % 200) };
  return { id, dataset: 0, path: `${id}.jpg`, ...size, split, domain: 'target', classes: i % 50 === 0 ? [] : classes, truth: i % 4 === 0 ? `${id}.png` : null }; // prettier-ignore
}

function makeProject(): void {
  const classes = Array.from({ length: CLASSES }, (_, i) => `class ${i}`);
  const project = createProject(root, { name: 'many', classes });
  project.addDataset({ root: folder, format: 'plain', domain: 'target' });
  const { store } = project;
  for (let at = 0; at < count; at += 5000) {
    store.addImages(Array.from({ length: Math.min(5000, count - at) }, (_, i) => image(at + i)));
  }
  const every = Array.from({ length: count }, (_, i) => i);
  store.labels.replaceConfidences('first', every.filter((i) => i % 50 !== 0).map((i) => ({ imageId: idOf(i), classIndex: i % CLASSES, confidence: ((i * 7919) % 1000) / 1000, probability: 0.5, agreement: null, suggested: null }))); // prettier-ignore
  project.close();
}

const secrets = new Secrets();
const workspace = new Workspace(() => new Promise(() => undefined), { stamp: () => '', holds: () => true } as never);
const app = createApp({ access: { secrets, port: () => 4321 }, workspace, machine: emptyMachine(folder), page: folder }); // prettier-ignore
const headers = { Host: '127.0.0.1:4321', Authorization: `Bearer ${secrets.token}` };
const send: Fetch = async (url, init) =>
  app.request(`http://127.0.0.1:4321${url}`, { ...init, headers: { ...init.headers, ...headers } });
const client = createClient(send);

const ms = (value: number): string => value.toFixed(0).padStart(6);

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function timed(what: string, work: () => Promise<unknown>, rounds = ROUNDS): Promise<void> {
  const [walls, processors]: [number[], number[]] = [[], []];
  for (let round = 0; round <= rounds; round++) {
    const [start, before] = [performance.now(), process.cpuUsage()];
    await work();
    const { user, system } = process.cpuUsage(before);
    walls.push(performance.now() - start);
    processors.push((user + system) / 1000);
  }
  const first = walls[0];
  // The first is slower: pages of the index and compiled statements are not there yet.
  const [wall, processor] = [walls, processors].map((all) => median(rounds > 0 ? all.slice(1) : all));
  console.log(`${what.padEnd(44)}${ms(first)}${ms(wall)}${ms(processor)} ms`);
}

try {
  await timed(`making an index of ${count} images`, () => Promise.resolve(makeProject()), 0);
  const { key: project } = workspace.open(root);
  const params = { project };
  console.log(`${''.padEnd(44)} first median of processors`);
  const pages: [string, object][] = [
    ['first page', {}],
    ['page at three quarters', { offset: Math.floor(count * 0.75) }],
    ['sort: pixels', { sort: 'pixels', order: 'descending' }],
    ['sort: labels', { sort: 'labels', order: 'descending' }],
    ['sort: confidence of an audit', { sort: 'confidence/first' }],
    ['the same, at three quarters', { sort: 'confidence/first', offset: Math.floor(count * 0.75) }],
    ['filter: a class', { classes: [3] }],
    ['filter: two classes, both', { classes: [3, 10], match: 'all' }],
    ['filter: none of three classes', { without: [1, 2, 3] }],
    ['filter: split, by confidence', { split: 'val', sort: 'confidence/first' }],
    ['filter: confidence, by pixels', { scores: ['confidence/first<0.2'], sort: 'pixels' }],
    ['filter: with ground truth', { truth: true }],
    ['filter: not reviewed', { review: ['unreviewed'] }],
    ['filter: name', { text: '0099' }],
  ];
  for (const [what, query] of pages) {
    await timed(`page, ${what}`, () => client.call(api.images.page, { params, query: { limit: 100, ...query } }));
  }
  const narrow = { split: 'train', without: [1] };
  await timed('statistics of all', () => client.call(api.images.statistics, { params }));
  await timed('statistics of most', () => client.call(api.images.statistics, { params, query: narrow }));
  await timed('co-occurrence of all', () => client.call(api.images.together, { params }));
  await timed('co-occurrence of most', () => client.call(api.images.together, { params, query: narrow }));
  for (const score of ['pixels', 'labels', 'confidence/first']) {
    await timed(`histogram, ${score}`, () => client.call(api.images.histogram, { params, query: { score } }));
  }
  await timed('next unreviewed', () => client.call(api.images.beside, { params, query: { from: idOf(5), state: 'unreviewed' } })); // prettier-ignore
  await timed('overview of the project', () =>
    send(urlOf(api.projects.info, { params }), { method: 'GET', headers: {} }),
  );

  const edits: [string, object][] = [
    ['review of all', { review: 'reviewed' }],
    ['a tag for all', { addTags: ['blurry'] }],
    ['a label for all', { addClasses: [5] }],
    ['two labels from all', { removeClasses: [5, 6] }],
  ];
  for (const [what, change] of edits) {
    const body = { selection: { query: {} }, change } as never;
    await timed(`edit: ${what}`, () => client.call(api.edits.apply, { params, body }), 0);
    await timed('  taken back', () => client.call(api.edits.undo, { params, body: {} }), 0);
    await timed('  done again', () => client.call(api.edits.redo, { params, body: {} }), 0);
  }
  await workspace.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
