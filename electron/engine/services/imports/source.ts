import type { ImageRecord } from '../../../../shared/project.js';
import type { ByteImage, FloatMap } from '../../../../shared/types.js';

/** A map of one class that someone else made, of any size: 8 bit, or float 0..1. */
export interface ForeignMap {
  classIndex: number;
  map: ByteImage | FloatMap;
}

/** A way in which others keep localization maps. */
export interface MapSource {
  /** Whose files these are and how they look, for help texts. */
  means: string;
  /**
   * The maps of an image that lie in the folder, of its labelled classes; the file that lacks the others goes into
   * `missing`. Throws StudioError: `file-missing` where there is nothing of the image, `file-damaged`,
   * `file-unreadable`, `label-unknown` (maps of classes that the image has not).
   */
  read(folder: string, image: ImageRecord): Promise<{ maps: ForeignMap[]; missing: { classIndex: number; file: string }[] }>; // prettier-ignore
}
