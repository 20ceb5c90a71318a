/**
 * Packages the desktop app for the system it runs on, with electron-builder: an installer in dist-app/.
 *
 * Usage: node build/package.mjs [--dir] (the folder alone, without an installer)
 */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.mjs';
import { ICON } from './icons.mjs';
import { orExit, setUp } from './setup.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * What a packaged Electron can no longer be talked into, whatever its environment and arguments say: to be a Node of its
 * own, to load code named by NODE_OPTIONS, to be debugged, or to run another app than the one whose digest it holds.
 */
export const fuses = {
  runAsNode: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableCookieEncryption: true,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
};

/** The shell is in the archive; the engine's programs, which start threads and load native libraries, are beside it. */
export const config = {
  appId: 'studio.comask.app',
  productName: 'Comask Studio',
  directories: { output: 'dist-app' },
  files: ['package.json', 'dist/**', '!dist/**/*.map', '!dist/cli.mjs'],
  icon: ICON,
  asar: true,
  asarUnpack: ['dist/*.mjs', 'dist/renderer/**', 'node_modules/**'],
  electronFuses: fuses,
  // The native modules are made for Node's stable interface: they need not be built again.
  npmRebuild: false,
  publish: null,
  fileAssociations: [
    { ext: 'comask', name: 'Comask project', description: 'Comask Studio project', mimeType: 'application/x-comask' },
  ],
  linux: { target: ['AppImage', 'deb'], category: 'Science' },
  mac: { target: ['dmg'], category: 'public.app-category.graphics-design', hardenedRuntime: true },
  win: { target: ['nsis'] },
};

async function main() {
  await orExit(() => setUp({ runtime: false }));
  await bundle();
  const { build, Platform } = await import('electron-builder');
  const target = process.argv.includes('--dir') ? Platform.current().createTarget('dir') : Platform.current().createTarget(); // prettier-ignore
  await build({ projectDir: root, targets: target, config });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
