/**
 * Brings in what a bare clone lacks: the npm packages, the bundle, the compute runtime. Needs nothing but Node, and takes
 * well under a second where everything is there.
 *
 * Usage: node build/setup.mjs (or: npm run setup)
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isNodeNewEnough, oldNodeMessage } from './node-version.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** A failure with a message that already says what is missing and what to type. */
export class SetUpError extends Error {}

const modified = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Time of the newest file under `path`, in milliseconds; 0 where there is none. */
export function newest(path) {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (!entry) return 0;
  if (!entry.isDirectory()) return entry.mtimeMs;
  // A folder's own time counts too: it changes when a file in it is deleted.
  return readdirSync(path).reduce((time, name) => Math.max(time, newest(join(path, name))), entry.mtimeMs);
}

/** True where node_modules is missing or older than the lock file. */
export function packagesMissing(folder) {
  const installed = modified(join(folder, 'node_modules', '.package-lock.json'));
  return installed === 0 || installed < modified(join(folder, 'package-lock.json'));
}

/** True where dist/ is missing or older than what it is made of. */
export function bundleOutdated(folder) {
  const built = modified(join(folder, 'dist', 'cli.mjs'));
  const page = modified(join(folder, 'dist', 'renderer', 'index.html'));
  const makers = ['bundle.mjs', 'assemblyscript.mjs', 'renderer.mjs'].map((name) => join('build', name));
  const sources = ['electron', 'shared', 'renderer', 'assets', ...makers, 'package-lock.json'];
  const oldest = Math.min(built, page);
  return oldest === 0 || sources.some((source) => newest(join(folder, source)) > oldest);
}

/** What npm's words mean for a person: a message and what to type. */
export function explainNpm(output) {
  const again = 'then type the same command again.';
  if (/ENOSPC|no space left/i.test(output)) {
    return `error: the disk is full: the npm packages could not be installed\n  Free some disk space, ${again}`;
  }
  if (/EINTEGRITY/.test(output)) {
    return `error: a downloaded npm package is broken\n  Type: npm cache clean --force, ${again}`;
  }
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i.test(output)) {
    return `error: no network: the npm packages could not be downloaded\n  Check the connection (behind a proxy: npm config set proxy URL), ${again}`;
  }
  if (/EACCES|EPERM|EROFS/.test(output)) {
    return `error: node_modules cannot be written\n  Check the permissions of this folder, ${again}`;
  }
  const reason = output.split('\n').find((line) => /npm (error|ERR!) (?!code )\S/.test(line)) ?? 'npm ci failed';
  return `error: the npm packages could not be installed: ${reason.replace(/^npm (error|ERR!)\s*/, '')}\n  Type: npm ci --ignore-scripts`;
}

function installPackages(say) {
  say('Installing the npm packages ...');
  // One string, and a shell: on Windows npm is a .cmd file, which cannot be started without one.
  const command = 'npm ci --ignore-scripts --no-audit --no-fund --loglevel error --include dev';
  const { status, error, stderr, stdout } = spawnSync(command, { cwd: root, shell: true, encoding: 'utf8' });
  if (error || status !== 0) throw new SetUpError(explainNpm(`${stderr ?? ''}\n${stdout ?? ''}\n${error ?? ''}`));
}

async function makeBundle(say) {
  say('Building the bundle ...');
  const { bundle } = await import('./bundle.mjs');
  try {
    await bundle();
  } catch (error) {
    const full = /ENOSPC|no space left/i.test(String(error));
    throw new SetUpError(
      full
        ? 'error: the disk is full: the bundle could not be written\n  Free some disk space and type the same command again.'
        : 'error: the bundle could not be built: the sources do not compile (see above)',
    );
  }
}

function installRuntime() {
  const comask = join(root, 'build', 'comask.mjs');
  const { status } = spawnSync(process.execPath, [comask, 'runtime', 'install', '--quiet'], { stdio: 'inherit' });
  // The command line has said by now what is missing and what to type.
  if (status !== 0) throw new SetUpError('');
}

/**
 * Brings in what is missing, in order, and prints a line for each thing that is. Rejects with SetUpError whose message is
 * for a person. `runtime: false` leaves the compute runtime out.
 */
export async function setUp({ runtime = true, say = (line) => console.error(line) } = {}) {
  if (!isNodeNewEnough(process.versions.node)) throw new SetUpError(oldNodeMessage(process.versions.node));
  if (packagesMissing(root)) installPackages(say);
  if (bundleOutdated(root)) await makeBundle(say);
  if (runtime) installRuntime();
}

/** Runs a script's work and ends the process with code 1 and the message where set-up fails. */
export async function orExit(work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    if (error.message) console.error(error.message);
    process.exit(1);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await orExit(() => setUp());
