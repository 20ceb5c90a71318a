import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetUpError } from '../setup.mjs';

/** The peers, in the versions that figures are compared with. */
const packages = ['torch==2.15.0', 'onnxruntime==1.30.0', 'numpy==2.4.6', 'pillow==13.0.0', 'pydensecrf2==1.1'];

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status === 0) return;
  throw new SetUpError(
    `error: the Python side of the benches could not be set up${error ? `: ${error.message}` : ''}\n  Python 3.11 or newer with pip and venv is needed, and 6 GB of disk; COMASK_PYTHON names another one.`,
  );
}

/** The Python of an environment of its own in the cache folder, made at the first call. Rejects with SetUpError. */
export async function benchPython({ cacheFolder, thisMachine, findPython }, say) {
  const folder = join(cacheFolder(thisMachine()), 'bench-env');
  const python = process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
  // Written last: an environment without it, or with other packages, was left half made or is of another version.
  const made = join(folder, `made-${packages.join('-')}`);
  if (existsSync(made)) return python;
  say('Installing PyTorch, ONNX Runtime and pydensecrf for the other side of the benches ...');
  rmSync(folder, { recursive: true, force: true });
  const { command, prefix } = await findPython().catch((error) => {
    throw new SetUpError(`error: ${error.message}\n  ${error.remedy}`);
  });
  run(command, [...prefix, '-m', 'venv', folder]);
  run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages]);
  writeFileSync(made, '');
  return python;
}
