import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { StudioError } from '../../../../shared/errors.js';
import { runProcess, type RunProcess } from './run-process.js';
import { runThread } from './run-thread.js';

/** What the probe of a runtime found. */
export interface ProbeReport {
  /** [[1, 2], [3, 4]] times itself, row-major. */
  product: number[];
  /** True where tensors live on a GPU. */
  gpu: boolean;
  /** GFLOPS of a 3x3 convolution, where it was timed. */
  gflops: number | null;
}

/** Tries a runtime: `seconds` above 0 also times a convolution for that long. */
export type Probe = (folder: string, seconds?: number, signal?: AbortSignal) => Promise<ProbeReport>;

const expected = [7, 10, 15, 22];

const runNode = process.versions.electron === undefined ? runProcess : runThread;

/** The program beside this one in dist/. */
const probeFile = fileURLToPath(new URL('./probe.mjs', import.meta.url));

/**
 * Loads a runtime in a child process (in Electron, a thread) and checks one matrix product. Throws runtime-missing with the library's own last
 * words where it does not load or computes something else.
 */
export async function probeInChild(
  folder: string,
  seconds = 0,
  signal?: AbortSignal,
  { file = probeFile, run = runNode }: { file?: string; run?: RunProcess } = {},
): Promise<ProbeReport> {
  if (!existsSync(file)) {
    throw new StudioError({
      code: 'file-missing',
      message: 'the bundle is not built',
      file,
      remedy: 'Type: npm run build',
    });
  }
  const { code, stdout, stderr } = await run(process.execPath, [file, folder, String(seconds)], { signal });
  const report = code === 0 ? (JSON.parse(stdout.trim().split('\n').pop() ?? 'null') as ProbeReport | null) : null;
  if (report && expected.every((value, index) => report.product[index] === value)) return report;
  const words = stderr.trim().split('\n');
  throw new StudioError({
    code: 'runtime-missing',
    message: report
      ? `the compute runtime computes ${report.product.join(', ')} where ${expected.join(', ')} is right`
      : `the compute runtime does not load: ${words.find((line) => /error/i.test(line)) ?? words.pop() ?? `code ${code}`}`,
    file: folder,
    remedy: 'Install the runtime anew (npx comask runtime install --force).',
  });
}
