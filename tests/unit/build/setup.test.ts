import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isNodeNewEnough, minimumNode, oldNodeMessage } from '../../../build/node-version.mjs';
import { bundleOutdated, explainNpm, newest, packagesMissing } from '../../../build/setup.mjs';
import packageJson from '../../../package.json' with { type: 'json' };
import { temporaryFolder } from '../../support/folder.js';

/** Writes a file as if it had been changed `seconds` after some fixed time. */
function fileAt(path: string, seconds: number): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, '');
  utimesSync(path, 1_700_000_000 + seconds, 1_700_000_000 + seconds);
}

/** Sets the time of folders, which making files in them changes. */
const foldersAt = (seconds: number, ...paths: string[]): void =>
  paths.forEach((path) => utimesSync(path, 1_700_000_000 + seconds, 1_700_000_000 + seconds));

describe('the version of Node', () => {
  it('compares numbers, not text', () => {
    const versions = ['18.20.4', '20.9.0', '20.18.3', '20.19.0', '20.20.2', '22.1.0', '100.0.0'];
    expect(versions.map((version) => isNodeNewEnough(version))).toEqual([false, false, false, true, true, true, true]);
  });

  it('is the one that package.json asks for', () => {
    expect(packageJson.engines.node).toBe(`>=${minimumNode.replace(/\.0$/, '')}`);
  });

  it('is named in the message, with what to do', () => {
    expect(oldNodeMessage('18.20.4')).toMatch(/Node 18\.20\.4 is too old: 20\.19\.0 or newer[^]*nodejs\.org/);
  });
});

describe('what set-up finds missing', () => {
  it('wants npm ci without node_modules, and with one older than the lock file', () => {
    const folder = temporaryFolder();
    fileAt(join(folder, 'package-lock.json'), 10);
    expect(packagesMissing(folder)).toBe(true);
    fileAt(join(folder, 'node_modules', '.package-lock.json'), 5);
    expect(packagesMissing(folder)).toBe(true);
    fileAt(join(folder, 'node_modules', '.package-lock.json'), 15);
    expect(packagesMissing(folder)).toBe(false);
  });

  it('wants a bundle where there is none, a source is newer, or one was deleted', () => {
    const folder = temporaryFolder();
    const source = join(folder, 'electron', 'cli', 'main.ts');
    const folders = [join(folder, 'electron', 'cli'), join(folder, 'electron')];
    fileAt(join(folder, 'package-lock.json'), 0);
    fileAt(join(folder, 'build', 'bundle.mjs'), 0);
    fileAt(source, 10);
    foldersAt(10, ...folders);
    expect(bundleOutdated(folder)).toBe(true);
    fileAt(join(folder, 'dist', 'cli.mjs'), 20);
    expect(bundleOutdated(folder)).toBe(true);
    fileAt(join(folder, 'dist', 'renderer', 'index.html'), 20);
    expect(bundleOutdated(folder)).toBe(false);
    utimesSync(source, 1_700_000_030, 1_700_000_030);
    expect(bundleOutdated(folder)).toBe(true);
    utimesSync(source, 1_700_000_010, 1_700_000_010);
    rmSync(source);
    expect(bundleOutdated(folder)).toBe(true);
  });

  it('finds no time where there is nothing', () => expect(newest(join(temporaryFolder(), 'absent'))).toBe(0));
});

describe('explainNpm', () => {
  it.each([
    ['npm error code ENOTFOUND\nnpm error network request failed', /^error: no network[^]*proxy/],
    ['npm error code ENOSPC\nnpm error nospc no space left on device', /^error: the disk is full/],
    [
      'npm error code EINTEGRITY\nnpm error sha512-... integrity checksum failed',
      /npm package is broken[^]*cache clean/,
    ],
    ['npm error code EACCES', /cannot be written/],
    ['npm error something new happened', /something new happened[^]*npm ci/],
  ])('says what is missing and what to type: %s', (output, message) => {
    expect(explainNpm(output)).toMatch(message);
  });
});
