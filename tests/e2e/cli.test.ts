import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { comask } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';

const program = resolve(import.meta.dirname, '../../build/comask.mjs');
const PATH = process.env.PATH ?? '';

/** Runs `comask` with nothing of this process's environment but what is given. */
function bare(
  env: Record<string, string>,
  ...args: string[]
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [program, ...args], { env, encoding: 'utf8' });
}

describe('comask', () => {
  it('prints its help and its version', async () => {
    const { exitCode, stdout } = await comask('--help');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Usage: comask /);
    expect(await comask('--version')).toMatchObject({ exitCode: 0, stdout: `${packageJson.version}\n` });
  });

  it.each([
    ['an unknown command', ['paint']],
    ['an unknown option', ['settings', '--colour']],
    ['an unknown device', ['runtime', 'install', '--device', 'abacus']],
  ])('ends with 2 for %s', async (_name, args) => {
    const { exitCode, stderr, stdout } = await comask(...args);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error: /);
    expect(stdout).toBe('');
  });

  it('prints an error as JSON on stdout under --json, and for a person on stderr', async () => {
    const { exitCode, stdout, stderr } = await comask('--json', 'settings', 'colours');
    expect(exitCode).toBe(2);
    const { error } = JSON.parse(stdout) as { error: Record<string, string> };
    expect(error).toMatchObject({ code: 'usage', message: expect.stringContaining('colours') });
    expect(error.remedy).toBeTruthy();
    expect(stderr).toContain(error.message);
  });

  it('prints only JSON on stdout under --json', async () => {
    const { exitCode, stdout } = await comask('--json', 'runtime', 'status');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual(expect.any(Array));
  });
});

describe.skipIf(process.platform === 'win32')('comask runtime install', () => {
  it('says what to install where there is no Python, and leaves nothing half done', () => {
    const [home, empty] = [temporaryFolder(), temporaryFolder()];
    const { status, stderr } = bare({ COMASK_HOME: home, PATH: empty }, 'runtime', 'install', '--device', 'cpu');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: Python 3\.9 or newer with pip is needed[^]*\n {2}Install Python/m);
    expect(readdirSync(join(home, 'runtime')).filter((name) => name.startsWith('tensorflow'))).toEqual([]);
  });

  it('says that there is no network', () => {
    const nowhere = {
      PIP_INDEX_URL: 'http://127.0.0.1:9/simple',
      PIP_CONFIG_FILE: '/dev/null',
      PIP_EXTRA_INDEX_URL: '',
    };
    const env = { COMASK_HOME: temporaryFolder(), PATH, HOME: process.env.HOME ?? '', ...nowhere };
    const { status, stderr } = bare(env, 'runtime', 'install', '--device', 'cpu');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: no network[^]*\n {2}Check the connection/m);
  });

  it('names the folder that cannot be made', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const { status, stderr } = bare(
      { COMASK_HOME: join(file, 'below'), PATH },
      'runtime',
      'install',
      '--device',
      'cpu',
    );
    expect(status).toBe(1);
    expect(stderr).toContain(join(file, 'below'));
  });
});
