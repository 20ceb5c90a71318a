import { createInterface } from 'node:readline';
import { argv, cpuUsage, resourceUsage } from 'node:process';

/** What a bench is asked for; the runner writes it once for both sides. */
export interface BenchOptions {
  threads: number;
  /** Photos of a bench that works through a set. */
  limit: number;
  /** Side of a photo, px. */
  size: number;
  /** Photos that a training step computes at once; 0: all. */
  microBatch: number;
  /** Labels of the CRF bench. */
  labels: number;
  /** Model file of the saliency bench. */
  model: string;
}

/** One side of a bench, ready to be timed. */
export interface Side {
  /** What computes, and its version. */
  versions: Record<string, string>;
  /** Numbers that the other side must come to as well. */
  check: number[];
  /** One round of work: how many items it did. The time from call to end is measured. */
  round(): Promise<number> | number;
  /** Rounds there are; without it as many as are asked for. */
  count?: number;
}

const say = (message: object): void => void process.stdout.write(`${JSON.stringify(message)}\n`);

/** Works when the runner says so, that one side computes at a time; tells the most memory it ever had at the end. */
async function serve({ versions, check, round, count }: Side): Promise<void> {
  say({ versions, check, count });
  for await (const line of createInterface({ input: process.stdin })) {
    if (line !== 'round') break;
    const [started, before] = [performance.now(), cpuUsage()];
    const items = await round();
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = cpuUsage(before);
    say({ seconds, processorSeconds: (user + system) / 1e6, items });
  }
  say({ peakBytes: resourceUsage().maxRSS * 1024 });
}

/**
 * The main program of a bench: `prepare FOLDER OPTIONS` writes what both sides read, `serve FOLDER OPTIONS` is our side.
 */
export async function benchSide(
  prepare: (folder: string, options: BenchOptions) => Promise<void>,
  open: (folder: string, options: BenchOptions) => Promise<Side>,
): Promise<void> {
  const [, , what, folder, options] = argv;
  const asked = JSON.parse(options) as BenchOptions;
  if (what === 'prepare') await prepare(folder, asked);
  else await serve(await open(folder, asked));
  process.exit(0);
}
