import type { LabelChange, LabelConfidence } from '../../../shared/project.js';
import type { Queries } from './queries.js';
import type { ScoreStore } from './score-store.js';

interface ConfidenceRow {
  id: string;
  class: number;
  confidence: number;
  probability: number;
  agreement: number | null;
  suggested: number | null;
}

/** What persons say of a label stands before what an audit does. */
const NOT_BY_HAND = 'WHERE (image, class) NOT IN (SELECT image, class FROM label_edits)';

/** One label of one image. */
export type LabelRef = Pick<LabelChange, 'imageId' | 'classIndex'>;

/**
 * What runs think of image-level labels, and the labels that were dropped or made to count less. Both lie over the labels
 * of the datasets, which stay as they are; an entry whose label is gone has no effect.
 */
export class LabelStore {
  readonly #queries: Queries;

  readonly #scores: ScoreStore;

  constructor(queries: Queries, scores: ScoreStore) {
    this.#queries = queries;
    this.#scores = scores;
  }

  /** Puts a run's confidences in the place of its earlier ones. */
  replaceConfidences(run: string, confidences: readonly LabelConfidence[]): void {
    const sql =
      'INSERT INTO label_confidences (run, image, class, confidence, probability, agreement, suggested) ' +
      'SELECT ?, number, ?, ?, ?, ?, ? FROM images WHERE id = ?';
    this.#queries.transaction(() => {
      this.#queries.run('DELETE FROM label_confidences WHERE run = ?', run);
      for (const { imageId, classIndex, confidence, probability, agreement, suggested } of confidences) {
        this.#queries.run(sql, run, classIndex, confidence, probability, agreement, suggested, imageId);
      }
      this.#scores.replaceAudit(run);
    });
  }

  /** A run's confidences by class, the lowest first; equal ones in order of id. */
  confidences(run: string): LabelConfidence[] {
    const sql =
      'SELECT id, class, confidence, probability, agreement, suggested FROM label_confidences ' +
      'JOIN images ON number = image WHERE run = ? ORDER BY class, confidence, id';
    return this.#queries.all<ConfidenceRow>(sql, run).map((row) => ({
      imageId: row.id,
      classIndex: row.class,
      confidence: row.confidence,
      probability: row.probability,
      agreement: row.agreement,
      suggested: row.suggested,
    }));
  }

  /** Every label that is dropped or counts less, by class and id; those that a person has set by hand are none. */
  changes(): LabelChange[] {
    const sql = `SELECT id, class, weight, run FROM label_changes JOIN images ON number = image ${NOT_BY_HAND} ORDER BY class, id`; // prettier-ignore
    return this.#queries
      .all<{ id: string; class: number; weight: number; run: string }>(sql)
      .map((row) => ({ imageId: row.id, classIndex: row.class, weight: row.weight, run: row.run }));
  }

  /** How many labels are dropped, and how many count less. */
  changeCounts(): { dropped: number; weighted: number } {
    const sql = `SELECT count(*) AS n, ifnull(sum(weight = 0), 0) AS dropped FROM label_changes ${NOT_BY_HAND}`;
    const [{ n, dropped }] = this.#queries.all<{ n: number; dropped: number }>(sql);
    return { dropped, weighted: n - dropped };
  }

  /** Drops labels or makes them count less, in the place of what was said of the same labels before. */
  change(changes: readonly LabelChange[]): void {
    const sql =
      'INSERT OR REPLACE INTO label_changes (image, class, weight, run) SELECT number, ?, ?, ? FROM images WHERE id = ?';
    this.#queries.transaction(() => {
      for (const { imageId, classIndex, weight, run } of changes) {
        this.#queries.run(sql, classIndex, weight, run, imageId);
      }
    });
  }

  /** Lets labels count fully again. */
  restore(labels: readonly LabelRef[]): void {
    const sql = 'DELETE FROM label_changes WHERE class = ? AND image = (SELECT number FROM images WHERE id = ?)';
    this.#queries.transaction(() => {
      for (const { imageId, classIndex } of labels) this.#queries.run(sql, classIndex, imageId);
    });
  }
}
