import { editSchema, type Edit, type ImageChange, type ImageSelection } from '../../../shared/api/edits.js';
import { whereOf, type Where } from './image-where.js';
import { storedJson, type Queries } from './queries.js';
import type { ScoreStore } from './score-store.js';

/** Edits that can be taken back. */
const MOST_EDITS = 100;
/** Single changes that are remembered for it: some 100 MB. The latest edit is kept whatever its size. */
const MOST_CHANGES = 2_000_000;

interface EditRow {
  number: number;
  change: string;
  images: number;
  made_at: string;
}

const COLUMNS = 'number, change, images, made_at';

/** An entry that cannot be read is none. */
function shown(row: EditRow | undefined): Edit | null {
  const read = row && editSchema.safeParse({ ...row, change: storedJson(row.change), at: row.made_at });
  return read?.success ? read.data : null;
}

/** The images of a selection. */
function chosen(selection: ImageSelection): Where {
  if ('ids' in selection) {
    return { sql: 'WHERE id IN (SELECT value FROM json_each(?))', parameters: [JSON.stringify(selection.ids)] };
  }
  const except = { sql: 'id NOT IN (SELECT value FROM json_each(?))', parameters: [JSON.stringify(selection.except)] };
  return whereOf(selection.query, [except]);
}

/**
 * What persons have done to images: labels, tags, review. Each edit is a journal entry that can be taken back, a new one
 * forgets those that were. A label that was set by hand stands before the dataset's and before what audits say; imports
 * change only what lies under it (`given`).
 */
export class EditStore {
  readonly #queries: Queries;
  readonly #scores: ScoreStore;

  constructor(queries: Queries, scores: ScoreStore) {
    this.#queries = queries;
    this.#scores = scores;
  }

