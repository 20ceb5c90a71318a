import { describe, expect, it } from 'vitest';
import { pipArguments, pipFailure } from '../../../../../../electron/engine/learn/runtime/pip.js';
import { findPython, pythonIsNewEnough } from '../../../../../../electron/engine/learn/runtime/python.js';
import { releaseFor } from '../../../../../../electron/engine/learn/runtime/release.js';
import type { RunProcess } from '../../../../../../electron/engine/learn/runtime/run-process.js';

const [wheel] = releaseFor({ platform: 'linux', arch: 'x64' }, 'cpu').wheels;
const ended = (code: number, stdout = ''): ReturnType<RunProcess> => Promise.resolve({ code, stdout, stderr: '' });
const absent: RunProcess = () => Promise.reject(Object.assign(new Error('spawn ENOENT'), { code: 'ENOENT' }));

describe('pipFailure', () => {
  it.each([
    ['no network', 'NewConnectionError(...): Temporary failure in name resolution', 'download-failed', /no network/],
    ['a proxy that refuses', 'ProxyError: Cannot connect to proxy', 'download-failed', /no network/],
    [
      'another file than the published one',
      'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES',
      'download-failed',
      /broken/,
    ],
    ['a full disk', 'OSError: [Errno 28] No space left on device', 'disk-full', /full/],
    ['anything else', 'first\nERROR: No matching distribution found', 'download-failed', /No matching distribution/],
  ])('says what to do about %s', (_name, output, code, message) => {
    const error = pipFailure(wheel, output);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.remedy).toBeTruthy();
  });
});

describe('pipArguments', () => {
  it('asks for one wheel of another Python, by hash and without its dependencies', () => {
    const args = pipArguments(wheel, 'requirements.txt', 'out').join(' ');
    expect(args).toContain('--no-deps');
    expect(args).toContain('--require-hashes');
    expect(args).toContain('--platform manylinux_2_27_x86_64');
    expect(args).toContain('--dest out --requirement requirements.txt');
  });
});

describe('findPython', () => {
  it('compares versions as numbers', () => {
    expect(['3.8', '3.9', '3.14', '2.7', '4.0'].map(pythonIsNewEnough)).toEqual([false, true, true, false, true]);
  });

  it('takes the first that is new enough and has pip', async () => {
    const run: RunProcess = (command, args) => {
      if (command === 'python3') return ended(0, '3.8\n');
      return args.includes('pip') ? ended(0) : ended(0, '3.12\n');
    };
    expect(await findPython(run, 'linux', {})).toEqual({ command: 'python', prefix: [], version: '3.12' });
  });

  it('says what to install where there is none', async () => {
    await expect(findPython(absent, 'linux', {})).rejects.toMatchObject({
      code: 'tool-missing',
      message: expect.stringContaining('Python 3.9 or newer with pip is needed'),
      remedy: expect.stringContaining('apt install python3-pip'),
    });
  });

  it('says which of the found ones lacks what', async () => {
    const run: RunProcess = (command, args) => {
      if (command === 'python') return ended(0, '2.7\n');
      return args.includes('pip') ? ended(1) : ended(0, '3.11\n');
    };
    await expect(findPython(run, 'linux', {})).rejects.toThrow(
      /python3 \(Python 3\.11\) has no pip; python is Python 2\.7/,
    );
  });
});
