import { existsSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { StudioError } from '../../../../shared/errors.js';
import { createProject, isProject, openProject, type Project } from '../../project/project.js';
import type { SampleRecipe } from './recipe.js';

/** Where the sample goes unless a person says: beside their documents, or in their home. */
export function sampleFolder({ name }: Pick<SampleRecipe, 'name'>, home = homedir()): string {
  const documents = join(home, 'Documents');
  return join(existsSync(documents) && statSync(documents).isDirectory() ? documents : home, name);
}

/**
 * The sample project in a folder, still empty where it is made now (fillSample). A project that is there is taken as it is.
 * Throws `not-writable` for a folder that holds anything else.
 */
export function sampleProject(folder: string, { name, classes }: SampleRecipe): Project {
  const root = resolve(folder);
  if (isProject(root)) return openProject(root);
  if (existsSync(root) && (!statSync(root).isDirectory() || readdirSync(root).length > 0)) {
    throw new StudioError({
      code: 'not-writable',
      message: `${root} holds other files`,
      file: root,
      remedy: 'Choose a folder that does not exist yet for the sample.',
    });
  }
  return createProject(root, { name, classes });
}
