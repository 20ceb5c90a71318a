import type { ImageQuery } from '../../../shared/api/images.js';
import { scoreKinds, type ScoreName } from '../../../shared/dataset/scores.js';
import { whereOf, type Where } from './image-where.js';
import type { Queries } from './queries.js';
import { scoreValues } from './score-store.js';

/** Figures about the images that pass a filter. */
export interface ImageStatistics {
  images: number;
  /** Under `''`: images of no split. */
  splits: Record<string, number>;
  domains: Record<string, number>;
  reviews: Record<string, number>;
  /** Images that carry each class. */
  classes: number[];
  withTruth: number;
  unlabelled: number;
}

/** How a score is spread over images. */
export interface Histogram {
  /** Null where no image has the score. */
  least: number | null;
  greatest: number | null;
  /** Images in each of equally wide bins; of whole numbers a bin begins at one and holds `width` of them. */
  counts: number[];
  width: number;
  /** Images without the score. */
  missing: number;
}

interface Group {
  split: string;
  domain: string;
  review: string;
  truth: number;
  labelled: number;
  n: number;
}

/** Figures about images, narrowed by a filter. */
export class ImageFigures {
  readonly #queries: Queries;

  constructor(queries: Queries) {
    this.#queries = queries;
  }

  statistics(query: ImageQuery, classCount: number): ImageStatistics {
    const where = whereOf(query);
    const found: ImageStatistics = {
      images: 0,
      splits: {},
      domains: {},
      reviews: {},
      classes: this.#classes(where, classCount),
      withTruth: 0,
      unlabelled: 0,
    };
    // In the words of the index, whose order groups them: sorting most images would take longer than reading all.
    const groups = this.#queries.all<Group>(
      "SELECT ifnull(split, '') AS split, domain, review, truth IS NOT NULL AS truth, labels > 0 AS labelled, " +
        `count(*) AS n FROM images INDEXED BY images_by_group ${where.sql} ` +
        "GROUP BY ifnull(split, ''), domain, review, truth IS NOT NULL, labels > 0",
      ...where.parameters,
    );
    const count = (of: Record<string, number>, key: string, n: number): void => void (of[key] = (of[key] ?? 0) + n);
    for (const { split, domain, review, truth, labelled, n } of groups) {
      found.images += n;
      count(found.splits, split, n);
      count(found.domains, domain, n);
      count(found.reviews, review, n);
      if (truth) found.withTruth += n;
      if (!labelled) found.unlabelled += n;
    }
    return found;
  }

  /** [K][K], symmetric: images that carry both classes; on the diagonal those of one. */
  together(query: ImageQuery, classCount: number): number[][] {
    const { sql, parameters } = narrowed(whereOf(query));
    const pairs = this.#queries.all<{ a: number; b: number; n: number }>(
      'SELECT one.class AS a, other.class AS b, count(*) AS n FROM image_classes AS one ' +
        `JOIN image_classes AS other ON other.image = one.image AND other.class >= one.class ${sql} GROUP BY 1, 2`,
      ...parameters,
    );
    const together = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0));
    for (const { a, b, n } of pairs.filter(({ b: highest }) => highest < classCount)) {
      together[a][b] = n;
      together[b][a] = n;
    }
    return together;
  }

  histogram(query: ImageQuery, score: ScoreName, bins: number): Histogram {
    const where = whereOf(query);
    const values = scoreValues(score, where);
    const [{ n, least, greatest }] = this.#queries.all<{ n: number; least: number | null; greatest: number | null }>(
      `SELECT count(*) AS n, min(value) AS least, max(value) AS greatest FROM (${values.sql})`,
      ...values.parameters,
    );
    const [{ all }] = this.#queries.all<{ all: number }>(`SELECT count(*) AS "all" FROM images ${where.sql}`, ...where.parameters); // prettier-ignore
    const range = { least, greatest, missing: all - n };
    if (least === null || greatest === null) return { ...range, counts: [], width: 0 };
    const { whole } = scoreKinds[score.kind];
    const width = whole ? Math.ceil((greatest - least + 1) / bins) : (greatest - least) / bins;
    const used = whole ? Math.ceil((greatest - least + 1) / width) : width === 0 ? 1 : bins;
    const rows = this.#queries.all<{ bin: number; n: number }>(
      `SELECT min(?, CAST((value - ?) / ? AS INTEGER)) AS bin, count(*) AS n FROM (${values.sql}) GROUP BY 1`,
      used - 1,
      least,
      width || 1,
      ...values.parameters,
    );
    const counts = new Array<number>(used).fill(0);
    for (const { bin, n } of rows) counts[bin] = n;
    return { ...range, counts, width };
  }

  #classes(where: Where, classCount: number): number[] {
    const { sql, parameters } = narrowed(where);
    const counts = new Array<number>(classCount).fill(0);
    const rows = this.#queries.all<{ class: number; n: number }>(
      `SELECT class, count(*) AS n FROM image_classes AS one INDEXED BY image_classes_by_class ${sql} GROUP BY class`,
      ...parameters,
    );
    for (const { class: index, n } of rows.filter(({ class: highest }) => highest < classCount)) counts[index] = n;
    return counts;
  }
}

/** Labels of the images that a filter lets pass. */
const narrowed = ({ sql, parameters }: Where): Where => ({
  sql: sql === '' ? '' : `WHERE one.image IN (SELECT number FROM images ${sql})`,
  parameters,
});
