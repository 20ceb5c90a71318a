import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { projectFolder, writeProjectFile } from '../../../../../electron/engine/project/project-file.js';
import { createProject } from '../../../../../electron/engine/project/project.js';
import { put } from '../../../../support/dataset.js';
import { temporaryFolder } from '../../../../support/folder.js';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
const file = (content: unknown, name = 'birds.comask'): string =>
  put(folder, name, typeof content === 'string' ? content : JSON.stringify(content));

describe('a .comask file', () => {
  it('lies in every new project, under its name, and opens it also after the folder was moved', () => {
    const root = join(folder, 'birds');
    createProject(root, { name: 'Birds of the north', classes: ['owl'] }).close();
    expect(JSON.parse(readFileSync(join(root, 'birds.comask'), 'utf8'))).toEqual({ comask: 1, project: '.' });
    expect(projectFolder(join(root, 'birds.comask'))).toBe(root);
  });

  it('has a plain name where that of the folder is not one for every system', () => {
    const root = join(folder, 'a:b');
    mkdirSync(root);
    writeProjectFile(root);
    expect(projectFolder(join(root, 'project.comask'))).toBe(root);
  });

  it('may name a folder beside itself, and may be reached by a link', () => {
    mkdirSync(join(folder, 'data/birds'), { recursive: true });
    const real = file({ comask: 1, project: 'data/birds', more: 'of a later version' });
    expect(projectFolder(real)).toBe(join(folder, 'data/birds'));
    symlinkSync(real, join(folder, 'data/shortcut.COMASK'));
    expect(projectFolder(join(folder, 'data/shortcut.COMASK'))).toBe(join(folder, 'data/birds'));
  });

  it.each(['..', '../other', 'birds/../..', '/etc', 'C:\\data', 'c:', '\\\\host\\share', '//host/share', 'a\\..\\..\\b', 'a//b', './a', '', 'a\0b', 7, null, 'x'.repeat(600)])(
    'attack: it names %j',
    (project) => expect(() => projectFolder(file({ comask: 1, project }))).toThrow(expect.objectContaining({ code: 'file-damaged' })),
  ); // prettier-ignore

  it('attack: it names a folder that is a link to elsewhere', () => {
    const elsewhere = temporaryFolder();
    symlinkSync(elsewhere, join(folder, 'birds'));
    expect(() => projectFolder(file({ comask: 1, project: 'birds' }))).toThrow(expect.objectContaining({ code: 'path-outside' })); // prettier-ignore
    mkdirSync(join(elsewhere, 'deep'));
    expect(() => projectFolder(file({ comask: 1, project: 'birds/deep' }))).toThrow(expect.objectContaining({ code: 'path-outside' })); // prettier-ignore
  });

  it.each(['', '{', '[]', 'null', '{"project":"."}', '{"comask":2,"project":"."}', '['.repeat(4000)])(
    'attack: it holds %s',
    (text) => expect(() => projectFolder(file(text))).toThrow(expect.objectContaining({ code: 'file-damaged' })),
  ); // prettier-ignore

  it('attack: it is large', () =>
    expect(() => projectFolder(file(`{"comask":1,"project":".","x":"${'x'.repeat(5000)}"}`))).toThrow(
      expect.objectContaining({ code: 'file-too-large' }),
    ));
});

describe('a path that stands for a project', () => {
  it('is its folder, whatever that is called, or the project.json in it', () => {
    const odd = join(folder, 'birds.comask');
    const config = put(odd, 'project.json', '{}');
    expect([odd, config, join(folder, 'none'), join(folder, 'none.comask')].map(projectFolder)).toEqual([odd, odd, join(folder, 'none'), join(folder, 'none.comask')]); // prettier-ignore
  });
});
