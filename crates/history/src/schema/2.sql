-- Words as runs of three characters, and facets (see facets.rs) as one run each.
-- It holds no text of its own, and no positions: a hit is compared with its entry.
CREATE VIRTUAL TABLE search USING fts5 (
    text, workspace, status, class, method, host, environment, failed, same_request,
    content = '', columnsize = 0, detail = none, tokenize = 'trigram'
);
-- Deleted terms are taken out of the index, not only marked.
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
