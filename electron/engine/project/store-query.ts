import { EXCLUDED_TAG } from '../../../shared/dataset/review.js';
import type { ImageFilter, ImageRecord } from '../../../shared/project.js';

/** An image as the database returns it: its classes as one text `3,7`, or null. */
export type ImageRow = Omit<ImageRecord, 'classes'> & { classes: string | null };

/**
 * Where labels are read from: all that an image has, by its dataset or by hand; those without the ones that were dropped
 * after an audit; or as its dataset gives them.
 */
const classTables = { all: 'image_classes', kept: 'kept_classes', given: 'given_classes' } as const;

/** Columns of an ImageRow. */
export const imageColumns = (labels: keyof typeof classTables = 'all'): string =>
  'id, dataset, path, width, height, split, domain, truth, ' +
  `(SELECT group_concat(class) FROM ${classTables[labels]} WHERE image = images.number) AS classes`;

/** The record of a row; the database adds fields of its own, which stay out. */
export function imageFromRow({
  id,
  dataset,
  path,
  width,
  height,
  split,
  domain,
  truth,
  classes,
}: ImageRow): ImageRecord {
  const indices = classes === null ? [] : String(classes).split(',').map(Number);
  return { id, dataset, path, width, height, split, domain, classes: indices.sort((a, b) => a - b), truth };
}

/** The WHERE clause of a filter and its parameters; `more` stands last, so that its parameter comes last too. */
export function whereOf(filter: ImageFilter, more?: string): { where: string; parameters: unknown[] } {
  const conditions: string[] = [];
  const parameters: unknown[] = [];
  const add = (condition: string, ...values: unknown[]): void => {
    conditions.push(condition);
    parameters.push(...values);
  };
  const classes = classTables[filter.kept ? 'kept' : 'all'];
  const anyClass = `EXISTS (SELECT 1 FROM ${classes} WHERE image = images.number)`;
  if (filter.split !== undefined) {
    add(filter.learnt ? "(split IS ? OR split IS NULL AND domain <> 'target')" : 'split IS ?', filter.split);
  }
  if (filter.learnt) {
    add(
      'number NOT IN (SELECT image FROM image_tags JOIN tags ON tags.number = tag WHERE tags.name = ?)',
      EXCLUDED_TAG,
    );
  }
  if (filter.domain !== undefined) add('domain = ?', filter.domain);
  if (filter.classIndex !== undefined) {
    add(`number IN (SELECT image FROM ${classes} WHERE class = ?)`, filter.classIndex);
  }
  if (filter.ids !== undefined) add('id IN (SELECT value FROM json_each(?))', JSON.stringify(filter.ids));
  if (filter.labelled !== undefined) add(filter.labelled ? anyClass : `NOT ${anyClass}`);
  if (filter.withTruth !== undefined) add(`truth IS ${filter.withTruth ? 'NOT ' : ''}NULL`);
  if (filter.review !== undefined) add('review = ?', filter.review);
  if (more) add(more);
  return { where: conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '', parameters };
}
