import type { Failure } from '../../../../../shared/types.js';
import { FailureTally } from '../failure-tally.js';
import { listedId } from '../listed-id.js';

/** A label: a 0-based class number or the name of a class. */
export type Label = number | string;

/** Image-level labels by image id, each once and in order (numbers before names), and what could not be used. */
export interface LabelFile {
  labels: Map<string, readonly Label[]>;
  failures: Failure[];
}

/** A kind of label file. */
export interface LabelReader {
  /** What such a file looks like, in words, for messages and help. */
  name: string;
  /** Whether a path looks like this kind, by its name alone. */
  accepts(file: string): boolean;
  /** @throws StudioError file-missing, file-unreadable, file-damaged */
  read(file: string): Promise<LabelFile>;
}

/** Puts the labels of a file together; the first of several lines of an image counts. */
export class LabelCollector {
  private readonly labels = new Map<string, readonly Label[]>();
  private readonly tally = new FailureTally();

  constructor(private readonly file: string) {}

  /** `place` says where in the file, for messages: `line 3`. */
  add(path: string, labels: readonly Label[], place: string): void {
    const id = listedId(path);
    if (id === '') this.fail(undefined, 'file-damaged', place, 'there is no id');
    else if (this.labels.has(id)) this.fail(id, 'id-duplicate', place, `${id} has labels already`);
    else this.labels.set(id, [...new Set(labels)].sort(byNumberOrName));
  }

  fail(path: string | undefined, code: Failure['code'], place: string, reason: string): void {
    const id = path === undefined ? undefined : listedId(path);
    this.tally.add({ id, file: this.file, code, reason: `${place}: ${reason}`, action: 'line left out' });
  }

  /** A failure that came from elsewhere, such as a line that is no line of a table. */
  failed(failure: Failure): void {
    this.tally.add(failure);
  }

  result(): LabelFile {
    return { labels: this.labels, failures: this.tally.failures() };
  }
}

function byNumberOrName(a: Label, b: Label): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return a < b ? -1 : Number(a > b);
}

/** The names among the labels, each once, sorted. */
export function namesAmong(labels: Iterable<readonly Label[]>): string[] {
  const names = new Set<string>();
  for (const list of labels) for (const label of list) if (typeof label === 'string') names.add(label);
  return [...names].sort();
}
