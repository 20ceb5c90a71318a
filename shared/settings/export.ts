import { choice, defineSettings, integer, text, type GroupValues } from './define.js';

/** How masks become shapes in formats that hold shapes; formats of indexed PNG take no notice (docs/formats.md, "Export"). */
export const exportSettings = defineSettings('export', {
  instances: choice(['component', 'class'], { default: 'component' }),
  connectivity: choice(['4', '8'], { default: '8' }),
  minArea: integer({ default: 1, min: 1, unit: 'px' }),
  ignore: choice(['label', 'leave-out'], { default: 'label' }),
  'coco.segmentation': choice(['rle', 'polygon'], { default: 'rle' }),
  /** What Label Studio puts before a photo's path; the default is its local storage. */
  'labelstudio.imagePrefix': text({ default: '/data/local-files/?d=' }),
});

export type ExportSettings = GroupValues<typeof exportSettings>;
