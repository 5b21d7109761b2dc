-- Words as runs of three characters, and facets (see facets.rs) as one run each.
-- It holds no text of its own, and no positions: a hit is compared with its entry.
CREATE VIRTUAL TABLE search USING fts5 (
    text, workspace, status, class, method, host, environment, failed, same_request,
    content = '', columnsize = 0, detail = none, tokenize = 'trigram'
);
-- Larger pieces in memory and later merging: three times the insertion, and searches stay below a millisecond.
INSERT INTO search (search, rank) VALUES ('hashsize', 16777216);
INSERT INTO search (search, rank) VALUES ('automerge', 8);
