import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeGrey } from '../../electron/engine/images/index.js';
import { writeFileAtomicSync } from '../../electron/engine/project/files.js';
import { openProject } from '../../electron/engine/project/project.js';
import { comask, signalWhen, startComask } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { smallProject } from '../support/project.js';

const IMAGES = 300;

/** Maps of every label, a gradient each. */
function writeMaps(folder: string, name: string): void {
  const project = openProject(folder);
  for (const { id, width, height, classes } of project.store.iterateImages()) {
    for (const index of classes) {
      const data = Uint8Array.from({ length: width * height }, (_, i) => (i * (index + 3) + Number(id.slice(1))) % 256);
      writeFileAtomicSync(project.paths.map(name, id, index), encodeGrey({ width, height, data }));
    }
  }
  project.close();
}

const masksOf = (project: string, name: string): string[] => {
  const folder = join(project, 'masks', name);
  return existsSync(folder) ? readdirSync(folder).filter((file) => /^[^.].*\.png$/.test(file)) : [];
};
const digests = (project: string, name: string): Record<string, string> =>
  Object.fromEntries(
    masksOf(project, name).map((file) => {
      const bytes = readFileSync(join(project, 'masks', name, file));
      return [file, createHash('sha256').update(bytes).digest('hex')];
    }),
  );

describe('a fusion that is killed', () => {
  it('leaves whole masks only, and goes on to the same set', async () => {
    const project = smallProject(temporaryFolder(), IMAGES);
    writeMaps(project, 'm');
    const masks = (name: string): string[] => ['masks', project, '--maps', 'm', '--masks', name];
    expect(await comask(...masks('whole'))).toMatchObject({ exitCode: 0 });
    const all = digests(project, 'whole');
    expect(Object.keys(all)).toHaveLength(IMAGES);

    const running = startComask(...masks('killed'));
    const ended = await signalWhen(running, 'SIGKILL', () => masksOf(project, 'killed').length > 0);
    expect(ended.signal).toBe('SIGKILL');
    const left = digests(project, 'killed');
    expect(Object.keys(left).length).toBeLessThan(IMAGES);
    expect(all).toMatchObject(left);

    expect(await comask(...masks('killed'))).toMatchObject({ exitCode: 0 });
    expect(digests(project, 'killed')).toEqual(all);
  });
});
