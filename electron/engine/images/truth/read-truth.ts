import { StudioError } from '../../../../shared/errors.js';
import { vocPalette, type Palette } from '../../../../shared/palette.js';
import type { TruthConventionName } from '../../../../shared/project.js';
import { IGNORE, type LabelMap } from '../../../../shared/types.js';
import { labelsOfPng } from '../label-map.js';
import { readPng } from '../read-png.js';
import { labelsOfColours } from './colours.js';
import { NONE } from './convention.js';
import { truthConventionsByName } from './conventions.js';

/** How a dataset writes ground truth, and what a project makes of it. */
export interface TruthEncoding {
  convention: TruthConventionName;
  /** Number of the project's classes. */
  classes: number;
  /** The project's colours by label. */
  palette: Palette;
  /**
   * Where a dataset has other classes than the project: the project's label of each label of the dataset, background
   * first. Numbers are then the dataset's, and colours VOC's, for the project's are of other classes.
   */
  labels?: Uint8Array;
}

/** Most classes that the values of a picture tell apart. */
const MOST = IGNORE - 1;

/**
 * Ground truth as a label map of the project: indices of an indexed PNG or values of a grey one, as the convention has
 * them; or the colours of the project's palette, else of VOC's, whatever the convention.
 * Throws `file-missing`, `file-unreadable`, `file-too-large`, `file-damaged` (also for an unknown colour), `label-unknown` (a value that
 * the convention does not know), `settings-invalid` (a convention of another number of classes).
 */
export async function readTruthMap(path: string, encoding: TruthEncoding): Promise<LabelMap> {
  const { labels, palette } = encoding;
  if (!labels) return readOwn(path, encoding, [palette, vocPalette()]);
  const classes = Math.min(labels.length - 1, MOST);
  return mapLabels(await readOwn(path, { ...encoding, classes }, [vocPalette()]), labels, path);
}

async function readOwn(
  path: string,
  { convention, classes }: TruthEncoding,
  palettes: readonly Palette[],
): Promise<LabelMap> {
  const table = truthConventionsByName[convention].table(classes);
  const png = await readPng(path);
  const { width, height, channels, depth, data } = png;
  if (channels >= 3 && depth === 8) {
    return labelsOfColours({ width, height, channels, data: data as Uint8Array }, palettes, classes + 1, path); // prettier-ignore
  }
  return relabel(labelsOfPng(png, path), table, path, convention);
}

function relabel({ width, height, data }: LabelMap, table: Int16Array, file: string, convention: string): LabelMap {
  const labels = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const label = table[data[i]];
    if (label === NONE) {
      const message = `the value ${data[i]} at ${i % width}, ${Math.floor(i / width)} means nothing by the convention "${convention}"`;
      throw new StudioError({ code: 'label-unknown', message, file, remedy: 'Check the convention of the dataset.' });
    }
    labels[i] = label;
  }
  return { width, height, data: labels };
}

function mapLabels({ width, height, data }: LabelMap, labels: Uint8Array, file: string): LabelMap {
  const mapped = data.map((label, i) => {
    if (label === IGNORE) return IGNORE;
    if (label < labels.length) return labels[label];
    const message = `the label ${label} at ${i % width}, ${Math.floor(i / width)} is none of the dataset's ${labels.length - 1} classes`;
    throw new StudioError({ code: 'label-unknown', message, file, remedy: 'Check the convention and the classes of the dataset.' }); // prettier-ignore
  });
  return { width, height, data: mapped };
}
