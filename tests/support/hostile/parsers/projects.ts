import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readRunRecord } from '../../../../electron/engine/jobs/run/record.js';
import { readSegmentRecord } from '../../../../electron/engine/jobs/run/segment-record.js';
import { takeLock } from '../../../../electron/engine/jobs/run/lock.js';
import { runFiles } from '../../../../electron/engine/jobs/run/files.js';
import { openExport } from '../../../../electron/engine/project/export/folder.js';
import { projectFolder } from '../../../../electron/engine/project/project-file.js';
import { createProject, openProject, type Project } from '../../../../electron/engine/project/project.js';
import { segmentSettings, settingGroups, trainSettings } from '../../../../shared/settings/index.js';
import { temporaryFolder } from '../../folder.js';
import { put } from '../../dataset.js';
import { ofFile, texts, type ForeignParser } from '../parser.js';

const config = { name: 'birds', classes: ['cat', 'dog'], datasets: [{ root: '/photos', format: 'voc', domain: 'target' as const }] }; // prettier-ignore

/** A project with a little of everything in its index. Returns its folder. */
function made(): string {
  const root = join(temporaryFolder(), 'birds');
  const project = createProject(root, config);
  const size = { width: 24, height: 16, split: 'train', domain: 'target' as const, dataset: 0 };
  project.store.addImages([
    { id: 'a', path: 'a.jpg', classes: [0, 1], truth: 'a.png', ...size },
    { id: 'b', path: 'b.jpg', classes: [1], truth: null, ...size },
  ]);
  project.store.replaceFailures(0, [{ file: 'c.jpg', code: 'file-damaged', reason: 'cut short', action: 'skipped' }]);
  project.store.setReferences({ classIndex: 1 }, ['b']);
  project.store.labels.change([{ imageId: 'a', classIndex: 0, weight: 0.5, run: 'first' }]);
  project.store.recordArtifact({ kind: 'maps', name: 'm', parents: [{ kind: 'run', name: 'r' }], settings: { k: 1 } });
  project.close();
  return root;
}

/** Opens a project and reads what commands read of it. */
function look(root: string): unknown {
  let project: Project | undefined;
  try {
    project = openProject(root);
    const { store, photoPath, truthPath, config: { classes } } = project; // prettier-ignore
    const images = [...store.iterateImages()].map((image) => [image, photoPath(image), truthPath(image)]);
    return [images, classes, store.counts(), store.artifacts(), store.labels.changes(), store.referenceScopes(), store.references({ classIndex: 1 }), store.failures().length]; // prettier-ignore
  } finally {
    project?.close();
  }
}

let project: string;

/** A folder inside another for as long as `use` runs: SQLite may not find another file under a name it knows. */
async function inNewFolder<Result>(parent: string, use: (folder: string) => Result): Promise<Awaited<Result>> {
  const folder = mkdtempSync(join(parent, 'one-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Puts the bytes in the place of one file of a sound project. */
const inProject =
  (file: string): ForeignParser['parse'] =>
  (bytes, parent) =>
    inNewFolder(parent, (folder) => {
      for (const name of ['project.json', 'index.sqlite']) copyFileSync(join(project, name), join(folder, name));
      put(folder, file, bytes);
      return look(folder);
    });

/** Seeds of a file of a project. */
const projectFile = (file: string) => (): Uint8Array[] => {
  project = made();
  return [readFileSync(join(project, file))];
};

/** Files of our own, which others may have changed or sent. */
export const projectParsers: readonly ForeignParser[] = [
  { name: 'project.json', valid: projectFile('project.json'), parse: inProject('project.json'), share: 0.05 },
  {
    name: '.comask file',
    valid: texts('{"comask":1,"project":"."}', '{"comask":1,"project":"data/birds"}'),
    parse: ofFile('birds.comask', projectFolder),
    share: 0.2,
  },
  {
    name: 'settings of a run',
    valid: texts(
      JSON.stringify({
        schema: 1,
        origin: 'trained',
        preset: 'studio',
        settings: trainSettings.defaults(),
        weights: null,
        split: 'train',
        classes: ['cat'],
        images: { count: 1, digest: 'ab' },
        datasets: [{ ...config.datasets[0], place: 0, images: 1 }],
      }),
    ),
    parse: ofFile('settings.json', (settings, folder) => readRunRecord({ ...runFiles(folder), settings })),
    share: 0.2,
  },
  {
    name: 'record of a segmenter’s run',
    valid: texts(
      JSON.stringify({
        schema: 1,
        task: 'segment',
        origin: 'trained',
        preset: 'studio',
        settings: segmentSettings.resolve({}),
        weights: '/weights',
        split: 'train',
        classes: config.classes,
        masks: { kind: 'masks', name: 'fused' },
        agreement: null,
        images: { count: 1, corrected: 0, digest: 'x' },
        validation: { split: 'val', images: 1 },
      }),
    ),
    parse: ofFile('settings.json', (settings, folder) => readSegmentRecord({ ...runFiles(folder), settings })),
    share: 0.2,
  },
  {
    name: 'typed settings',
    valid: texts('batchSize=4\noptimiser=sgd\nscales=0.5,1\n', 'mirror=true\ninputSize=0\n'),
    parse(bytes) {
      const pairs = Buffer.from(bytes).toString('utf8').split('\n');
      return Object.values(settingGroups).map((group) => {
        const known = pairs.filter((pair) => pair.split('=')[0].trim() in group.table || pair.length % 3 === 0);
        return group.parseOverrides(known);
      });
    },
  },
  {
    name: 'lock of a run',
    valid: texts('{"pid":4194304,"host":"elsewhere"}'),
    parse: ofFile('run.lock', (file) => takeLock(file)()),
    share: 0.5,
  },
  {
    name: 'notes of an export (JSON)',
    valid: texts(JSON.stringify({ madeBy: 'comask export', record: { format: 'voc', masks: 'm' } })),
    parse: (bytes, parent) =>
      inNewFolder(parent, async (folder) => {
        put(folder, '.comask-export/export.json', bytes);
        (await openExport(folder, { format: 'voc', masks: 'm' }, false)).close();
      }),
    share: 0.1,
  },
];
