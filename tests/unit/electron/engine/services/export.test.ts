import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { encodeLabelMap, readLabelMap } from '../../../../../electron/engine/images/index.js';
import { newProject } from '../../../../../electron/engine/project/import/new-project.js';
import { openProject, type Project } from '../../../../../electron/engine/project/project.js';
import { exportMasks, type ExportRequest } from '../../../../../electron/engine/services/export.js';
import { exportSettings, type ExportSettings } from '../../../../../shared/settings/index.js';
import type { OnProgress } from '../../../../../shared/progress.js';
import { put } from '../../../../support/dataset.js';
import { exportedIds, frameMask, maskedProject } from '../../../../support/exported.js';
import { temporaryFolder } from '../../../../support/folder.js';

const COUNT = exportedIds.length;

interface Fixture {
  project: Project;
  folder: string;
  /** Where exports go. */
  to: string;
}

async function fixture(): Promise<Fixture> {
  const folder = temporaryFolder();
  const project = await maskedProject(folder);
  onTestFinished(() => project.close());
  return { project, folder, to: join(folder, 'out') };
}

const run = (
  { project, to }: Pick<Fixture, 'project' | 'to'>,
  request: Partial<ExportRequest> = {},
  settings: Partial<ExportSettings> = {},
  onProgress: OnProgress = () => undefined,
  signal: AbortSignal = new AbortController().signal,
): ReturnType<typeof exportMasks> =>
  exportMasks(
    project,
    { masks: 'fused', format: 'png', to, labelled: false, corrected: true, overwrite: false, ...request },
    exportSettings.resolve(settings),
    onProgress,
    signal,
  );

