import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StateFile, withRecent } from '../../../../electron/main/state.js';
import { temporaryFolder } from '../../../support/folder.js';

const fresh = { window: null, recent: [], theme: 'system', language: null, port: 0 };
const window = { x: 1, y: 2, width: 3, height: 4, maximized: true };

describe('what the shell remembers', () => {
  it('comes back, in a folder that is made for it', () => {
    const file = join(temporaryFolder(), 'new', 'shell.json');
    const first = new StateFile(file);
    expect(first.state).toEqual(fresh);
    first.change({ window, port: 4321 });
    first.change({ theme: 'dark' });
    expect(new StateFile(file).state).toEqual({ ...fresh, window, port: 4321, theme: 'dark' });
  });

  it.each(['', '{', '[]', 'null', '"x"'])('starts anew from a damaged file: %s', (text) => {
    const file = join(temporaryFolder(), 'shell.json');
    writeFileSync(file, text);
    expect(new StateFile(file).state).toEqual(fresh);
  });

  it('keeps what is sound beside what is not', () => {
    const file = join(temporaryFolder(), 'shell.json');
    writeFileSync(
      file,
      JSON.stringify({ window: { ...window, width: -1 }, recent: ['/a'], theme: 'pink', port: 70_000, more: 1 }),
    );
    expect(new StateFile(file).state).toEqual({ ...fresh, recent: ['/a'] });
  });

  it('is remembered until the end where it cannot be written', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    const state = new StateFile(join(folder, 'file', 'shell.json'));
    state.change({ port: 1 });
    expect(state.state.port).toBe(1);
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('');
  });

  it('has each project once, the latest first, ten at most', () => {
    expect(withRecent(['/a', '/b'], '/b')).toEqual(['/b', '/a']);
    expect(
      withRecent(
        Array.from({ length: 10 }, (_, i) => `/${i}`),
        '/new',
      ),
    ).toHaveLength(10);
  });
});
