-- One row per exchange: what lists show. The key is the time (see key.rs).
CREATE TABLE entry (
    key            INTEGER PRIMARY KEY,
    id             BLOB    NOT NULL UNIQUE,
    workspace      TEXT    NOT NULL,
    time_ms        INTEGER NOT NULL,
    path           TEXT,
    name           TEXT    NOT NULL,
    method         TEXT    NOT NULL,
    url            TEXT    NOT NULL,
    host           TEXT    NOT NULL,
    environment    TEXT,
    status         INTEGER,
    state          INTEGER NOT NULL,
    error_code     TEXT,
    error_message  TEXT,
    duration_us    INTEGER NOT NULL,
    size_raw       INTEGER NOT NULL,
    size_decoded   INTEGER NOT NULL,
    body           TEXT,
    checks_passed  INTEGER NOT NULL,
    checks_failed  INTEGER NOT NULL,
    http_version   TEXT
) STRICT;

-- What one opened exchange shows besides, apart so that lists read less.
CREATE TABLE detail (
    key              INTEGER PRIMARY KEY REFERENCES entry (key) ON DELETE CASCADE,
    request          TEXT NOT NULL,
    response_headers TEXT NOT NULL,
    timeline         TEXT NOT NULL
) STRICT;
