import { coco } from './coco.js';
import { cvat } from './cvat.js';
import type { ExportFormat } from './format.js';
import { labelStudio } from './labelstudio.js';
import { png } from './png.js';
import { voc } from './voc.js';
import { vocServer } from './voc-server.js';
import { yolo } from './yolo.js';

export * from './format.js';

/** Every export format, in the order of the help. What each keeps of an image is its own affair. */
export const exportFormats: readonly ExportFormat<any>[] = [voc, vocServer, png, coco, yolo, cvat, labelStudio];
