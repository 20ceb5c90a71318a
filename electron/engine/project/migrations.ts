/**
 * The schema of index.sqlite as a list of steps: entry v leads from version v to v + 1. Entries are never changed once
 * released; a change of the schema is a new entry.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE images (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    id_key TEXT NOT NULL UNIQUE,
    dataset INTEGER NOT NULL,
    path TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    split TEXT,
    domain TEXT NOT NULL,
    truth TEXT
  );
  CREATE INDEX images_by_split ON images (split, id);
  CREATE INDEX images_by_domain ON images (domain, id);

  CREATE TABLE image_classes (
    image INTEGER NOT NULL REFERENCES images (number) ON DELETE CASCADE,
    class INTEGER NOT NULL,
    PRIMARY KEY (image, class)
  ) WITHOUT ROWID;
  CREATE INDEX image_classes_by_class ON image_classes (class, image);

  CREATE TABLE failures (
    number INTEGER PRIMARY KEY,
    dataset INTEGER NOT NULL,
    id TEXT,
    file TEXT NOT NULL,
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    action TEXT NOT NULL
  );
  CREATE INDEX failures_by_dataset ON failures (dataset);

  CREATE TABLE reference_sets (
    class INTEGER NOT NULL,
    image_id TEXT NOT NULL,
    place INTEGER NOT NULL,
    reference_id TEXT NOT NULL,
    PRIMARY KEY (class, image_id, place)
  ) WITHOUT ROWID;

  CREATE TABLE artifacts (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    parents TEXT NOT NULL,
    settings TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (kind, name)
  ) WITHOUT ROWID;
  `,
  `
  CREATE TABLE label_confidences (
    run TEXT NOT NULL,
    image INTEGER NOT NULL REFERENCES images (number) ON DELETE CASCADE,
    class INTEGER NOT NULL,
    confidence REAL NOT NULL,
    probability REAL NOT NULL,
    agreement REAL,
    suggested INTEGER,
    PRIMARY KEY (run, class, image)
  ) WITHOUT ROWID;

  CREATE TABLE label_changes (
    image INTEGER NOT NULL REFERENCES images (number) ON DELETE CASCADE,
    class INTEGER NOT NULL,
    weight REAL NOT NULL,
    run TEXT NOT NULL,
    PRIMARY KEY (image, class)
  ) WITHOUT ROWID;

  CREATE VIEW kept_classes AS
    SELECT image, class FROM image_classes
    WHERE NOT EXISTS (
      SELECT 1 FROM label_changes AS change
      WHERE change.image = image_classes.image AND change.class = image_classes.class AND change.weight = 0
    );
  `,
  `
  CREATE TABLE jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    request TEXT NOT NULL,
    plan TEXT NOT NULL,
    seal TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL,
    place INTEGER NOT NULL,
    begun INTEGER NOT NULL DEFAULT 0,
    starts INTEGER NOT NULL DEFAULT 0,
    seconds REAL NOT NULL DEFAULT 0,
    progress TEXT,
    result TEXT,
    error TEXT,
    created_at TEXT NOT NULL,
    started_at TEXT,
    ended_at TEXT
  );

  CREATE TABLE job_lines (
    number INTEGER PRIMARY KEY,
    job INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    time TEXT NOT NULL,
    text TEXT NOT NULL
  );
  CREATE INDEX job_lines_by_job ON job_lines (job, number);

  CREATE INDEX images_by_pixels ON images (width * height, id);

  CREATE TABLE mask_files (
    name TEXT NOT NULL,
    image INTEGER NOT NULL REFERENCES images (number) ON DELETE CASCADE,
    folder TEXT NOT NULL,
    PRIMARY KEY (name, image)
  ) WITHOUT ROWID;
  CREATE INDEX mask_files_by_image ON mask_files (image);

  CREATE TABLE mask_folders (
    name TEXT NOT NULL,
    folder TEXT NOT NULL,
    changed_ms REAL NOT NULL,
    PRIMARY KEY (name, folder)
  ) WITHOUT ROWID;
  `,
  `
  ALTER TABLE images ADD COLUMN review TEXT NOT NULL DEFAULT 'unreviewed';
  ALTER TABLE images ADD COLUMN labels INTEGER NOT NULL DEFAULT 0;
  UPDATE images SET labels = (SELECT count(*) FROM image_classes WHERE image = number);
  CREATE INDEX images_by_labels ON images (labels, id);
  CREATE INDEX images_by_review ON images (review, id);
  CREATE INDEX images_by_group ON images (ifnull(split, ''), domain, review, truth IS NOT NULL, labels > 0);
  CREATE TRIGGER label_added AFTER INSERT ON image_classes BEGIN
    UPDATE images SET labels = labels + 1 WHERE number = NEW.image;
  END;
  CREATE TRIGGER label_removed AFTER DELETE ON image_classes BEGIN
    UPDATE images SET labels = labels - 1 WHERE number = OLD.image;
  END;

  CREATE TABLE label_edits (
    image INTEGER NOT NULL REFERENCES images (number) ON DELETE CASCADE,
    class INTEGER NOT NULL,
    present INTEGER NOT NULL,
    given INTEGER NOT NULL,
    PRIMARY KEY (image, class)
  ) WITHOUT ROWID;

  CREATE VIEW given_classes AS
    SELECT image, class FROM image_classes
    WHERE NOT EXISTS (
      SELECT 1 FROM label_edits AS edit
      WHERE edit.image = image_classes.image AND edit.class = image_classes.class AND edit.given = 0
    )
    UNION ALL SELECT image, class FROM label_edits WHERE given = 1 AND present = 0;

  DROP VIEW kept_classes;
  CREATE VIEW kept_classes AS
    SELECT image, class FROM image_classes
    WHERE NOT EXISTS (
      SELECT 1 FROM label_changes AS change
      WHERE change.image = image_classes.image AND change.class = image_classes.class AND change.weight = 0
    ) OR EXISTS (
      SELECT 1 FROM label_edits AS edit
      WHERE edit.image = image_classes.image AND edit.class = image_classes.class
    );

  CREATE TABLE tags (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE image_tags (
    tag INTEGER NOT NULL REFERENCES tags (number) ON DELETE CASCADE,
    image INTEGER NOT NULL REFERENCES images (number) ON DELETE CASCADE,
    PRIMARY KEY (tag, image)
  ) WITHOUT ROWID;
  CREATE INDEX image_tags_by_image ON image_tags (image, tag);

  CREATE TABLE edits (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    change TEXT NOT NULL,
    images INTEGER NOT NULL DEFAULT 0,
    changes INTEGER NOT NULL DEFAULT 0,
    undone INTEGER NOT NULL DEFAULT 0,
    made_at TEXT NOT NULL
  );
  CREATE TABLE edit_changes (
    edit INTEGER NOT NULL REFERENCES edits (number) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    item INTEGER NOT NULL,
    image INTEGER NOT NULL,
    before,
    after,
    PRIMARY KEY (edit, kind, item, image)
  ) WITHOUT ROWID;

  CREATE TABLE scores (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, version TEXT NOT NULL DEFAULT '');
  CREATE TABLE image_scores (
    score INTEGER NOT NULL REFERENCES scores (number) ON DELETE CASCADE,
    image INTEGER NOT NULL REFERENCES images (number) ON DELETE CASCADE,
    value REAL NOT NULL,
    PRIMARY KEY (score, image)
  ) WITHOUT ROWID;
  CREATE INDEX image_scores_by_value ON image_scores (score, value);
  CREATE INDEX label_confidences_by_image ON label_confidences (image);

  INSERT INTO scores (name)
    SELECT 'confidence/' || run FROM label_confidences GROUP BY run
    UNION ALL SELECT 'agreement/' || run FROM label_confidences WHERE agreement IS NOT NULL GROUP BY run;
  INSERT INTO image_scores
    SELECT number, image, min(confidence) FROM label_confidences JOIN image_classes USING (image, class)
    JOIN scores ON name = 'confidence/' || run GROUP BY number, image;
  INSERT INTO image_scores
    SELECT number, image, min(agreement) FROM label_confidences JOIN image_classes USING (image, class)
    JOIN scores ON name = 'agreement/' || run WHERE agreement IS NOT NULL GROUP BY number, image;

  CREATE TABLE views (name TEXT PRIMARY KEY, filter TEXT NOT NULL, by_default INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
  `,
  // Measurings, kept as a row each, for an evaluation of the same name takes the place of the one before.
  `
  CREATE TABLE rounds (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    evaluation TEXT NOT NULL,
    kind TEXT NOT NULL,
    made TEXT NOT NULL,
    split TEXT,
    against TEXT,
    miou REAL,
    corrected INTEGER NOT NULL,
    run TEXT,
    weights TEXT,
    measured_at TEXT NOT NULL
  );
  `,
];
