/**
 * Raised by one with every change of the tables; `openSqliteStore` adds to versions 2 and later what they lack, and refuses a file of another one.
 * Ids are hex text where a row is rare; frames name their log and feed by number.
 */
export const TABLES_VERSION = 6

export const TABLES = `
CREATE TABLE logs (
  no INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  is_home INTEGER NOT NULL,
  first_owner BLOB NOT NULL,
  owner BLOB NOT NULL,
  owner_number INTEGER NOT NULL DEFAULT 0,
  account TEXT NOT NULL,
  cursor INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  is_closed INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE deleted_logs (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE accounts (name TEXT PRIMARY KEY, bytes INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE capabilities (
  no INTEGER PRIMARY KEY,
  log INTEGER NOT NULL,
  id TEXT NOT NULL,
  holder TEXT NOT NULL,
  rights INTEGER NOT NULL,
  not_before INTEGER NOT NULL,
  not_after INTEGER NOT NULL,
  quota INTEGER NOT NULL,
  used INTEGER NOT NULL DEFAULT 0,
  is_ended INTEGER NOT NULL DEFAULT 0,
  record BLOB NOT NULL,
  UNIQUE (log, id)
) STRICT;
CREATE INDEX capabilities_by_holder ON capabilities (log, holder);
CREATE TABLE feeds (
  no INTEGER PRIMARY KEY,
  log INTEGER NOT NULL,
  writer TEXT NOT NULL,
  next_seq INTEGER NOT NULL,
  head TEXT NOT NULL,
  kept_from INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL,
  UNIQUE (log, writer)
) STRICT;
CREATE TABLE frames (
  no INTEGER PRIMARY KEY,
  log INTEGER NOT NULL,
  cursor INTEGER NOT NULL,
  feed INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  UNIQUE (feed, seq),
  UNIQUE (log, cursor)
) STRICT;
CREATE TABLE blobs (
  no INTEGER PRIMARY KEY,
  log INTEGER NOT NULL,
  id TEXT NOT NULL,
  bytes BLOB NOT NULL,
  UNIQUE (log, id)
) STRICT;
CREATE TABLE prunes (
  no INTEGER PRIMARY KEY,
  log INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  record BLOB NOT NULL,
  UNIQUE (log, record)
) STRICT;
CREATE TABLE access (
  log INTEGER NOT NULL,
  minute INTEGER NOT NULL,
  capability TEXT NOT NULL,
  right INTEGER NOT NULL,
  count INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (log, minute, capability, right)
) STRICT, WITHOUT ROWID;
CREATE TABLE drops (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  mailbox TEXT NOT NULL,
  dropped_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE INDEX drops_by_mailbox ON drops (mailbox);
CREATE INDEX drops_by_expiry ON drops (expires_at);
`

/** New in version 3. `opens_left` and `max_opens` are null where anybody may open it as often as they like. */
export const LINK_TABLES = `
CREATE TABLE links (
  no INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  log INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  is_direct INTEGER NOT NULL,
  is_long_term INTEGER NOT NULL,
  is_paused INTEGER NOT NULL DEFAULT 0,
  max_opens INTEGER,
  opens_left INTEGER,
  opens INTEGER NOT NULL DEFAULT 0,
  tries_left INTEGER NOT NULL,
  salt BLOB,
  verifier BLOB,
  origin TEXT NOT NULL,
  file BLOB NOT NULL
) STRICT;
CREATE INDEX links_by_log ON links (log);
CREATE INDEX links_by_expiry ON links (expires_at);
CREATE TABLE openings (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  link INTEGER NOT NULL,
  at INTEGER NOT NULL,
  recipient TEXT NOT NULL
) STRICT;
CREATE INDEX openings_by_link ON openings (link);
`

/**
 * New in version 4. A topic is a log's or a mailbox's id; `holder` is empty for a mailbox. `device` is the holder key by which the device
 * connects, `sent_at` 0 before the first push, `quiet_from` and `quiet_to` minutes of the UTC day.
 */
export const PUSH_TABLES = `
CREATE TABLE relay_keys (name TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE push_devices (
  no INTEGER PRIMARY KEY,
  endpoint TEXT NOT NULL UNIQUE,
  device TEXT NOT NULL,
  quiet_from INTEGER,
  quiet_to INTEGER,
  renewed_at INTEGER NOT NULL,
  sent_at INTEGER NOT NULL DEFAULT 0,
  unanswered INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER
) STRICT;
CREATE INDEX push_devices_by_device ON push_devices (device);
CREATE INDEX push_devices_by_due ON push_devices (due_at);
CREATE TABLE push_topics (
  topic TEXT NOT NULL,
  device INTEGER NOT NULL,
  holder TEXT NOT NULL,
  renewed_at INTEGER NOT NULL,
  PRIMARY KEY (topic, device)
) STRICT, WITHOUT ROWID;
CREATE INDEX push_topics_by_device ON push_topics (device);
`

/** New in version 5. `answer_boxes`: links that take answers. */
export const ANSWER_TABLES = `
CREATE TABLE answer_boxes (
  link INTEGER PRIMARY KEY
) STRICT;
CREATE TABLE answers (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  link INTEGER NOT NULL,
  at INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE INDEX answers_by_link ON answers (link);
`

/**
 * New in version 6. Of a blob elsewhere `bytes` is empty; of one here `size` and `place` are null, so that older rows need not be written
 * anew. `due_at`: when what lies at that place goes.
 */
export const ELSEWHERE_TABLES = `
ALTER TABLE blobs ADD COLUMN size INTEGER;
ALTER TABLE blobs ADD COLUMN place TEXT;
CREATE INDEX blobs_elsewhere ON blobs (place, size) WHERE place IS NOT NULL;
CREATE TABLE stray_blobs (place TEXT PRIMARY KEY, due_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX stray_blobs_by_due ON stray_blobs (due_at);
`
