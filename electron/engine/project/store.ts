import type Database from 'libsql';
import type {
  Artifact,
  ArtifactKind,
  ArtifactRef,
  ImageFilter,
  ImageRecord,
  ReferenceScope,
} from '../../../shared/project.js';
import type { Failure } from '../../../shared/types.js';
import { databaseError, openDatabase } from './database.js';
import { EditStore } from './edit-store.js';
import { ImageBrowser } from './image-browser.js';
import { ImageFigures } from './image-figures.js';
import { JobStore } from './job-store.js';
import { LabelStore } from './label-store.js';
import { MaskFileStore } from './mask-file-store.js';
import { RoundStore } from './round-store.js';
import { migrations } from './migrations.js';
import { idKey } from './paths.js';
import type { Queries } from './queries.js';
import { ReviewQueue } from './review-queue.js';
import { ScoreStore } from './score-store.js';
import { countsOf, type Counts } from './store-counts.js';
import { imageColumns, imageFromRow, whereOf, type ImageRow } from './store-query.js';
import { ViewStore } from './view-store.js';

/** Images fetched at a time by `iterateImages`. */
const PAGE = 500;

/**
 * The index of a project (index.sqlite): images, labels, import failures, reference sets, lineage and jobs. Synchronous; one
 * instance a thread. Methods throw StudioError busy, project-damaged, disk-full or not-writable.
 */
