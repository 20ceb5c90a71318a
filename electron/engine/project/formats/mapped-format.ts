import { classesOf, className, type MappedClass } from '../../../../shared/class-map.js';
import type { DrawnTruth } from './drawn-truth.js';
import { isFailure, type DatasetEntry, type DatasetFormat } from './format.js';

/** The label of pixels that belong to no class of the project. */
const BACKGROUND = 0;

/**
 * A format whose entries have the names of the project in the place of the dataset's own. A label of a class that is left
 * out is dropped, and what is drawn of it is background. Pictures of ground truth stay as they are: they are mapped
 * when they are read (`Project.truthLabels`).
 */
export function mappedFormat(format: DatasetFormat, mapped: readonly MappedClass[]): DatasetFormat {
  const byName = new Map(mapped.map(({ name, as }) => [className(name), as]));
  /** The empty name: left out. What the dataset has no class for stays, for the import to report. */
  const nameOf = (label: number | string): string => typeof label === 'number' ? mapped[label]?.as ?? `class number ${label}` : byName.get(className(label)) ?? label; // prettier-ignore
  const drawn = (truth: DrawnTruth): DrawnTruth => ({
    file: truth.file,
    draw(size, labelOf) {
      return truth.draw(size, (label) => {
        const name = nameOf(label);
        return name === '' ? BACKGROUND : labelOf(name);
      });
    },
  });
  const entryOf = ({ labels, truth, ...rest }: DatasetEntry): DatasetEntry => ({
    ...rest,
    labels: labels && kept(labels.map(nameOf), labels.length),
    truth: truth === null || typeof truth === 'string' ? truth : drawn(truth),
  });
  return {
    ...format,
    classes: () => Promise.resolve(classesOf(mapped)),
    async *read(root, options) {
      for await (const item of format.read(root, options)) {
        yield isFailure(item) ? item : entryOf(item);
      }
    },
  };
}

/** Labels that are not left out. Of an image with none but those nothing is lacking: it has no labels, and that is right. */
function kept(labels: readonly string[], given: number): string[] | null {
  const left = labels.filter((label) => label !== '');
  return left.length === 0 && given > 0 ? null : left;
}
