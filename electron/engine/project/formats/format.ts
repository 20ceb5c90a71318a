import type { Failure } from '../../../../shared/types.js';
import type { DrawnTruth } from './drawn-truth.js';

/** One image as a dataset describes it; nothing about its photo is checked yet. */
export interface DatasetEntry {
  /** Path of the photo without extension, as `ImageRecord.id`. */
  id: string;
  /** Path of the photo inside the dataset root; the file may be missing. */
  path: string;
  split: string | null;
  /** Numbers (0-based) or names of classes; empty where its labels are lacking, null where the dataset has none at all. */
  labels: (number | string)[] | null;
  /** Ground truth: the path of a picture inside the dataset root, something to be drawn, or null where there is none. */
  truth: string | DrawnTruth | null;
}

export interface FormatOptions {
  /** Absolute path of a label file that comes in addition to, or in place of, those of the dataset. */
  labels?: string;
  /** Names of the classes, in place of those the dataset tells. */
  classes?: readonly string[];
  /** Whether objects that annotations mark as difficult count for an image's labels; they do by default. */
  difficult?: boolean;
}

/**
 * A layout in which a dataset may lie on disk. `read` goes over the dataset without keeping it in memory and may be
 * called several times; what it cannot use it yields as a Failure and goes on.
 */
export interface DatasetFormat {
  /** As given to --format. */
  name: string;
  /** What `recognises` looks for, in words, for the error message when nothing fits. */
  looksFor: string;
  recognises(root: string, options: FormatOptions): Promise<boolean>;
  /** Names of the classes, for a project that is made from this dataset. */
  classes(root: string, options: FormatOptions): Promise<string[]>;
  read(root: string, options: FormatOptions): AsyncIterable<DatasetEntry | Failure>;
}

export const isFailure = <Item extends object>(item: Item | Failure): item is Failure => 'code' in item;
