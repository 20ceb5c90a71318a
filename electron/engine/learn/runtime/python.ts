import { StudioError } from '../../../../shared/errors.js';
import { runProcess, type RunProcess } from './run-process.js';

/** A Python that has pip: the program and the arguments that come before every other. */
export interface Python {
  command: string;
  prefix: readonly string[];
  /** E.g. `3.11`. */
  version: string;
}

/** The oldest Python whose pip fetches wheels for another Python and platform reliably. */
const MINIMUM = [3, 9] as const;

const installHint =
  'Install Python 3.9 or newer with pip (Debian and Ubuntu: apt install python3-pip; others: python.org), then run the command again.';

function candidates(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): [string, readonly string[]][] {
  if (env.COMASK_PYTHON) return [[env.COMASK_PYTHON, []]];
  const names: [string, readonly string[]][] = [
    ['python3', []],
    ['python', []],
  ];
  return platform === 'win32' ? [['py', ['-3']], ...names] : names;
}

/** True when a version as `3.11` is new enough. */
export function pythonIsNewEnough(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1]);
}

/**
 * The first Python on the PATH (or the one that COMASK_PYTHON names) that is new enough and has pip. Throws tool-missing
 * with what was found instead.
 */
export async function findPython(
  run: RunProcess = runProcess,
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Python> {
  const seen: string[] = [];
  for (const [command, prefix] of candidates(platform, env)) {
    const script = 'import sys; print("%d.%d" % sys.version_info[:2])';
    const result = await run(command, [...prefix, '-c', script]).catch(() => null);
    if (!result || result.code !== 0) continue;
    const version = result.stdout.trim();
    if (!pythonIsNewEnough(version)) {
      seen.push(`${command} is Python ${version}`);
      continue;
    }
    const pip = await run(command, [...prefix, '-m', 'pip', '--version']).catch(() => null);
    if (pip?.code === 0) return { command, prefix, version };
    seen.push(`${command} (Python ${version}) has no pip`);
  }
  throw new StudioError({
    code: 'tool-missing',
    message: `Python 3.9 or newer with pip is needed to fetch TensorFlow, and was not found${seen.length ? ` (${seen.join('; ')})` : ''}`,
    remedy: installHint,
  });
}
