import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { newProject } from '../../../electron/engine/project/import/new-project.js';
import { isProject } from '../../../electron/engine/project/project.js';
import { writeFileAtomicSync } from '../../../electron/engine/project/files.js';
import { manyPhotos } from '../../support/many-photos.js';

/** A project of `count` tiny photos in a folder, made unless it is there from an earlier bench. Returns its root. */
export async function benchProject(folder: string, count: number): Promise<string> {
  const [dataset, root, whole] = ['photos', 'project', 'whole'].map((name) => join(folder, `${name}-${count}`));
  if (existsSync(whole) && isProject(root)) return root;
  for (const half of [root, dataset]) rmSync(half, { recursive: true, force: true });
  await manyPhotos(dataset, count);
  const request = { folder: root, dataset, format: 'voc', domain: 'target' } as const;
  await newProject(request, new AbortController().signal, () => undefined);
  writeFileAtomicSync(whole, '');
  return root;
}
