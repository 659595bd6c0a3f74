import { countedNotes } from './counted-notes.ts';

/**
 * Rows refer to each other by small integers that only this store knows: an index over random ids
 * costs more than everything else, so there are two, one for operations and one for entities.
 */
const firstSchema = `
  -- Every operation ever made or received here, as sealed and as opened. Rows are only ever added.
  CREATE TABLE operations (
    place INTEGER PRIMARY KEY,        -- dense, from 1
    id BLOB NOT NULL UNIQUE,
    entity INTEGER NOT NULL,
    body BLOB NOT NULL,               -- JSON as it was sealed
    envelope BLOB NOT NULL
  );
  CREATE INDEX operations_of_entity ON operations (entity);

  -- What the operations say now. A row without edited_at is only named by others so far.
  CREATE TABLE entities (
    entity INTEGER PRIMARY KEY,
    id BLOB NOT NULL,
    kind INTEGER NOT NULL,
    head INTEGER,                     -- place of the current revision, where there is one
    merged TEXT,                      -- where there are several: their ids, and the value that follows
    deleted INTEGER NOT NULL DEFAULT 0,
    conflict INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER,
    edited_at INTEGER,
    space INTEGER,                    -- of a note: the entity it is in
    name TEXT,                        -- of a note: its file name
    pinned INTEGER NOT NULL DEFAULT 0,
    UNIQUE (id, kind)
  );
  CREATE INDEX named_notes ON entities (space, name) WHERE name <> '';
  CREATE INDEX devices_by_time ON entities (created_at) WHERE kind = 4;

  -- The files of each note.
  CREATE TABLE attachments (
    note INTEGER NOT NULL,
    file INTEGER NOT NULL,
    PRIMARY KEY (note, file)
  ) WITHOUT ROWID;
  CREATE INDEX notes_of_file ON attachments (file);
  CREATE TABLE incomplete_files (entity INTEGER PRIMARY KEY);

  CREATE TABLE outbox (place INTEGER PRIMARY KEY, kind INTEGER NOT NULL);

  -- Devices that operations came from: a count below the highest number tells of a hole.
  CREATE TABLE devices (
    id BLOB PRIMARY KEY,
    highest INTEGER NOT NULL,
    operations INTEGER NOT NULL
  ) WITHOUT ROWID;
  -- This device: its number and clock.
  CREATE TABLE writer (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    device BLOB NOT NULL,
    n INTEGER NOT NULL,
    at INTEGER NOT NULL,
    c INTEGER NOT NULL
  );

  -- The server's log: which it is, the chain at each end of a page or batch (the last is the cursor),
  -- and runs of its entries that lie one after another here.
  CREATE TABLE followed_log (one INTEGER PRIMARY KEY CHECK (one = 1), id BLOB NOT NULL);
  CREATE TABLE positions (seq INTEGER PRIMARY KEY, chain BLOB NOT NULL);
  CREATE TABLE runs (seq INTEGER PRIMARY KEY, place INTEGER NOT NULL, operations INTEGER NOT NULL);

  CREATE TABLE quarantine (
    entry INTEGER PRIMARY KEY,
    id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    reason TEXT NOT NULL,
    envelope BLOB NOT NULL
  );
  CREATE INDEX quarantine_by_id ON quarantine (id);

  CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

  -- Folded text of notes. The text itself is not kept twice; what is after \`indexed\` is not in it yet.
  CREATE VIRTUAL TABLE words USING fts5 (
    text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1'
  );
  CREATE TABLE indexed (one INTEGER PRIMARY KEY CHECK (one = 1), place INTEGER NOT NULL);
  INSERT INTO indexed VALUES (1, 0);
`;

const quarantineTimes = `
  -- Milliseconds since 1970 UTC; not known of what was received before there was this column.
  ALTER TABLE quarantine ADD COLUMN received_at INTEGER;
`;

const quarantineHashes = `
  -- What came and could not be used. An entry is known by its hash: its bytes may be given up, or held back.
  CREATE TABLE aside (
    entry INTEGER PRIMARY KEY,
    id BLOB NOT NULL,
    hash BLOB NOT NULL,               -- SHA-256 of the envelope
    seq INTEGER NOT NULL,
    reason TEXT NOT NULL,
    received_at INTEGER,
    bytes INTEGER,                    -- of the envelope; NULL where it never came
    header BLOB,                      -- its first bytes
    envelope BLOB,                    -- NULL where it is not kept
    UNIQUE (id, hash)
  );
  INSERT INTO aside
    SELECT entry, id, sha256(envelope), seq, reason, received_at, length(envelope), substr(envelope, 1, 17),
      CASE WHEN reason <> 'repeated' THEN envelope END
    FROM quarantine;
  DROP TABLE quarantine;
  ALTER TABLE aside RENAME TO quarantine;
  CREATE INDEX quarantine_by_seq ON quarantine (seq);
  CREATE INDEX quarantine_by_reason ON quarantine (reason, seq);
  CREATE INDEX quarantine_kept ON quarantine (reason, bytes) WHERE envelope IS NOT NULL;
`;

