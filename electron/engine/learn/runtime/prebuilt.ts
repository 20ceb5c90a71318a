import { cp, rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { StudioError } from '../../../../shared/errors.js';
import { bindingSources } from './compile.js';
import { runProcess, type RunProcess } from './run-process.js';

/** The folder inside the npm package where its own script leaves the binding and, on Windows, the library beside it. */
const moduleFolder = join('lib', 'napi-v8');

/**
 * Windows: the wheel has no library to link against, so the npm package's own script fetches its prebuilt binding and an
 * older TensorFlow, which are copied to `folder`. Throws download-failed with the script's last words, interrupted.
 */
export async function assemblePrebuilt(
  folder: string,
  { signal, run = runProcess }: { signal?: AbortSignal; run?: RunProcess },
): Promise<string> {
  const { binding: npmPackage } = bindingSources();
  // The script starts node-pre-gyp by its bare name, as under `npm run`.
  const programs = join(dirname(dirname(npmPackage)), '.bin');
  const env = { ...process.env, PATH: `${programs}${delimiter}${process.env.PATH ?? ''}` };
  const script = join(npmPackage, 'scripts', 'install.js');
  const { code, stdout, stderr } = await run(process.execPath, [script, 'cpu', 'download'], {
    cwd: npmPackage,
    env,
    signal,
  });
  if (code !== 0) {
    throw new StudioError({
      code: 'download-failed',
      message: `the prebuilt TensorFlow could not be fetched: ${`${stdout}\n${stderr}`.trim().split('\n').pop()}`,
      remedy: 'Check the connection and install the runtime again (npx comask runtime install).',
    });
  }
  await cp(join(npmPackage, moduleFolder), folder, { recursive: true, dereference: true });
  await rm(join(npmPackage, 'deps'), { recursive: true, force: true });
  return 'prebuilt';
}
