use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::facets::without_port;
use crate::{Count, Cursor, Error, Page, Query, Summary, facets, key, row};

/// Entries looked at in vain before a search stops and says so: some ten milliseconds.
/// Only words of one or two characters, which the index cannot look up, come near it.
const BUDGET: usize = 6_000;

/// Terms of one word that the index is asked for: more cost time and find no less.
const TERMS: usize = 16;

pub(crate) fn search(connection: &Connection, query: &Query) -> Result<Page, Error> {
    let limit = query.limit();
    let mut page = Page { entries: Vec::new(), next: None, complete: true };
    let mut last = None;
    let walked = walk(connection, query, BUDGET, |key, summary| {
        if page.entries.len() == limit {
            return false;
        }
        last = Some(Cursor(key));
        page.entries.push(summary);
        true
    })?;
    match walked {
        Walked::All => {}
        Walked::Stopped => page.next = last,
        Walked::Budget(key) => {
            page.next = Some(Cursor(key));
            page.complete = false;
        }
    }
    Ok(page)
}

pub(crate) fn count(connection: &Connection, query: &Query, cap: u64) -> Result<Count, Error> {
    let mut found = 0;
    let walked = walk(connection, query, BUDGET, |_, _| {
        if found == cap {
            return false;
        }
        found += 1;
        true
    })?;
    Ok(Count { found, exact: matches!(walked, Walked::All) })
}

/// How a walk through the list ended.
enum Walked {
    /// At the end of the list.
    All,
    /// Where the visitor wanted no more.
    Stopped,
    /// After too many entries in vain; the last one's key.
    Budget(i64),
}

/// Shows `visit` every entry that `query` finds, newest first, until it says false.
fn walk(
    connection: &Connection,
    query: &Query,
    budget: usize,
    mut visit: impl FnMut(i64, Summary) -> bool,
) -> Result<Walked, Error> {
    let filter = Filter::new(query);
    let (sql, values) = statement(query, &filter);
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    let mut in_vain = 0;
    while let Some(found) = rows.next()? {
        let (key, summary) = row::summary(found)?;
        if filter.holds(&summary) {
            if !visit(key, summary) {
                return Ok(Walked::Stopped);
            }
        } else {
            in_vain += 1;
            if in_vain > budget {
                return Ok(Walked::Budget(key));
            }
        }
    }
    Ok(Walked::All)
}

fn statement(query: &Query, filter: &Filter) -> (String, Vec<Value>) {
    let from = query.since_ms.map_or(0, key::first_of);
    let until = query.until_ms.map_or(i64::MAX, key::last_until);
    let until = query.before.map_or(until, |Cursor(key)| until.min(key.saturating_sub(1)));
    let mut values = vec![Value::Integer(from), Value::Integer(until)];
    let columns = row::COLUMNS;
    match filter.expression() {
        // CROSS JOIN keeps the order of the tables: the index leads, newest first.
        Some(expression) => {
            values.push(Value::Text(expression));
            let sql = format!(
                "SELECT {columns} FROM search CROSS JOIN entry ON entry.key = search.rowid \
                 WHERE search.rowid BETWEEN ?1 AND ?2 AND search MATCH ?3 ORDER BY search.rowid DESC"
            );
            (sql, values)
        }
        None => (
            format!("SELECT {columns} FROM entry WHERE key BETWEEN ?1 AND ?2 ORDER BY key DESC"),
            values,
        ),
    }
}

/// A query taken apart: what the index is asked for, and what an entry is compared with.
struct Filter<'q> {
    query: &'q Query,
    /// As written, for the index.
    words: Vec<&'q str>,
    /// In lower case, for the comparison.
    folded: Vec<String>,
    methods: Vec<String>,
    host: Option<String>,
}

impl<'q> Filter<'q> {
    fn new(query: &'q Query) -> Self {
        let words: Vec<_> = query.words.split_whitespace().collect();
        Self {
            query,
            folded: words.iter().map(|word| word.to_lowercase()).collect(),
            words,
            methods: query.methods.iter().map(|method| method.to_ascii_uppercase()).collect(),
            host: query.host.as_deref().map(str::to_lowercase),
        }
    }

    /// What the index is asked for; none when it can tell nothing.
    fn expression(&self) -> Option<String> {
        let query = self.query;
        let mut all: Vec<String> = self.words.iter().flat_map(|word| terms(word)).collect();
        all.extend(query.workspace.as_deref().map(|id| quoted(&facets::workspace(id))));
        all.extend(self.host.as_deref().map(|host| quoted(&facets::host(host))));
        all.extend(query.environment.as_deref().map(|name| quoted(&facets::environment(name))));
        all.extend(query.failed.then(|| quoted(&facets::failed())));
        all.extend(any(query.status.iter().map(|status| match status {
            crate::StatusFilter::Code(code) => facets::status(*code),
            crate::StatusFilter::Class(class) => facets::class(*class),
        })));
        all.extend(any(self.methods.iter().map(|method| facets::method(method))));
        (!all.is_empty()).then(|| all.join(" AND "))
    }

    /// The exact comparison: the index knows neither order of terms nor whole names.
    fn holds(&self, entry: &Summary) -> bool {
        let query = self.query;
        let is = |wanted: &Option<String>, have: Option<&str>| {
            wanted.is_none() || wanted.as_deref() == have
        };
        is(&query.workspace, Some(&entry.workspace))
            && is(&query.environment, entry.environment.as_deref())
            && query.since_ms.is_none_or(|since| entry.time_ms >= since)
            && query.until_ms.is_none_or(|until| entry.time_ms <= until)
            && (!query.failed || entry.failed())
            && (query.status.is_empty()
                || query.status.iter().any(|filter| filter.holds(entry.status)))
            && (self.methods.is_empty()
                || self.methods.contains(&entry.method.to_ascii_uppercase()))
            && self.host.as_deref().is_none_or(|host| same_host(host, &entry.host.to_lowercase()))
            && self.has_words(entry)
    }

    fn has_words(&self, entry: &Summary) -> bool {
        if self.folded.is_empty() {
            return true;
        }
        let text = facets::text(entry).to_lowercase();
        self.folded.iter().all(|word| text.contains(word.as_str()))
    }
}

fn same_host(wanted: &str, host: &str) -> bool {
    host == wanted || without_port(host) == wanted
}

/// The runs of three characters in a word: none when it is shorter.
fn terms(word: &str) -> Vec<String> {
    let characters: Vec<char> = word.chars().collect();
    let mut terms = Vec::new();
    for run in characters.windows(3) {
        let term = quoted(&run.iter().collect::<String>());
        if terms.len() < TERMS && !terms.contains(&term) {
            terms.push(term);
        }
    }
    terms
}

fn any(terms: impl Iterator<Item = String>) -> Option<String> {
    let terms: Vec<String> = terms.map(|term| quoted(&term)).collect();
    (!terms.is_empty()).then(|| format!("({})", terms.join(" OR ")))
}

/// A string of the index's query language.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_runs_of_three() {
        assert_eq!(terms("abcd"), ["\"abc\"", "\"bcd\""]);
        assert_eq!(terms("a\"b"), ["\"a\"\"b\""]);
        assert_eq!(terms("ab"), Vec::<String>::new());
        assert_eq!(terms("aaaaaa"), ["\"aaa\""]);
    }

    #[test]
    fn an_empty_query_asks_the_index_nothing() {
        assert_eq!(Filter::new(&Query::default()).expression(), None);
        let short = Query { words: "a b".to_owned(), ..Query::default() };
        assert_eq!(Filter::new(&short).expression(), None);
    }
}