export class Store {
  readonly #database: Database.Database;
  readonly #file: string;
  readonly #statements = new Map<string, Database.Statement>();
  readonly #queries: Queries = {
    all: (sql, ...parameters) => this.#all(sql, ...parameters),
    run: (sql, ...parameters) => this.#run(sql, ...parameters),
    transaction: (work) => this.transaction(work),
  };
  /** Scores of images that audits and evaluations give. */
  readonly scores = new ScoreStore(this.#queries);
  /** What audits found out about labels, and which were changed for it. */
  readonly labels = new LabelStore(this.#queries, this.scores);
  /** What persons have done to images: labels, tags, review; it can be taken back. */
  readonly edits = new EditStore(this.#queries, this.scores);
  readonly views = new ViewStore(this.#queries);
  /** Pages of images, narrowed and sorted. */
  readonly browser = new ImageBrowser(this.#queries);
  /** Figures about images, narrowed in the same ways. */
  readonly figures = new ImageFigures(this.#queries);
  /** Which images have a mask in which set. */
  readonly maskFiles = new MaskFileStore(this.#queries);
  /** The order in which images are reviewed. */
  readonly queue = new ReviewQueue(this.#queries);
  readonly jobs = new JobStore(this.#queries);
  /** What was measured, round by round. */
  readonly rounds = new RoundStore(this.#queries);

  /** @throws StudioError project-newer, and those above */
  constructor(file: string) {
    this.#file = file;
    this.#database = openDatabase(file, migrations);
  }

  /** Images that pass the filter, ordered by id. */
  images(filter: ImageFilter = {}): ImageRecord[] {
    const { where, parameters } = whereOf(filter);
    const sql = `SELECT ${imageColumns(filter.kept ? 'kept' : 'all')} FROM images ${where} ORDER BY id LIMIT ? OFFSET ?`;
    return this.#all<ImageRow>(sql, ...parameters, filter.limit ?? -1, filter.offset ?? 0).map(imageFromRow);
  }

  /** Like `images`, a page in memory at a time; images added meanwhile may or may not come along. */
  *iterateImages(filter: ImageFilter = {}): Generator<ImageRecord> {
    const { where, parameters } = whereOf(filter, 'id > ?');
    const sql = `SELECT ${imageColumns(filter.kept ? 'kept' : 'all')} FROM images ${where} ORDER BY id LIMIT ? OFFSET ?`;
    let left = filter.limit ?? Infinity;
    let offset = filter.offset ?? 0;
    for (let after = ''; left > 0; offset = 0) {
      const rows = this.#all<ImageRow>(sql, ...parameters, after, Math.min(left, PAGE), offset);
      yield* rows.map(imageFromRow);
      if (rows.length < Math.min(left, PAGE)) return;
      left -= rows.length;
      after = rows[rows.length - 1].id;
    }
  }

  /** Images that pass the filter; its `limit` and `offset` are left aside. */
  countImages(filter: ImageFilter = {}): number {
    const { where, parameters } = whereOf(filter);
    return this.#all<{ n: number }>(`SELECT count(*) AS n FROM images ${where}`, ...parameters)[0].n;
  }

  /** The image with that id, or null. */
  image(id: string): ImageRecord | null {
    const [row] = this.#all<ImageRow>(`SELECT ${imageColumns()} FROM images WHERE id = ?`, id);
    return row ? imageFromRow(row) : null;
  }

  /**
   * By the key of its id: each image that cannot stand beside one of `ids` on every file system (the same, or of another
   * case), with the labels that its dataset has given.
   */
  imagesLike(ids: readonly string[]): Map<string, ImageRecord> {
    const sql = `SELECT id_key, ${imageColumns('given')} FROM images WHERE id_key IN (SELECT value FROM json_each(?))`;
    const rows = this.#all<ImageRow & { id_key: string }>(sql, JSON.stringify(ids.map(idKey)));
    return new Map(rows.map((row) => [row.id_key, imageFromRow(row)]));
  }

  /** Adds images in one transaction: all of them or, where an id is taken, none. */
  addImages(images: readonly ImageRecord[]): void {
    this.transaction(() => {
      const sql =
        'INSERT INTO images (id, id_key, dataset, path, width, height, split, domain, truth) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)';
      for (const image of images) {
        const { id, dataset, path, width, height, split, domain, truth } = image;
        this.#run(sql, id, idKey(id), dataset, path, width, height, split, domain, truth);
        this.#addClasses(image);
      }
    });
  }

  /** Replaces split, ground truth and the labels that its dataset gives of an image that is there; edits stay over them. */
  updateImage(image: Pick<ImageRecord, 'id' | 'split' | 'classes' | 'truth'>): void {
    const { id, split, truth, classes } = image;
    this.transaction(() => {
      this.#run('UPDATE images SET split = ?, truth = ? WHERE id = ?', split, truth, id);
      this.#run('DELETE FROM image_classes WHERE image = (SELECT number FROM images WHERE id = ?)', id);
      this.#addClasses(image);
      this.edits.putOver(id, classes);
    });
  }

  #addClasses({ id, classes }: Pick<ImageRecord, 'id' | 'classes'>): void {
    const sql = 'INSERT INTO image_classes (image, class) SELECT number, ? FROM images WHERE id = ?';
    for (const classIndex of new Set(classes)) this.#run(sql, classIndex, id);
  }

  /** Figures for an overview. */
  counts(): Counts {
    return countsOf(this.#queries);
  }

  /** What the latest import of each dataset could not use. */
  failures(): Failure[] {
    const rows = this.#all<Omit<Failure, 'id'> & { id: string | null }>(
      'SELECT id, file, code, reason, action FROM failures ORDER BY dataset, number',
    );
    return rows.map(({ id, file, code, reason, action }) => ({ id: id ?? undefined, file, code, reason, action }));
  }

  /** Puts the failures of a dataset's latest import in the place of earlier ones. */
  replaceFailures(dataset: number, failures: readonly Failure[]): void {
    const sql = 'INSERT INTO failures (dataset, id, file, code, reason, action) VALUES (?, ?, ?, ?, ?, ?)';
    this.transaction(() => {
      this.#run('DELETE FROM failures WHERE dataset = ?', dataset);
      for (const { id, file, code, reason, action } of failures) {
        this.#run(sql, dataset, id ?? null, file, code, reason, action);
      }
    });
  }

  /** Stores a reference set in the order given, in the place of an earlier one; an empty list removes it. */
  setReferences({ classIndex, imageId = '' }: ReferenceScope, ids: readonly string[]): void {
    const sql = 'INSERT INTO reference_sets (class, image_id, place, reference_id) VALUES (?, ?, ?, ?)';
    this.transaction(() => {
      this.#run('DELETE FROM reference_sets WHERE class = ? AND image_id = ?', classIndex, imageId);
      ids.forEach((id, place) => this.#run(sql, classIndex, imageId, place, id));
    });
  }

  /** The stored reference set of exactly that scope, empty where there is none. */
  references({ classIndex, imageId = '' }: ReferenceScope): string[] {
    const sql = 'SELECT reference_id AS id FROM reference_sets WHERE class = ? AND image_id = ? ORDER BY place';
    return this.#all<{ id: string }>(sql, classIndex, imageId).map(({ id }) => id);
  }

  /** Every scope that has a reference set, classes first. */
  referenceScopes(): ReferenceScope[] {
    const sql = 'SELECT DISTINCT class, image_id FROM reference_sets ORDER BY class, image_id';
    return this.#all<{ class: number; image_id: string }>(sql).map((row) => ({
      classIndex: row.class,
      imageId: row.image_id || undefined,
    }));
  }

  /** Notes what a run, map set, ... was made from and how, in the place of an earlier one of that name. */
  recordArtifact(artifact: Omit<Artifact, 'createdAt'>): void {
    this.#run(
      'INSERT OR REPLACE INTO artifacts (kind, name, parents, settings, created_at) VALUES (?, ?, ?, ?, ?)',
      artifact.kind,
      artifact.name,
      JSON.stringify(artifact.parents),
      JSON.stringify(artifact.settings),
      new Date().toISOString(),
    );
  }

  /** What is known of a run, map set, ..., or null. */
  artifact(kind: ArtifactKind, name: string): Artifact | null {
    return this.artifacts(kind).find((artifact) => artifact.name === name) ?? null;
  }

  /** Everything of a kind (or of every kind), ordered by name. */
  artifacts(kind?: ArtifactKind): Artifact[] {
    const rows = this.#all<{ kind: ArtifactKind; name: string; parents: string; settings: string; created_at: string }>(
      'SELECT * FROM artifacts WHERE kind = ifnull(?, kind) ORDER BY kind, name',
      kind ?? null,
    );
    return rows.map((row) => ({
      kind: row.kind,
      name: row.name,
      parents: JSON.parse(row.parents) as ArtifactRef[],
      settings: JSON.parse(row.settings) as Record<string, unknown>,
      createdAt: row.created_at,
    }));
  }

  /** Runs `work` so that all its writes happen or none; nested calls join the outer one. */
  transaction<Result>(work: () => Result): Result {
    if (this.#database.inTransaction) return work();
    return this.#guard(() => this.#database.transaction(work).immediate());
  }

  /** Nothing may be called afterwards. */
  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  // Parameters go in as one array: a lone null would be taken for named parameters.
  #all<Row>(sql: string, ...parameters: unknown[]): Row[] {
    return this.#guard(() => this.#prepare(sql).all(parameters) as Row[]);
  }

  #run(sql: string, ...parameters: unknown[]): void {
    this.#guard(() => this.#prepare(sql).run(parameters));
  }

  #prepare(sql: string): Database.Statement {
    const known = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, known);
    return known;
  }

  #guard<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw databaseError(error, this.#file);
    }
  }
}
