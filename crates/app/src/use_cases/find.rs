//! Find in an open view.

use std::sync::Arc;

use errand_body as body;

use super::views::Shown;
use crate::blocking::blocking;
use crate::errors;
use crate::session::Session;
use crate::wire::{Find, FindProgress, Hit, HitAt, Hits, HitsIn, ViewId, WireError};

/// More hits than are marked at once.
const MOST_MARKED: usize = 10_000;

impl Session {
    pub(crate) async fn find(&self, args: Find) -> Result<FindProgress, WireError> {
        let shown = self.views.get(&args.view)?;
        // The earlier search ends before the next begins.
        shown.set_search(None);
        if args.text.is_empty() {
            return Ok(progress(None));
        }
        let query = body::Query {
            text: args.text,
            regex: args.regex,
            case_sensitive: args.case_sensitive,
            whole_word: args.whole_word,
        };
        let started = Arc::new(shown.view.find(&query).map_err(|error| errors::body(&error))?);
        shown.set_search(Some(started.clone()));
        Ok(progress(Some(&started)))
    }

    pub(crate) async fn find_progress(&self, args: ViewId) -> Result<FindProgress, WireError> {
        Ok(progress(self.views.get(&args.view)?.search().as_deref()))
    }

    pub(crate) async fn hit(&self, args: HitAt) -> Result<Hit, WireError> {
        let shown = self.views.get(&args.view)?;
        blocking(move || {
            let search = shown.search().ok_or_else(no_hit)?;
            let found = hit_at(&search, args.index)?.ok_or_else(no_hit)?;
            if !found.hidden {
                return Ok(hit(args.index, &found));
            }
            shown.view.reveal(found.unfolded_row);
            let found = hit_at(&search, args.index)?.ok_or_else(no_hit)?;
            Ok(hit(args.index, &found))
        })
        .await
    }

    pub(crate) async fn hit_after(&self, args: HitsIn) -> Result<Hits, WireError> {
        let shown = self.views.get(&args.view)?;
        blocking(move || {
            let Some((search, index)) = first_from(&shown, args.from)? else {
                return Ok(Hits { hits: Vec::new() });
            };
            let found = hit_at(&search, index)?;
            Ok(Hits { hits: found.iter().map(|found| hit(index, found)).collect() })
        })
        .await
    }

    pub(crate) async fn hits_in(&self, args: HitsIn) -> Result<Hits, WireError> {
        let shown = self.views.get(&args.view)?;
        blocking(move || {
            let mut hits = Vec::new();
            let Some((search, mut index)) = first_from(&shown, args.from)? else {
                return Ok(Hits { hits });
            };
            while let Some(found) = hit_at(&search, index)?
                && found.row < args.to
                && hits.len() < MOST_MARKED
            {
                if !found.hidden {
                    hits.push(hit(index, &found));
                }
                index += 1;
            }
            Ok(Hits { hits })
        })
        .await
    }
}

fn progress(search: Option<&body::Search>) -> FindProgress {
    search.map_or(FindProgress { count: 0, done: true }, |search| {
        let state = search.progress();
        FindProgress { count: state.count, done: state.done }
    })
}

/// The search in a view and the number of its first hit on `row` or below, if there is one by now.
fn first_from(shown: &Shown, row: u64) -> Result<Option<(Arc<body::Search>, u64)>, WireError> {
    let Some(search) = shown.search() else { return Ok(None) };
    let index = known(search.next_from(row))?;
    Ok(index.map(|index| (search, index)))
}

fn hit_at(search: &body::Search, index: u64) -> Result<Option<body::Place>, WireError> {
    known(search.hit(index))
}

/// What is not indexed yet is not there yet.
fn known<T>(found: body::Result<Option<T>>) -> Result<Option<T>, WireError> {
    match found {
        Err(body::Error::StillIndexing) => Ok(None),
        found => found.map_err(|error| errors::body(&error)),
    }
}

fn hit(index: u64, place: &body::Place) -> Hit {
    Hit {
        index,
        row: place.row,
        column: place.columns.start as u64,
        length: place.columns.len() as u64,
    }
}

fn no_hit() -> WireError {
    WireError::new("no-hit", "There is no such hit any more.").hint("Search again.")
}
