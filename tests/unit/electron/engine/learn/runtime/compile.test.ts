import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withAttributeLists } from '../../../../../../electron/engine/learn/runtime/binding-lists.js';
import {
  bindingSources,
  compileArguments,
  compileBinding,
  findCompiler,
} from '../../../../../../electron/engine/learn/runtime/compile.js';
import { releaseFor } from '../../../../../../electron/engine/learn/runtime/release.js';
import { temporaryFolder } from '../../../../../support/folder.js';
import type { RunProcess } from '../../../../../../electron/engine/learn/runtime/run-process.js';

const inputs = (platform: 'linux' | 'darwin', arch: 'x64' | 'arm64') => ({
  folder: '/runtime',
  include: '/runtime/tensorflow/include',
  binding: '/package',
  nodeHeaders: '/headers',
  release: releaseFor({ platform, arch }, 'cpu'),
});

describe('compileArguments', () => {
  it('links with both libraries and finds them again wherever the folder is moved', () => {
    const args = compileArguments(inputs('linux', 'x64'));
    expect(args).toContain('-shared');
    expect(args).toContain('/runtime/tensorflow/libtensorflow_cc.so.2');
    expect(args).toContain('/runtime/tensorflow/libtensorflow_framework.so.2');
    expect(args).toContain('-Wl,-rpath,$ORIGIN/tensorflow');
    expect(args.slice(-2)).toEqual(['-o', '/runtime/tfjs_binding.node']);
  });

  it('makes a bundle on macOS, where Node supplies its own symbols', () => {
    const args = compileArguments(inputs('darwin', 'arm64'));
    expect(args).toContain('-bundle');
    expect(args).toContain('-Wl,-rpath,@loader_path/tensorflow');
    expect(args).not.toContain('-shared');
  });
});

describe('findCompiler', () => {
  const only =
    (...present: string[]): RunProcess =>
    (command) =>
      present.includes(command)
        ? Promise.resolve({ code: 0, stdout: '', stderr: '' })
        : Promise.reject(new Error('spawn ENOENT'));

  it('prefers what CXX names, then g++, and knows when there is none', async () => {
    expect(await findCompiler(only('g++', 'clang++'), {})).toMatchObject({ command: 'g++' });
    expect(await findCompiler(only('g++', 'clang++'), { CXX: 'clang++' })).toMatchObject({ command: 'clang++' });
    expect(await findCompiler(only('c++'), { CXX: 'icpx' })).toMatchObject({ command: 'c++' });
    expect(await findCompiler(only(), {})).toBeNull();
  });
});

describe('compileBinding', () => {
  it.each([
    ['a.cc:1:1: fatal error: no such header', 'tool-missing', /no such header/],
    ['cc1plus: error: cannot write: No space left on device', 'disk-full', /disk is full/],
  ])('passes the compiler’s complaint on: %s', async (stderr, code, message) => {
    const run: RunProcess = () => Promise.resolve({ code: 1, stdout: '', stderr });
    const given = { ...inputs('linux', 'x64'), folder: temporaryFolder(), binding: bindingSources().binding };
    const compiling = compileBinding({ command: 'g++', prefix: [] }, given, { run });
    await expect(compiling).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect(readdirSync(given.folder)).toEqual([]);
  });
});

it('takes the sources from the npm package of the version that the table names', async () => {
  const { binding } = bindingSources();
  const { default: manifest } = await import(`${binding}/package.json`, { with: { type: 'json' } });
  expect(manifest.version).toBe(releaseFor({ platform: 'linux', arch: 'x64' }, 'cpu').tfjs);
});

describe('withAttributeLists', () => {
  it('adds lists of strings and types to the source of that version', () => {
    const source = readFileSync(join(bindingSources().binding, 'binding', 'tfjs_backend.cc'), 'utf8');
    const changed = withAttributeLists(source);
    expect(source).not.toMatch(/TFE_OpSetAttr(String|Type)List/);
    for (const call of ['TFE_OpSetAttrStringList', 'TFE_OpSetAttrTypeList'])
      expect(changed.split(call)).toHaveLength(2);
  });

  it.each(['', 'case TF_ATTR_TYPE: {', 'case TF_ATTR_STRING: { case TF_ATTR_STRING: { case TF_ATTR_TYPE: {'])(
    'leaves a source that is laid out in another way alone: %j',
    (source) => {
      expect(withAttributeLists(source)).toBe(source);
    },
  );
});