  /** Changes images, all or none of them; null where they were so already. */
  apply(selection: ImageSelection, change: ImageChange): Edit | null {
    return this.#queries.transaction(() => {
      const [{ number }] = this.#queries.all<{ number: number }>(
        'INSERT INTO edits (change, made_at) VALUES (?, ?) RETURNING number',
        JSON.stringify(change),
        new Date().toISOString(),
      );
      this.#note(number, chosen(selection), change);
      const [{ images, changes }] = this.#queries.all<{ images: number; changes: number }>(
        'SELECT count(DISTINCT image) AS images, count(*) AS changes FROM edit_changes WHERE edit = ?',
        number,
      );
      if (images === 0) {
        this.#queries.run('DELETE FROM edits WHERE number = ?', number);
        return null;
      }
      this.#queries.run('UPDATE edits SET images = ?, changes = ? WHERE number = ?', images, changes, number);
      this.#queries.run('DELETE FROM edits WHERE undone = 1');
      this.#forgetOldest();
      this.#write(number, 'after');
      return this.#edit('number = ?', number);
    });
  }

  /** Takes the latest edit back; null where there is none. */
  undo(): Edit | null {
    return this.#turn('undone = 0', 'DESC', 'before');
  }

  /** Does again what was taken back last; null where there is nothing. */
  redo(): Edit | null {
    return this.#turn('undone = 1', 'ASC', 'after');
  }

  /** The edits that undo and redo would take. */
  next(): { undo: Edit | null; redo: Edit | null } {
    return {
      undo: this.#edit('undone = 0 ORDER BY number DESC LIMIT 1'),
      redo: this.#edit('undone = 1 ORDER BY number LIMIT 1'),
    };
  }

  /** Tags that images have, by name, with how many images. */
  tags(): { name: string; images: number }[] {
    return this.#queries.all('SELECT name, count(*) AS images FROM image_tags JOIN tags ON number = tag GROUP BY tag ORDER BY name'); // prettier-ignore
  }

  /** Labels of an image that were added or taken away by hand, by class. */
  labels(id: string): { classIndex: number; present: boolean }[] {
    return this.#queries
      .all<{ class: number; present: number }>(
        'SELECT class, present FROM label_edits WHERE image = (SELECT number FROM images WHERE id = ?) ORDER BY class',
        id,
      )
      .map((row) => ({ classIndex: row.class, present: row.present === 1 }));
  }

  /** After an import: what a dataset gives is another way now, what was set by hand still holds. */
  putOver(id: string, given: readonly number[]): void {
    const { run } = this.#queries;
    const image = '(SELECT number FROM images WHERE id = ?)';
    run(`UPDATE label_edits SET given = class IN (SELECT value FROM json_each(?)) WHERE image = ${image}`, JSON.stringify(given), id); // prettier-ignore
    run(`INSERT OR IGNORE INTO image_classes (image, class) SELECT image, class FROM label_edits WHERE image = ${image} AND present = 1`, id); // prettier-ignore
    run(`DELETE FROM image_classes WHERE (image, class) IN (SELECT image, class FROM label_edits WHERE image = ${image} AND present = 0)`, id); // prettier-ignore
  }

  #edit(where: string, ...parameters: unknown[]): Edit | null {
    return shown(this.#queries.all<EditRow>(`SELECT ${COLUMNS} FROM edits WHERE ${where}`, ...parameters)[0]);
  }

  #turn(which: string, order: 'ASC' | 'DESC', side: Side): Edit | null {
    return this.#queries.transaction(() => {
      const edit = this.#edit(`${which} ORDER BY number ${order} LIMIT 1`);
      if (!edit) return null;
      this.#write(edit.number, side);
      this.#queries.run('UPDATE edits SET undone = 1 - undone WHERE number = ?', edit.number);
      return edit;
    });
  }

  /** Notes what will be another way than before. */
  #note(edit: number, { sql, parameters }: Where, change: ImageChange): void {
    const note = (kind: Kind, item: number, before: string, after: unknown, differs: string, ...values: unknown[]): void =>
      this.#queries.run(
        'INSERT INTO edit_changes (edit, kind, item, image, before, after) ' +
          `SELECT ?, ?, ?, number, ${before}, ? FROM images ${sql === '' ? 'WHERE' : `${sql} AND`} ${differs}`,
        ...[edit, kind, item, after, ...parameters, ...values],
      ); // prettier-ignore
    const tagged = 'number IN (SELECT image FROM image_tags WHERE tag = ?)';
    for (const item of new Set(change.addClasses)) {
      note('label', item, edited(item), 1, `NOT EXISTS (SELECT 1 FROM kept_classes WHERE image = number AND class = ${item})`); // prettier-ignore
    }
    for (const item of new Set(change.removeClasses)) {
      note('label', item, edited(item), 0, 'number IN (SELECT image FROM image_classes WHERE class = ?)', item);
    }
    for (const name of new Set(change.addTags)) {
      const tag = this.#tag(name);
      note('tag', tag, '0', 1, `NOT ${tagged}`, tag);
    }
    for (const name of new Set(change.removeTags)) {
      const tag = this.#tag(name);
      note('tag', tag, '1', 0, tagged, tag);
    }
    if (change.review !== undefined) note('review', 0, 'review', change.review, 'review <> ?', change.review);
  }

  #tag(name: string): number {
    this.#queries.run('INSERT OR IGNORE INTO tags (name) VALUES (?)', name);
    return this.#queries.all<{ number: number }>('SELECT number FROM tags WHERE name = ?', name)[0].number;
  }

  /** Brings the images into the state before or after an edit. */
  #write(edit: number, side: Side): void {
    const { run } = this.#queries;
    const of = (kind: Kind, more = ''): string =>
      `FROM edit_changes AS c WHERE c.edit = ? AND c.kind = '${kind}' ${more}`;
    // Of a label that nobody had edited, the index holds what is given. Null stands for "as given".
    run(`INSERT OR IGNORE INTO label_edits (image, class, present, given) SELECT image, item, 0, EXISTS (SELECT 1 FROM image_classes AS l WHERE l.image = c.image AND l.class = c.item) ${of('label')}`, edit); // prettier-ignore
    run(`UPDATE label_edits SET present = ifnull(c.${side}, given) ${of('label', 'AND c.image = label_edits.image AND c.item = label_edits.class')}`, edit); // prettier-ignore
    const present = `(SELECT present FROM label_edits AS e WHERE e.image = c.image AND e.class = c.item)`;
    run(`INSERT OR IGNORE INTO image_classes (image, class) SELECT image, item ${of('label', `AND ${present} = 1`)}`, edit); // prettier-ignore
    run(`DELETE FROM image_classes WHERE (image, class) IN (SELECT image, item ${of('label', `AND ${present} = 0`)})`, edit); // prettier-ignore
    run(`DELETE FROM label_edits WHERE (image, class) IN (SELECT image, item ${of('label', `AND c.${side} IS NULL`)})`, edit); // prettier-ignore
    run(`INSERT OR IGNORE INTO image_tags (tag, image) SELECT item, image ${of('tag', `AND c.${side} = 1`)}`, edit);
    run(`DELETE FROM image_tags WHERE (tag, image) IN (SELECT item, image ${of('tag', `AND c.${side} = 0`)})`, edit);
    run(`UPDATE images SET review = c.${side} ${of('review', 'AND c.image = images.number')}`, edit);
    this.#scores.renewAudits(edit);
  }

  #forgetOldest(): void {
    this.#queries.run(
      'DELETE FROM edits WHERE number < (SELECT max(number) FROM edits) AND number IN (' +
        'SELECT number FROM (SELECT number, row_number() OVER newest AS place, sum(changes) OVER newest AS total ' +
        'FROM edits WINDOW newest AS (ORDER BY number DESC)) WHERE place > ? OR total > ?)',
      MOST_EDITS,
      MOST_CHANGES,
    );
  }
}

type Kind = 'label' | 'tag' | 'review';
type Side = 'before' | 'after';

/** What a person had said of a label, or null. */
const edited = (item: number): string => `(SELECT present FROM label_edits WHERE image = number AND class = ${item})`;
