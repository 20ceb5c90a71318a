import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { RunFiles } from '../jobs/run/files.js';
import { fileVersion } from '../project/file-version.js';

/** A training's total loss in a few figures. */
export interface LossCurve {
  steps: number;
  /** Lowest and last mean of an epoch. */
  best: number;
  last: number;
  /** Means of even parts of the training, in order: 2 to 64 of them, or one a step of a shorter one. */
  curve: number[];
}

/** Values of a curve at most: a small picture shows no more. */
const MOST = 64;
/** Logs that are remembered; the list of runs asks for the same ones again and again. */
const REMEMBERED = 500;
const remembered = new Map<string, { version: string; curve: LossCurve | null }>();

/** Means of runs of equal length: where there are too many, two become one and the runs are twice as long. */
class Binned {
  #length = 1;
  #sums: number[] = [];
  #inLast = 0;

  add(value: number): void {
    if (this.#inLast === 0) this.#sums.push(0);
    this.#sums[this.#sums.length - 1] += value;
    this.#inLast = (this.#inLast + 1) % this.#length;
    if (this.#inLast > 0 || this.#sums.length < 2 * MOST) return;
    this.#sums = Array.from({ length: MOST }, (_, i) => this.#sums[2 * i] + this.#sums[2 * i + 1]);
    this.#length *= 2;
  }

  /** At most `MOST` means; neighbours are averaged where there are more. */
  means(): number[] {
    const means = this.#sums.map((sum, i) => sum / (i === this.#sums.length - 1 && this.#inLast ? this.#inLast : this.#length)); // prettier-ignore
    if (means.length <= MOST) return means;
    return means.flatMap((mean, i) => (i % 2 ? [] : [(mean + (means[i + 1] ?? mean)) / 2]));
  }
}

/** Steps of a segmenter's log, which has no epochs, whose mean stands for one. */
const STEPS = 50;

function lossOf(line: string): { epoch: number; total: number } | null {
  try {
    const { iteration, loss, ...rest } = JSON.parse(line) as Record<string, unknown>;
    const ofSegmenter = typeof iteration === 'number' ? { epoch: Math.ceil(iteration / STEPS), total: loss } : null;
    const { epoch, total } = ofSegmenter ?? rest;
    return typeof epoch === 'number' && typeof total === 'number' && Number.isFinite(total) ? { epoch, total } : null;
  } catch {
    return null;
  }
}

async function readCurve(log: string): Promise<LossCurve | null> {
  const binned = new Binned();
  let [steps, best] = [0, Number.POSITIVE_INFINITY];
  let epoch = { number: 0, sum: 0, steps: 0 };
  const mean = (): number => epoch.sum / epoch.steps;
  for await (const line of createInterface({ input: createReadStream(log, 'utf8') })) {
    const loss = lossOf(line);
    if (!loss) continue;
    if (loss.epoch !== epoch.number) {
      if (epoch.steps > 0) best = Math.min(best, mean());
      epoch = { number: loss.epoch, sum: 0, steps: 0 };
    }
    epoch.sum += loss.total;
    epoch.steps++;
    steps++;
    binned.add(loss.total);
  }
  return steps === 0 ? null : { steps, best: Math.min(best, mean()), last: mean(), curve: binned.means() };
}

/** The course of a training's loss, of its log; null where no step is done. A log is read once as long as it stays the same. */
export async function lossCurve({ log }: RunFiles): Promise<LossCurve | null> {
  const version = await fileVersion(log);
  if (version === null) return null;
  const known = remembered.get(log);
  if (known?.version === version) return known.curve;
  const curve = await readCurve(log);
  remembered.delete(log);
  remembered.set(log, { version, curve });
  const [oldest] = remembered.keys();
  if (remembered.size > REMEMBERED) remembered.delete(oldest);
  return curve;
}