/** Paths of an export without its notes. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && !entry.parentPath.includes('.comask-export'))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

describe('an export', () => {
  it('writes every mask and says so', async () => {
    const made = await fixture();
    const report = await run(made);
    expect(report).toEqual({
      folder: made.to,
      format: 'png',
      images: COUNT,
      written: COUNT,
      kept: 0,
      withoutMask: 0,
      failures: [],
      corrected: 0,
    });
    for (const [place, id] of exportedIds.entries()) {
      expect(await readLabelMap(join(made.to, `masks/${id}.png`))).toEqual(frameMask(place));
    }
    expect(filesIn(made.to)).toEqual(expect.arrayContaining(['classes.txt', 'palette.csv']));
  });

  it('of predictions leaves masks made by hand aside', async () => {
    const made = await fixture();
    put(made.project.root, 'predictions/fused/b.png', encodeLabelMap(frameMask(0)));
    put(made.project.root, 'masks/corrected/b.png', encodeLabelMap(frameMask(4)));
    const report = await run(made, { of: 'predictions' });
    expect(report).toMatchObject({ written: 1, corrected: 0, withoutMask: COUNT - 1 });
    expect(await readLabelMap(join(made.to, 'masks/b.png'))).toEqual(frameMask(0));
    await expect(run(made, { of: 'predictions', masks: 'none' })).rejects.toMatchObject({ code: 'set-missing' });
  });

  it('as a VOC devkit comes back as the same images, splits, labels and masks', async () => {
    const { project, folder, to } = await fixture();
    await run({ project, to }, { format: 'voc' });
    const signal = new AbortController().signal;
    const request = { folder: `${folder}/again`, dataset: to, format: 'auto', domain: 'target' } as const;
    const { root, failures } = await newProject(request, signal, () => undefined);
    const again = openProject(root);
    try {
      expect(failures).toMatchObject([{ id: 'c', code: 'label-missing' }]);
      expect(again.config.classes).toEqual(project.config.classes);
      for (const [place, id] of exportedIds.entries()) {
        const before = project.store.image(id)!;
        // A blank, which lists cannot hold, is the one thing that changes an id.
        const after = again.store.image(id.replace(' ', '%20'))!;
        expect(after).toMatchObject({ split: before.split, classes: before.classes, width: before.width });
        expect(await readLabelMap(again.truthPath(after)!)).toEqual(frameMask(place));
        expect(readFileSync(again.photoPath(after))).toEqual(readFileSync(project.photoPath(before)));
      }
      expect(again.store.countImages()).toBe(COUNT);
    } finally {
      again.close();
    }
  });

  it('keeps what is done, follows masks that changed, and adds what is new', async () => {
    const made = await fixture();
    const { project, to } = made;
    await run(made, { format: 'coco' });
    const document = join(to, 'annotations/instances_train.json');
    const before = readFileSync(document, 'utf8');
    expect(await run(made, { format: 'coco' })).toMatchObject({ written: 0, kept: COUNT });
    expect(readFileSync(document, 'utf8')).toBe(before);

    put(project.root, 'masks/fused/c.png', encodeLabelMap({ ...frameMask(0), data: new Uint8Array(24 * 16) }));
    expect(await run(made, { format: 'coco' })).toMatchObject({ written: 1, kept: COUNT - 1 });
    const { annotations } = JSON.parse(readFileSync(document, 'utf8')) as { annotations: { image_id: number }[] };
    expect(new Set(annotations.map(({ image_id }) => image_id))).toEqual(new Set([1]));
  });

  it('makes a file anew that is gone', async () => {
    const made = await fixture();
    await run(made);
    rmSync(join(made.to, 'masks/b.png'));
    expect(await run(made)).toMatchObject({ written: 1, kept: COUNT - 1 });
    expect(existsSync(join(made.to, 'masks/b.png'))).toBe(true);
  });

  it('takes masks made by hand first, unless told not to', async () => {
    const made = await fixture();
    put(made.project.root, 'masks/corrected/b.png', encodeLabelMap(frameMask(7)));
    expect(await run(made)).toMatchObject({ written: COUNT, corrected: 1 });
    expect(await readLabelMap(join(made.to, 'masks/b.png'))).toEqual(frameMask(7));
    const plain = { ...made, to: `${made.to}-plain` };
    expect(await run(plain, { corrected: false })).toMatchObject({ corrected: 0 });
    expect(await readLabelMap(join(plain.to, 'masks/b.png'))).toEqual(frameMask(2));
    const byHand = { ...made, to: `${made.to}-by-hand` };
    expect(await run(byHand, { masks: 'corrected' })).toMatchObject({ written: 1, withoutMask: COUNT - 1 });
  });

  it('narrows by split and labels', async () => {
    const made = await fixture();
    expect(await run(made, { split: 'train' })).toMatchObject({ images: 2, written: 2 });
    const labelled = { ...made, to: `${made.to}-labelled` };
    expect(await run(labelled, { labelled: true })).toMatchObject({ images: COUNT - 1 });
    await expect(run(labelled, { split: 'none' })).rejects.toMatchObject({ code: 'dataset-empty' });
    await expect(run(labelled, { masks: 'none' })).rejects.toMatchObject({ code: 'set-missing' });
  });

  it('lists what it cannot use and goes on', async () => {
    const made = await fixture();
    const { project, folder, to } = made;
    put(project.root, 'masks/fused/a/1.png', 'no image');
    put(project.root, 'masks/fused/a/2.png', encodeLabelMap({ width: 1, height: 1, data: Uint8Array.of(1) }));
    put(project.root, 'masks/fused/b.png', encodeLabelMap({ ...frameMask(0), data: frameMask(0).data.fill(3) }));
    rmSync(join(folder, 'photos/c.jpg'));
    const report = await run(made, { photos: 'copy' });
    expect(report.failures.map(({ id, code }) => [id, code])).toEqual([
      ['a/1', 'file-damaged'],
      ['a/2', 'size-mismatch'],
      ['b', 'label-unknown'],
      ['c', 'file-missing'],
    ]);
    expect(report.written).toBe(1);
    expect(filesIn(to).filter((path) => path.endsWith('.png'))).toEqual(['masks/d e.png']);
  });

  it('copies photos or links to them', async () => {
    const made = await fixture();
    await run(made, { photos: 'copy' });
    expect(lstatSync(join(made.to, 'images/a/1.jpg')).isFile()).toBe(true);
    const linked = { ...made, to: `${made.to}-linked` };
    await run(linked, { photos: 'link' });
    expect(lstatSync(join(linked.to, 'images/a/1.jpg')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(linked.to, 'images/a/1.jpg'))).toEqual(readFileSync(join(made.to, 'images/a/1.jpg')));
  });
});

describe('a stopped export', () => {
  it.each(['voc', 'coco', 'cvat', 'labelstudio', 'yolo'])('of %s goes on to the same files', async (format) => {
    const made = await fixture();
    await run(made, { format });
    const stopped = { ...made, to: `${made.to}-stopped` };
    const abort = new AbortController();
    const stop: OnProgress = ({ done }) => (done >= 1 ? abort.abort() : undefined);
    await expect(run(stopped, { format }, {}, stop, abort.signal)).rejects.toMatchObject({ code: 'interrupted' });
    const rest = await run(stopped, { format });
    expect(rest.kept).toBeGreaterThan(0);
    expect(rest.kept + rest.written).toBe(COUNT);
    expect(filesIn(stopped.to)).toEqual(filesIn(made.to));
    for (const path of filesIn(made.to)) {
      expect(readFileSync(join(stopped.to, path)).equals(readFileSync(join(made.to, path))), path).toBe(true);
    }
  });
});

describe('the folder of an export', () => {
  it('may not hold other files, nor be one', async () => {
    const made = await fixture();
    mkdirSync(made.to);
    writeFileSync(join(made.to, 'thesis.txt'), 'years of work');
    await expect(run(made)).rejects.toMatchObject({ code: 'not-writable', message: /other files/ });
    await expect(run({ ...made, to: join(made.to, 'thesis.txt') })).rejects.toMatchObject({ code: 'not-writable' });
    expect(readdirSync(made.to)).toEqual(['thesis.txt']);
  });

  it('may not lie in the project or among the photos, not even by a link', async () => {
    const made = await fixture();
    symlinkSync(join(made.folder, 'photos'), join(made.folder, 'link'));
    for (const to of ['project/out', 'photos', 'photos/new/out', 'link/out', 'project']) {
      const refused = run({ ...made, to: join(made.folder, to) }, { overwrite: true });
      await expect(refused, to).rejects.toMatchObject({ code: 'not-writable', message: /lies in the folder of/ });
    }
    expect(existsSync(join(made.folder, 'photos/new'))).toBe(false);
  });

  it('holds one export: another is refused, or replaces it whole', async () => {
    const made = await fixture();
    await run(made);
    const other = { format: 'coco' };
    await expect(run(made, other)).rejects.toMatchObject({ code: 'usage', message: /another format/ });
    await expect(run(made, {}, { minArea: 5 })).rejects.toMatchObject({ code: 'usage', message: /another settings/ });
    writeFileSync(join(made.to, 'notes.txt'), 'mine');
    expect(await run(made, { ...other, overwrite: true })).toMatchObject({ written: COUNT, kept: 0 });
    expect(filesIn(made.to)).toEqual([
      'annotations/instances_all.json',
      'annotations/instances_train.json',
      'annotations/instances_val.json',
      'notes.txt',
    ]);
  });

  it('is named with a remedy when its notes are damaged', async () => {
    const made = await fixture();
    await run(made);
    put(made.to, '.comask-export/journal.sqlite', 'x'.repeat(5000));
    await expect(run(made)).rejects.toMatchObject({ code: 'file-damaged', remedy: expect.stringMatching(/Delete/) });
  });

  it.skipIf(process.getuid?.() === 0)('that cannot be written to is named (not as root)', async () => {
    const made = await fixture();
    mkdirSync(made.to, { mode: 0o500 });
    await expect(run(made)).rejects.toMatchObject({ code: 'not-writable' });
  });
});

it('refuses a format that there is not', async () => {
  await expect(run(await fixture(), { format: 'psd' })).rejects.toMatchObject({ code: 'usage' });
});
