import { IGNORE } from '../../../../shared/types.js';
import { packRuns } from '../../images/rle-pack.js';
import { countsOfRuns, regionRuns } from '../../images/regions/index.js';
import type { ExportContext, ExportFormat, ExportItem } from './format.js';
import { labelName, photoName, plainPhotoPath } from './names.js';
import { joined, whole } from './pieces.js';
import { segmentsOf } from './segments.js';
import { xmlOf } from './xml.js';

/** Brush labels are pictures in red, green, blue and opacity. */
const CHANNELS = 4;
/** Names that tie results to the labelling set-up. */
const [BRUSH, PHOTO] = ['mask', 'photo'];

function resultsOf({ image, mask }: ExportItem, { classes, settings }: ExportContext): unknown[] {
  const { width, height } = image;
  const cut = segmentsOf(mask, settings);
  const runs = regionRuns(cut, cut.segments.length, 'rows');
  return cut.segments.map(({ label }, place) => ({
    id: `m${place}`,
    type: 'brushlabels',
    from_name: BRUSH,
    to_name: PHOTO,
    original_width: width,
    original_height: height,
    image_rotation: 0,
    value: {
      format: 'rle',
      rle: [...packRuns(countsOfRuns(runs[place], width * height), { repeat: CHANNELS })],
      brushlabels: [labelName(label, classes)],
    },
  }));
}

/** What the person who sets up the labelling pastes into its code. */
function labellingSetup({ classes, palette, settings }: ExportContext): string {
  const labels = [...classes.keys()].map((index) => index + 1);
  if (settings.ignore === 'label') labels.push(IGNORE);
  const Label = labels.map((label) => ({
    '@value': labelName(label, classes),
    '@background': `rgb(${palette[label].join(', ')})`,
  }));
  return xmlOf({
    View: {
      Image: { '@name': PHOTO, '@value': '$image', '@zoom': 'true' },
      BrushLabels: { '@name': BRUSH, '@toName': PHOTO, Label },
    },
  });
}

/**
 * Tasks of Label Studio with brush labels: tasks.json to import, labels.xml to set labelling up. Masks made by hand are
 * annotations, others predictions for a person to go over.
 */
export const labelStudio: ExportFormat<object> = {
  name: 'labelstudio',
  summary: 'Label Studio: tasks.json with brush labels, labels.xml',
  photos: 'none',
  photoPath: plainPhotoPath,
  convert(item, context) {
    const path = photoName(labelStudio, item.image, context).split('/').map(encodeURIComponent).join('/');
    const result = resultsOf(item, context);
    const marks = item.corrected
      ? { annotations: [{ result }] }
      : { predictions: [{ model_version: context.masks, result }] };
    return { files: [], kept: { data: { image: context.settings['labelstudio.imagePrefix'] + path }, ...marks } };
  },
  documents: (all, context) => [
    { path: 'tasks.json', pieces: joined('[\n', all.entries(), ({ kept }) => JSON.stringify(kept), ',\n', '\n]\n') },
    { path: 'labels.xml', pieces: whole(labellingSetup(context)) },
  ],
};