/**
 * `parents` says what the graph of an entity is, so that no body is read for it; `numbers` which numbers of a
 * device are here. Both are made from the bodies of the operations that are here.
 */
const graphAndNumbers = `
  -- Parents of a revision, 16 bytes each, as it names them: unless they are just the revision of its entity
  -- that is here right before it, or none of the first one.
  CREATE TABLE parents (place INTEGER PRIMARY KEY, ids BLOB NOT NULL);
  INSERT INTO parents (place, ids)
    SELECT place, coalesce(unhex(replace(named, '-', '')), x'') FROM (
      SELECT f.place, f.previous,
        (SELECT group_concat(n.value, '') FROM operations o, json_each(CAST(o.body AS TEXT), '$.parents') n
          WHERE o.place = f.place) AS named
      FROM (SELECT place, lag(id) OVER (PARTITION BY entity ORDER BY place) AS previous FROM operations) f
    ) WHERE coalesce(unhex(replace(named, '-', '')), x'') <> coalesce(previous, x'');

  -- Parents that revisions name and that are not here (yet).
  CREATE TABLE awaited (id BLOB PRIMARY KEY) WITHOUT ROWID;
  INSERT OR IGNORE INTO awaited (id)
    SELECT unhex(replace(n.value, '-', '')) FROM parents p CROSS JOIN operations o ON o.place = p.place,
      json_each(CAST(o.body AS TEXT), '$.parents') n
    WHERE NOT EXISTS (SELECT 1 FROM operations k WHERE k.id = unhex(replace(n.value, '-', '')));

  -- Numbers of operations that are here, by device: runs without a hole, both ends included, apart from each other.
  CREATE TABLE numbers (
    device BLOB NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (device, first)
  ) WITHOUT ROWID;
  INSERT INTO numbers (device, first, last)
    SELECT unhex(replace(device, '-', '')), min(n), max(n) FROM (
      SELECT device, n, n - row_number() OVER (PARTITION BY device ORDER BY n) AS run FROM (
        SELECT DISTINCT json_extract(CAST(body AS TEXT), '$.device') AS device,
          json_extract(CAST(body AS TEXT), '$.n') AS n FROM operations)
    ) GROUP BY device, run;
  DROP TABLE devices;

  CREATE INDEX runs_by_place ON runs (place);
`;

const arrivals = `
  -- When operations were here whose stamp may not say when they were made.
  CREATE TABLE arrivals (
    place INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,              -- milliseconds since 1970 UTC
    waits INTEGER NOT NULL            -- 1 while what comes behind it in the log may tell more
  );
  CREATE INDEX waiting_arrivals ON arrivals (place) WHERE waits = 1;
  -- The latest stamp among the entries of the log that was not ahead when they came.
  ALTER TABLE followed_log ADD COLUMN latest INTEGER NOT NULL DEFAULT 0;
  -- What is ahead now was here by now.
  INSERT INTO arrivals (place, at, waits)
    SELECT o.place, n.ms, 0 FROM (SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER) AS ms) n
    JOIN entities e ON e.edited_at > n.ms JOIN operations o ON o.entity = e.entity
    WHERE json_extract(CAST(o.body AS TEXT), '$.at') > n.ms;
`;

/** `moment` is when a note is from: its date, or else when it was recorded. */
const streams = `
  ALTER TABLE entities ADD COLUMN created_c INTEGER;  -- with created_at the whole stamp of the first revision
  ALTER TABLE entities ADD COLUMN moment INTEGER;     -- of a note
  UPDATE entities SET created_c = (
    SELECT min(json_extract(CAST(o.body AS TEXT), '$.c')) FROM operations o
    WHERE o.entity = entities.entity AND json_extract(CAST(o.body AS TEXT), '$.at') = entities.created_at
  ) WHERE edited_at IS NOT NULL;
  UPDATE entities SET moment = coalesce(
    CASE WHEN merged IS NULL
      THEN (SELECT json_extract(CAST(o.body AS TEXT), '$.value.date') FROM operations o WHERE o.place = head)
      ELSE json_extract(merged, '$.value.date') END,
    created_at
  ) WHERE kind = 2 AND edited_at IS NOT NULL;

  CREATE INDEX stream ON entities (space, moment, created_at, created_c, id)
    WHERE kind = 2 AND deleted = 0 AND edited_at IS NOT NULL;
  CREATE INDEX pinned_notes ON entities (space, moment)
    WHERE kind = 2 AND deleted = 0 AND edited_at IS NOT NULL AND pinned = 1;
  CREATE INDEX trash ON entities (edited_at, id)
    WHERE kind = 2 AND deleted = 1 AND edited_at IS NOT NULL;

  -- What was seen on this device: notes of a space up to a moment, of those that were here when it was marked.
  CREATE TABLE read_marks (space INTEGER PRIMARY KEY, moment INTEGER NOT NULL, entity INTEGER NOT NULL);
  INSERT INTO read_marks (space, moment, entity)
    SELECT entity, 9007199254740991, (SELECT max(entity) FROM entities) FROM entities WHERE kind = 1;
`;

