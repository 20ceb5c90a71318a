import { roundSchema, type Round } from '../../../shared/rounds.js';
import type { Queries } from './queries.js';

interface RoundRow {
  number: number;
  evaluation: string;
  kind: string;
  made: string;
  split: string | null;
  against: string | null;
  miou: number | null;
  corrected: number;
  run: string | null;
  weights: string | null;
  measured_at: string;
}

/** What was measured, round by round. */
export class RoundStore {
  readonly #queries: Queries;

  constructor(queries: Queries) {
    this.#queries = queries;
  }

  /** In the order of time. One that cannot be read is passed by. */
  list(): Round[] {
    return this.#queries.all<RoundRow>('SELECT * FROM rounds ORDER BY number').flatMap((row) => {
      const read = roundSchema.safeParse({ ...row, set: row.made, mIoU: row.miou, measuredAt: row.measured_at });
      return read.success ? [read.data] : [];
    });
  }

  /** Notes a measuring. The same once more, of nothing that has changed, takes the place of the one before. */
  note({ evaluation, kind, set, split, against, mIoU, corrected, run, weights, measuredAt }: Round): void {
    this.#queries.transaction(() => {
      const sql = 'SELECT * FROM rounds WHERE evaluation = ? ORDER BY number DESC LIMIT 1';
      const [last] = this.#queries.all<RoundRow>(sql, evaluation);
      const same =
        last?.made === set && last.kind === kind && last.corrected === corrected && last.run === run && last.weights === weights; // prettier-ignore
      if (same) {
        this.#queries.run(
          'UPDATE rounds SET miou = ?, measured_at = ? WHERE number = ?',
          mIoU,
          measuredAt,
          last.number,
        );
        return;
      }
      this.#queries.run(
        'INSERT INTO rounds (evaluation, kind, made, split, against, miou, corrected, run, weights, measured_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        evaluation, kind, set, split, against, mIoU, corrected ?? 0, run, weights, measuredAt,
      ); // prettier-ignore
    });
  }
}
