import { describe, expect, it, onTestFinished } from 'vitest';
import { openProject, type Project } from '../../../../../electron/engine/project/project.js';
import { classIndexOf, imageWithClass } from '../../../../../electron/engine/services/references.js';
import { temporaryFolder } from '../../../../support/folder.js';
import { smallProject } from '../../../../support/project.js';

function open(): Project {
  const project = openProject(smallProject(temporaryFolder(), 3));
  onTestFinished(() => project.close());
  return project;
}

describe('reference sets', () => {
  it('find a class by its name or number', () => {
    const project = open();
    expect(['disc', 'bar', '0', '1'].map((name) => classIndexOf(project, name))).toEqual([0, 1, 0, 1]);
    for (const name of ['2', '-1', 'Bar', ''])
      expect(() => classIndexOf(project, name)).toThrow(expect.objectContaining({ code: 'label-unknown' }));
  });

  it('take only images that carry the class', () => {
    const project = open();
    expect(imageWithClass(project, 'p000', 0).id).toBe('p000');
    expect(() => imageWithClass(project, 'p000', 1)).toThrow(expect.objectContaining({ code: 'label-missing' }));
    expect(() => imageWithClass(project, 'p009', 1)).toThrow(expect.objectContaining({ code: 'set-missing' }));
  });
});
