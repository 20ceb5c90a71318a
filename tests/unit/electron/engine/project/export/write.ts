import type {
  ExportContext,
  ExportFormat,
  ExportItem,
} from '../../../../../../electron/engine/project/export/index.js';
import { vocPalette } from '../../../../../../shared/palette.js';
import type { ImageRecord } from '../../../../../../shared/project.js';
import { exportSettings, type ExportSettings } from '../../../../../../shared/settings/index.js';
import type { LabelMap } from '../../../../../../shared/types.js';
import type { Written } from './read-back.js';

export const contextOf = (
  settings: Partial<ExportSettings> = {},
  more: Partial<ExportContext> = {},
): ExportContext => ({
  classes: ['cat', 'dog & <bone>'],
  palette: vocPalette(),
  settings: exportSettings.resolve(settings),
  photos: 'none',
  masks: 'fused',
  ...more,
});

/** An image of a test, with its mask. */
export const itemOf = (mask: LabelMap, image: Partial<ImageRecord> = {}): ExportItem => ({
  image: {
    id: 'a/1',
    dataset: 0,
    path: 'a/1.jpg',
    width: mask.width,
    height: mask.height,
    split: 'train',
    domain: 'target',
    classes: [0],
    truth: null,
    ...image,
  },
  mask,
  corrected: false,
});

/** Everything that a format writes for these images, without a disk. */
export async function written(
  format: ExportFormat<any>,
  items: readonly ExportItem[],
  context: ExportContext,
): Promise<Written> {
  const files = new Map<string, Uint8Array | string>();
  const noted = items.map((item) => {
    const converted = format.convert(item, context);
    for (const { path, data } of converted.files) files.set(path, data);
    // What is kept goes through JSON, as it does on disk.
    return { id: item.image.id, split: item.image.split, kept: JSON.parse(JSON.stringify(converted.kept)) };
  });
  const all = {
    splits: [...new Set(noted.map(({ split }) => split))],
    async *entries(split?: string | null) {
      yield* noted.filter((entry) => split === undefined || entry.split === split);
    },
  };
  for (const { path, pieces } of format.documents(all, context)) {
    let text = '';
    for await (const piece of pieces) text += piece;
    files.set(path, text);
  }
  return files;
}
