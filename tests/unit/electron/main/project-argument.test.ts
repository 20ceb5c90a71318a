import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectArgument, projectFolder } from '../../../../electron/main/project-argument.js';
import { put } from '../../../support/dataset.js';
import { temporaryFolder } from '../../../support/folder.js';

describe('the project that a start names', () => {
  it('is the first that is no switch, from where it was typed', () => {
    expect(projectArgument([], '/home')).toBeNull();
    expect(projectArgument(['--no-sandbox', ''], '/home')).toBeNull();
    expect(projectArgument(['--no-sandbox', 'birds'], '/home')).toBe(join('/home', 'birds'));
    expect(projectArgument(['/birds'], '/home')).toBe('/birds');
  });

  it('may be given by its .comask file or project.json', () => {
    const folder = temporaryFolder();
    expect(projectFolder(put(folder, 'birds.comask', ''))).toBe(folder);
    expect(projectFolder(put(folder, 'project.json', '{}'))).toBe(folder);
    expect(projectFolder(join(folder, 'none.comask'))).toBe(join(folder, 'none.comask'));
    expect(projectFolder(folder)).toBe(folder);
  });

  it('may be a folder with such a name', () => {
    const folder = join(temporaryFolder(), 'birds.comask');
    put(folder, 'project.json', '{}');
    expect(projectFolder(folder)).toBe(folder);
  });
});
