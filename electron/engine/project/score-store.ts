import {
  queueScores,
  scoreKinds,
  scoreText,
  type QueueScore,
  type ScoreKind,
  type ScoreKindInfo,
  type ScoreName,
} from '../../../shared/dataset/scores.js';
import type { Queries } from './queries.js';

/** Kinds of scores that the audits of labels give. */
const audits = (Object.entries(scoreKinds) as [ScoreKind, ScoreKindInfo][]).flatMap(([kind, info]) =>
  info.from === 'audit' ? [{ kind, column: info.column }] : [],
);

interface Piece {
  sql: string;
  parameters: unknown[];
}

/** What an image's benefit of being looked at is, and the terms of it; null where one is unknown. */
export interface ScoreRow {
  id: string;
  values: Readonly<Record<QueueScore, number | null>>;
}

/** Score of an image as SQL, null where it has none. */
export function scoreSql(score: ScoreName): Piece {
  const info: ScoreKindInfo = scoreKinds[score.kind];
  if (info.from === 'image') return { sql: info.sql, parameters: [] };
  return {
    sql: '(SELECT value FROM image_scores WHERE score = (SELECT number FROM scores WHERE name = ?) AND image = images.number)',
    parameters: [scoreText(score)],
  };
}

/** All values of a score among the images of a WHERE clause, as a table `value`; images without the score are not in it. */
export function scoreValues(score: ScoreName, where: Piece): Piece {
  const info: ScoreKindInfo = scoreKinds[score.kind];
  if (info.from === 'image')
    return { sql: `SELECT ${info.sql} AS value FROM images ${where.sql}`, parameters: where.parameters };
  const among = where.sql === '' ? '' : `AND image IN (SELECT number FROM images ${where.sql})`;
  return {
    sql: `SELECT value FROM image_scores WHERE score = (SELECT number FROM scores WHERE name = ?) ${among}`,
    parameters: [scoreText(score), ...where.parameters],
  };
}

/** The scores of images that are no property of theirs: of audits, of the review queue, and of evaluations as their files were last
 * read. */
export class ScoreStore {
  readonly #queries: Queries;

  constructor(queries: Queries) {
    this.#queries = queries;
  }

  /** Names of the scores that jobs have given: audits, and the ordering of the review queue. */
  givenScores(): string[] {
    const names = this.#queries.all<{ name: string }>("SELECT name FROM scores WHERE version = '' ORDER BY name");
    return names.map(({ name }) => name);
  }

  /** Version of the file that a score was read from; null where it never was. */
  version(score: ScoreName): string | null {
    const sql = 'SELECT version FROM scores WHERE name = ?';
    return this.#queries.all<{ version: string }>(sql, scoreText(score))[0]?.version ?? null;
  }

  /** Puts a file's values in the place of what was known of a score; ids of no image are passed by. */
  replace(score: ScoreName, version: string, values: readonly (readonly [id: string, value: number])[]): void {
    this.#queries.transaction(() => {
      const number = this.#anew(scoreText(score), version);
      this.#queries.run(
        "INSERT OR IGNORE INTO image_scores (score, image, value) SELECT ?, images.number, json_extract(value, '$[1]') " +
          "FROM json_each(?) JOIN images ON images.id = json_extract(value, '$[0]')",
        number,
        JSON.stringify(values),
      );
    });
  }

  /** Puts what is known now of some images' places in the review queue, by a mask set. */
  put(set: string, rows: readonly ScoreRow[]): void {
    this.#queries.transaction(() => {
      for (const kind of queueScores) {
        const name = scoreText({ kind, set });
        this.#queries.run("INSERT OR IGNORE INTO scores (name, version) VALUES (?, '')", name);
        this.#queries.run(
          'DELETE FROM image_scores WHERE score = (SELECT number FROM scores WHERE name = ?) ' +
            'AND image IN (SELECT number FROM images WHERE id IN (SELECT value FROM json_each(?)))',
          name,
          JSON.stringify(rows.map(({ id }) => id)),
        );
        this.#queries.run(
          "INSERT INTO image_scores (score, image, value) SELECT scores.number, images.number, json_extract(value, '$[1]') " +
            "FROM json_each(?) JOIN images ON images.id = json_extract(value, '$[0]') JOIN scores ON scores.name = ?",
          JSON.stringify(rows.flatMap(({ id, values }) => (values[kind] === null ? [] : [[id, values[kind]]]))),
          name,
        );
      }
    });
  }

  /** Forgets a score whose file is gone. */
  forget(score: ScoreName): void {
    this.#queries.run('DELETE FROM scores WHERE name = ?', scoreText(score));
  }

  /** Takes over what the audit of a run has found: an image has the confidence of its least trusted label. */
  replaceAudit(run: string): void {
    this.#queries.transaction(() => {
      for (const { kind, column } of audits) {
        const number = this.#anew(scoreText({ kind, set: run }), '');
        this.#insertAudit(column, 'run = ?', number, run);
      }
    });
  }

  /** After an edit of labels: labels that are gone are no longer doubted, and the image has no place in the review queue. */
  renewAudits(edit: number): void {
    const touched = "image IN (SELECT image FROM edit_changes WHERE edit = ? AND kind = 'label')";
    for (const name of this.givenScores()) {
      const [kind, run] = [name.slice(0, name.indexOf('/')), name.slice(name.indexOf('/') + 1)];
      const [{ number }] = this.#queries.all<{ number: number }>('SELECT number FROM scores WHERE name = ?', name);
      const column = audits.find((audit) => audit.kind === kind)?.column;
      this.#queries.run(`DELETE FROM image_scores WHERE score = ? AND ${touched}`, number, edit);
      if (column !== undefined) this.#insertAudit(column, `run = ? AND ${touched}`, number, run, edit);
    }
  }

  #insertAudit(column: string, where: string, ...parameters: unknown[]): void {
    this.#queries.run(
      `INSERT INTO image_scores (score, image, value) SELECT ?, image, min(${column}) ` +
        `FROM label_confidences JOIN image_classes USING (image, class) WHERE ${where} AND ${column} IS NOT NULL GROUP BY image`,
      ...parameters,
    );
  }

  /** Number of a score without values. */
  #anew(name: string, version: string): number {
    this.#queries.run('DELETE FROM scores WHERE name = ?', name);
    const sql = 'INSERT INTO scores (name, version) VALUES (?, ?) RETURNING number';
    return this.#queries.all<{ number: number }>(sql, name, version)[0].number;
  }
}