const searchTerms = `
  CREATE VIRTUAL TABLE terms USING fts5vocab('words', 'row');
  CREATE INDEX edited_notes ON entities (edited_at DESC, id)
    WHERE kind = 2 AND deleted = 0 AND edited_at IS NOT NULL;
`;

const calls = `
  -- Operations that one call of a program recorded, one place after another: asked again, it records none.
  CREATE TABLE calls (
    place INTEGER PRIMARY KEY,        -- of the first of them
    operations INTEGER NOT NULL,
    call TEXT NOT NULL UNIQUE
  );
`;

const drafts = `
  -- What was written and not sent, of this device alone.
  CREATE TABLE drafts (
    kind INTEGER NOT NULL,            -- of what it is written in
    id BLOB NOT NULL,
    body TEXT NOT NULL,               -- JSON
    at INTEGER NOT NULL,              -- milliseconds since 1970 UTC
    PRIMARY KEY (kind, id)
  ) WITHOUT ROWID;
`;

/** Of a note's revisions that name the space that it is in now there is no row. */
const formerSpaces = `
  -- Spaces that revisions of notes name, besides the one that the note is in now.
  CREATE TABLE former_spaces (
    space INTEGER NOT NULL,
    note INTEGER NOT NULL,
    PRIMARY KEY (space, note)
  ) WITHOUT ROWID;
  INSERT OR IGNORE INTO former_spaces (space, note)
    SELECT s.entity, e.entity FROM entities e JOIN operations o ON o.entity = e.entity
      JOIN entities s ON s.kind = 1
        AND s.id = unhex(replace(json_extract(CAST(o.body AS TEXT), '$.value.space'), '-', ''))
    WHERE e.kind = 2 AND s.entity IS NOT e.space;
  CREATE INDEX deleted_notes ON entities (space) WHERE kind = 2 AND deleted = 1 AND edited_at IS NOT NULL;
`;

const transfers = `
  -- What somebody wishes of a content that is not here: 1 to have it, 0 to leave it on the server, NULL as the policy says.
  ALTER TABLE incomplete_files ADD COLUMN wish INTEGER;
  ALTER TABLE incomplete_files ADD COLUMN damaged INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX waiting_files ON outbox (place) WHERE kind = 3;
  -- Numbers of a device from \`waits\` on may be missing without a fault: so its operation says that has the highest one here.
  CREATE TABLE announced (device BLOB PRIMARY KEY, waits INTEGER NOT NULL) WITHOUT ROWID;
`;

const mentions = `
  -- What the texts of living notes say, as far as they are indexed: tags, and what they link to.
  CREATE TABLE tags (
    space INTEGER NOT NULL,
    tag TEXT NOT NULL,                -- folded
    note INTEGER NOT NULL,
    written TEXT NOT NULL,
    PRIMARY KEY (space, tag, note)
  ) WITHOUT ROWID;
  CREATE INDEX tags_of_note ON tags (note);
  CREATE TABLE links (
    target BLOB NOT NULL,             -- the id of a note; as text, the name that a relative link ends in
    note INTEGER NOT NULL,
    PRIMARY KEY (target, note)
  ) WITHOUT ROWID;
  CREATE INDEX links_of_note ON links (note);
`;

const thumbnails = `
  -- Small pictures of contents, of this device alone: what was not looked at for the longest goes first.
  CREATE TABLE thumbnails (
    content BLOB PRIMARY KEY,         -- SHA-256 of the names of its chunks
    picture BLOB NOT NULL,
    bytes INTEGER NOT NULL,           -- of the picture
    used INTEGER NOT NULL             -- milliseconds since 1970 UTC
  );
  CREATE INDEX thumbnails_by_use ON thumbnails (used DESC, content, bytes);
`;

/** Each takes the schema from its place in this list to the next version. Never edited, only added to. */
export const migrations: readonly string[] = [
  firstSchema,
  quarantineTimes,
  quarantineHashes,
  graphAndNumbers,
  arrivals,
  streams,
  searchTerms,
  calls,
  drafts,
  formerSpaces,
  transfers,
  mentions,
  thumbnails,
  countedNotes,
];
