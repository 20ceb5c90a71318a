/** A step of a training: the figures of a line of its log. */
export interface Step {
  step: number;
  /** 0 for a segmenter's, whose training has none. */
  epoch: number;
  /** Losses by name; `total` is their sum. */
  losses: Readonly<Record<string, number>>;
  /** Learning rate. */
  rate?: number;
  gradientNorm?: number;
  imagesPerSecond?: number;
  peakMegabytes?: number;
}

/** Figures of a line that are no loss. */
const others = ['step', 'epoch', 'rate', 'gradientNorm', 'imagesPerSecond', 'peakMegabytes'] as const;
const isOther = (key: string): boolean => (others as readonly string[]).includes(key);

/** A line of a segmenter's log as one of a classifier's; others as they are. */
function asClassifiers({ iteration, loss, ...rest }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const own = loss === undefined ? {} : { loss };
  return iteration === undefined || loss === undefined
    ? { ...rest, ...own }
    : { ...rest, step: iteration, epoch: 0, total: loss };
}

/** A line of the log as a step; null for one that says no step. */
export function stepOf(line: Readonly<Record<string, unknown>>): Step | null {
  const figures = Object.fromEntries(
    Object.entries(asClassifiers(line)).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
  const { step, epoch, rate, gradientNorm, imagesPerSecond, peakMegabytes } = figures;
  if (step === undefined || epoch === undefined) return null;
  const losses = Object.fromEntries(Object.entries(figures).filter(([key]) => !isOther(key)));
  return { step, epoch, losses, rate, gradientNorm, imagesPerSecond, peakMegabytes };
}

/**
 * Steps with those of later lines. A training that went on from a checkpoint does its last steps again: they take the place
 * of the earlier ones. Null where lines between are missing, so that the log has to be read anew.
 */
export function joined(steps: readonly Step[], lines: readonly Readonly<Record<string, unknown>>[]): Step[] | null {
  const more = lines.flatMap((line) => stepOf(line) ?? []);
  if (more.length === 0) return [...steps];
  const kept = steps.filter(({ step }) => step < more[0].step);
  const last = kept.at(-1)?.step ?? 0;
  if (kept.length > 0 && more[0].step > last + 1 && steps.length === kept.length) return null;
  return [...kept, ...more];
}

/** Names of the losses that any step has, `total` first. */
export function lossNames(steps: readonly Step[]): string[] {
  const names = new Set(steps.flatMap(({ losses }) => Object.keys(losses)));
  return [...names].sort((a, b) => Number(b === 'total') - Number(a === 'total') || (a < b ? -1 : 1));
}

/**
 * Values smoothed by an exponential moving average whose start is not pulled to zero: y(t) = s(t) / (1 - w^t) with
 * s(t) = w s(t-1) + (1 - w) x(t) (as in Adam, Kingma and Ba, 2015, section 3). What is not finite counts for nothing and stays a gap.
 *
 * @param weight w, 0 (no smoothing) to less than 1
 */
export function smoothed(values: readonly number[], weight: number): number[] {
  let [sum, remaining] = [0, 1];
  return values.map((value) => {
    if (!Number.isFinite(value)) return Number.NaN;
    sum = weight * sum + (1 - weight) * value;
    remaining *= weight;
    return sum / (1 - remaining);
  });
}

/** Mean losses of an epoch. */
export interface EpochRow {
  epoch: number;
  steps: number;
  losses: Record<string, number>;
}

/** Mean of each loss over the steps of each epoch, in order. */
export function epochRows(steps: readonly Step[]): EpochRow[] {
  const rows = new Map<number, { steps: number; sums: Record<string, number> }>();
  for (const { epoch, losses } of steps) {
    const row = rows.get(epoch) ?? { steps: 0, sums: {} };
    row.steps++;
    for (const [name, value] of Object.entries(losses)) row.sums[name] = (row.sums[name] ?? 0) + value;
    rows.set(epoch, row);
  }
  return [...rows].map(([epoch, { steps: count, sums }]) => ({
    epoch,
    steps: count,
    losses: Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum / count])),
  }));
}

/** A step as a line to read: `epoch 2, step 31: total 1.234, basic 0.62, rate 0.001`. */
export function lineOf({ step, epoch, losses, rate, gradientNorm }: Step): string {
  const figures = { ...losses, rate, gradientNorm };
  const said = Object.entries(figures).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} ${Number(value.toPrecision(4))}`],
  );
  return `${epoch === 0 ? '' : `epoch ${epoch}, `}step ${step}: ${said.join(', ')}`;
}
