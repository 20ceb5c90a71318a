import type { Palette } from '../../../../shared/palette.js';
import type { ImageRecord, exportFormatNames } from '../../../../shared/project.js';
import type { ExportSettings } from '../../../../shared/settings/index.js';
import type { LabelMap } from '../../../../shared/types.js';

/** What becomes of photos: copied, linked to where they are, or left out. */
export const photoModes = ['copy', 'link', 'none'] as const;
export type PhotoMode = (typeof photoModes)[number];

/** What holds for a whole export. */
export interface ExportContext {
  /** Names of the classes; class k has label k + 1. */
  classes: readonly string[];
  /** A colour for each of 256 labels. */
  palette: Palette;
  settings: ExportSettings;
  photos: PhotoMode;
  /** Name of the mask set. */
  masks: string;
}

/** An image with the mask that is exported for it, which is of its size and has only labels of the project. */
export interface ExportItem {
  image: ImageRecord;
  mask: LabelMap;
  /** Whether the mask was made by hand. */
  corrected: boolean;
}

/** A file of an export; `path` with `/` inside the folder. */
export interface ExportFile {
  path: string;
  data: Uint8Array | string;
}

/** What a format keeps of an image until its documents are written. */
export interface ExportEntry<Kept> {
  id: string;
  split: string | null;
  kept: Kept;
}

/** Everything that was exported, ordered by id and never all in memory; may be walked several times. */
export interface ExportEntries<Kept> {
  /** Splits that occur, in order, null last. */
  splits: readonly (string | null)[];
  /** Entries of one split, or of all. */
  entries(split?: string | null): AsyncIterable<ExportEntry<Kept>>;
}

/** A file about several images, written in pieces at the end. */
export interface ExportDocument {
  path: string;
  pieces: AsyncIterable<string>;
}

/**
 * A layout in which masks are written for other programs. Files of single images come first, a few images at a time;
 * what documents need to know of an image is kept as JSON meanwhile, so that a stopped export goes on.
 */
export interface ExportFormat<Kept = unknown> {
  /** As given to --format. */
  name: (typeof exportFormatNames)[number];
  /** What it is, in a few words, for the help. */
  summary: string;
  /** What becomes of photos where nothing is asked for. */
  photos: PhotoMode;
  /** Path of an image's photo inside the folder. */
  photoPath(image: ImageRecord): string;
  /** Refuses projects that the format cannot hold. Throws `usage`. */
  check?(context: ExportContext): void;
  convert(item: ExportItem, context: ExportContext): { files: ExportFile[]; kept: Kept };
  documents(entries: ExportEntries<Kept>, context: ExportContext): ExportDocument[];
}
