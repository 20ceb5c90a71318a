import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { drawnTruth } from '../../../../../electron/engine/project/layout.js';
import { createProject, openProject } from '../../../../../electron/engine/project/project.js';
import { temporaryFolder } from '../../../../support/folder.js';

function newProject(): { folder: string; project: ReturnType<typeof createProject> } {
  const folder = join(temporaryFolder(), 'project');
  const project = createProject(folder, { name: 'pets', classes: ['cat', 'dog'] });
  onTestFinished(() => project.close());
  return { folder, project };
}

describe('a project', () => {
  it('is found again with everything it was made with', () => {
    const { folder, project } = newProject();
    const place = project.addDataset({ root: '/photos', format: 'folders', domain: 'web' });
    expect(project.addDataset({ root: '/photos', format: 'folders', domain: 'web' })).toBe(place);
    const again = openProject(folder);
    onTestFinished(() => again.close());
    expect(again.config).toEqual(project.config);
    expect(again.config).toMatchObject({ name: 'pets', classes: ['cat', 'dog'], palette: 'voc' });
    expect(again.config.datasets).toHaveLength(1);
  });

  it('finds photos and ground truth inside their dataset only', () => {
    const { project } = newProject();
    project.addDataset({ root: '/photos', format: 'folders', domain: 'target' });
    expect(project.photoPath({ dataset: 0, path: 'cat/1.jpg' })).toBe(join('/photos', 'cat/1.jpg'));
    expect(project.truthPath({ dataset: 0, truth: null })).toBeNull();
    expect(() => project.photoPath({ dataset: 0, path: '../1.jpg' })).toThrow(/leads out/);
    expect(() => project.photoPath({ dataset: 1, path: '1.jpg' })).toThrow(/dataset 1/);
  });

  it('finds photos of a dataset that another process has added meanwhile', () => {
    const { folder, project } = newProject();
    const other = openProject(folder);
    onTestFinished(() => other.close());
    other.addDataset({ root: '/photos', format: 'voc', domain: 'target', truth: { convention: 'zero-based' } });
    expect(project.truthConvention({ dataset: 0, truth: 'a.png' })).toBe('zero-based');
    expect(project.photoPath({ dataset: 0, path: '1.jpg' })).toBe(join('/photos', '1.jpg'));
  });

  it('finds ground truth that an import drew inside itself, in its own labels', () => {
    const { folder, project } = newProject();
    project.addDataset({ root: '/photos', format: 'voc', domain: 'target', truth: { convention: 'cityscapes' } });
    const drawn = { dataset: 0, truth: drawnTruth('a/b') };
    expect(project.truthPath(drawn)).toBe(join(folder, 'truth/a/b.png'));
    expect(project.truthConvention(drawn)).toBe('voc');
    expect(project.truthConvention({ dataset: 0, truth: 'masks/b.png' })).toBe('cityscapes');
    expect(() => project.truthPath({ dataset: 0, truth: '/truth/../../b.png' })).toThrow(/leads out/);
    expect(() => project.truthPath({ dataset: 0, truth: '/etc/b.png' })).toThrow(/leads out/);
  });

  it('takes over how a dataset writes ground truth, and keeps it where nothing is said', () => {
    const { project } = newProject();
    const dataset = { root: '/photos', format: 'voc', domain: 'target' } as const;
    project.addDataset(dataset);
    project.addDataset({ ...dataset, truth: { convention: 'zero-based' } });
    expect(project.addDataset(dataset)).toBe(0);
    expect(project.config.datasets).toEqual([{ ...dataset, truth: { convention: 'zero-based' } }]);
  });

  it('is not made twice in one folder', () => {
    const { folder } = newProject();
    expect(() => createProject(folder, { name: 'x', classes: ['y'] })).toThrow(
      expect.objectContaining({ code: 'project-exists' }),
    );
  });

  it('cannot be made where a file stands', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    for (const folder of [file, join(file, 'inside')]) {
      expect(() => createProject(folder, { name: 'x', classes: ['y'] })).toThrow(
        expect.objectContaining({ code: 'not-writable' }),
      );
    }
  });

  it.each([
    ['project-newer', (config: object) => JSON.stringify({ ...config, schema: 99 })],
    ['project-damaged', (config: object) => JSON.stringify({ ...config, classes: [] })],
    ['project-damaged', () => '{"schema": 1, "na'],
  ])('whose project.json does not fit is %s', (code, change) => {
    const { folder, project } = newProject();
    const file = project.paths.config;
    writeFileSync(file, change(JSON.parse(readFileSync(file, 'utf8')) as object));
    expect(() => openProject(folder)).toThrow(expect.objectContaining({ code }));
  });

  it('that is not there is missing, and nothing is made', () => {
    expect(() => openProject(temporaryFolder())).toThrow(expect.objectContaining({ code: 'project-missing' }));
  });
});
