import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { comask, signalWhen, startComask } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { smallProject, smallTraining } from '../support/project.js';

const filesOf = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => /^[^.].*\.(png|npy)$/.test(name)) : [];

/** Digests of the bytes of all finished files. */
const digests = (folder: string): Record<string, string> =>
  Object.fromEntries(
    filesOf(folder).map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  );

describe('a localization that is stopped', () => {
  it('goes on to the same maps after kill -9 and after SIGINT', async () => {
    const project = smallProject(temporaryFolder(), 40);
    expect(await comask('train', project, '--run', 'r', ...smallTraining(1))).toMatchObject({ exitCode: 0 });
    const localize = (maps: string): string[] =>
      ['localize', project, '--run', 'r', '--maps', maps, '--raw', '--set', 'inputSize=32'] // prettier-ignore
        .concat('--set', 'references.count=3');
    const folder = (maps: string): string => join(project, 'maps', maps);
    expect(await comask(...localize('whole'))).toMatchObject({ exitCode: 0 });
    const all = digests(folder('whole'));
    expect(Object.keys(all)).toHaveLength(2 * (40 + 13));

    for (const [maps, signal] of [
      ['killed', 'SIGKILL'],
      ['stopped', 'SIGINT'],
    ] as const) {
      const ended = await signalWhen(startComask(...localize(maps)), signal, () => filesOf(folder(maps)).length >= 9);
      if (signal === 'SIGKILL') expect(ended.signal).toBe('SIGKILL');
      else expect(ended.exitCode).toBe(130);
      const left = digests(folder(maps));
      expect(Object.keys(left).length).toBeLessThan(Object.keys(all).length);
      expect(all).toMatchObject(left);

      expect(await comask(...localize(maps))).toMatchObject({ exitCode: 0 });
      expect(digests(folder(maps))).toEqual(all);
    }
  });
});
