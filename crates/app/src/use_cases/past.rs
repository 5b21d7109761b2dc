//! History: what was sent and what came back.

use errand_history as history;
use jiff::Timestamp;
use uuid::Uuid;

use crate::blocking::blocking;
use crate::errors;
use crate::session::Session;
use crate::wire::{
    Exchange, ExchangeState, HistoryDetail, HistoryEntry, HistoryId, HistoryIds, HistoryPage,
    PruneHistory, Pruned, SearchHistory, SeriesPoint, WireError,
};

const MOST_ENTRIES: u32 = 500;
const MOST_POINTS: usize = 50;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

impl Session {
    pub(crate) async fn search_history(
        &self,
        args: SearchHistory,
    ) -> Result<HistoryPage, WireError> {
        let query = query(args, self.workspace_id())?;
        let app = self.app.clone();
        blocking(move || {
            let history = app.history()?;
            // What was just sent is found at once.
            history.flush().map_err(|error| errors::history(&error))?;
            let page = history.search(&query).map_err(|error| errors::history(&error))?;
            Ok(HistoryPage {
                entries: page.entries.iter().map(entry).collect(),
                next: page
                    .next
                    .map(|cursor| serde_json::to_value(cursor).ok().and_then(|at| at.as_i64()))
                    .unwrap_or_default(),
            })
        })
        .await
    }

    pub(crate) async fn history_detail(&self, args: HistoryId) -> Result<HistoryDetail, WireError> {
        let id = parse_id(&args.id)?;
        let app = self.app.clone();
        blocking(move || {
            let history = app.history()?;
            history.flush().map_err(|error| errors::history(&error))?;
            let found = history.entry(id).map_err(|error| errors::history(&error))?;
            let mut exchange: Exchange =
                serde_json::from_value(found.timeline).map_err(|error| {
                    WireError::new(
                        "history-unreadable",
                        format!("This entry was written by another version: {error}."),
                    )
                    .hint("Its line in the list is all that can be shown.")
                })?;
            exchange.history_id = Some(args.id);
            // A body that was pruned is not there to open.
            exchange.body = exchange.body.filter(|body| app.store.body(&body.id).is_ok());
            let same = history::SameRequest::from(&found.summary);
            let mut series =
                history.series(&same, MOST_POINTS).map_err(|error| errors::history(&error))?;
            series.reverse();
            Ok(HistoryDetail {
                entry: entry(&found.summary),
                request: found.request,
                path: found.summary.path.clone(),
                exchange,
                series: series.iter().map(point).collect(),
            })
        })
        .await
    }

    pub(crate) async fn delete_history(&self, args: HistoryIds) -> Result<Pruned, WireError> {
        let ids = args.ids.iter().map(|id| parse_id(id)).collect::<Result<Vec<_>, _>>()?;
        let (app, workspace) = (self.app.clone(), self.workspace_id());
        blocking(move || {
            let history = app.history()?;
            let removed = history.delete(&ids).map_err(|error| errors::history(&error))?;
            removed_with_bodies(&app, &history, &removed, workspace)
        })
        .await
    }

    pub(crate) async fn prune_history(&self, args: PruneHistory) -> Result<Pruned, WireError> {
        let (app, workspace) = (self.app.clone(), self.workspace_id());
        blocking(move || {
            let history = app.history()?;
            let removed =
                if args.all { clear(&history, &workspace)? } else { prune(&app, &history)? };
            removed_with_bodies(&app, &history, &removed, workspace)
        })
        .await
    }
}

/// Deletes what the settings' limits leave no room for.
pub fn prune(app: &crate::App, history: &history::History) -> Result<history::Removed, WireError> {
    let keep = app.settings.get().history;
    let limits = history::Limits {
        older_than_ms: (keep.max_days > 0)
            .then(|| Timestamp::now().as_millisecond() - i64::from(keep.max_days) * DAY_MS),
        max_count: (keep.max_entries > 0).then_some(keep.max_entries),
        max_body_bytes: (keep.max_body_bytes > 0).then_some(keep.max_body_bytes),
    };
    history.prune(limits).map_err(|error| errors::history(&error))
}

/// Deletes everything of one workspace, page by page.
fn clear(history: &history::History, workspace: &str) -> Result<history::Removed, WireError> {
    let query = history::Query {
        workspace: Some(workspace.to_owned()),
        limit: 10_000,
        ..Default::default()
    };
    let mut all = history::Removed::default();
    loop {
        let page = history.search(&query).map_err(|error| errors::history(&error))?;
        if page.entries.is_empty() {
            return Ok(all);
        }
        let ids: Vec<Uuid> = page.entries.iter().map(|entry| entry.id).collect();
        let removed = history.delete(&ids).map_err(|error| errors::history(&error))?;
        all.entries += removed.entries;
        all.bodies.extend(removed.bodies);
    }
}

fn removed_with_bodies(
    app: &crate::App,
    history: &history::History,
    removed: &history::Removed,
    workspace: String,
) -> Result<Pruned, WireError> {
    app.store.delete(&removed.bodies).map_err(|error| errors::body(&error))?;
    let query = history::Query { workspace: Some(workspace), ..Default::default() };
    let left = history.count(&query, u64::MAX).map_err(|error| errors::history(&error))?;
    Ok(Pruned { deleted: removed.entries, left: left.found })
}

/// From what a face asks to what history understands.
pub fn query(args: SearchHistory, workspace: String) -> Result<history::Query, WireError> {
    let status = args
        .status
        .iter()
        .map(|text| text.parse())
        .collect::<Result<Vec<history::StatusFilter>, _>>()
        .map_err(|error| errors::history(&error))?;
    let before = args
        .before
        .map(|at| serde_json::from_value(at.into()))
        .transpose()
        .map_err(|error| WireError::new("bad-arguments", error.to_string()))?;
    Ok(history::Query {
        workspace: (!workspace.is_empty()).then_some(workspace),
        words: args.words,
        status,
        methods: args.method.into_iter().collect(),
        host: args.host,
        environment: args.environment,
        since_ms: args.since.as_deref().map(milliseconds).transpose()?,
        until_ms: args.until.as_deref().map(milliseconds).transpose()?,
        failed: args.failed,
        before,
        limit: args.limit.min(MOST_ENTRIES) as usize,
    })
}

fn milliseconds(text: &str) -> Result<i64, WireError> {
    text.parse::<Timestamp>().map(Timestamp::as_millisecond).map_err(|_| {
        WireError::new("bad-time", format!("\"{text}\" is not a time."))
            .hint("Write it like 2026-11-20T14:30:00Z.")
    })
}

pub(super) fn parse_id(id: &str) -> Result<Uuid, WireError> {
    id.parse()
        .map_err(|_| WireError::new("no-entry", format!("There is no history entry \"{id}\".")))
}

/// Milliseconds since 1970 as RFC 3339.
pub fn time(milliseconds: i64) -> String {
    Timestamp::from_millisecond(milliseconds).map(|time| time.to_string()).unwrap_or_default()
}

/// A line of history for a face.
pub fn entry(summary: &history::Summary) -> HistoryEntry {
    HistoryEntry {
        id: summary.id.to_string(),
        at: time(summary.time_ms),
        name: summary.name.clone(),
        method: summary.method.clone(),
        url: summary.url.clone(),
        host: summary.host.clone(),
        environment: summary.environment.clone(),
        status: summary.status,
        state: match summary.state {
            history::State::Complete => ExchangeState::Complete,
            history::State::Truncated => ExchangeState::Truncated,
            history::State::Cancelled => ExchangeState::Cancelled,
            history::State::Failed => ExchangeState::Failed,
        },
        error: summary.error.as_ref().map(|error| error.message.clone()),
        duration_us: summary.duration_us,
        size: summary.size_decoded,
        checks_passed: summary.checks_passed,
        checks_failed: summary.checks_failed,
    }
}

fn point(point: &history::Point) -> SeriesPoint {
    SeriesPoint {
        id: point.id.to_string(),
        at: time(point.time_ms),
        status: point.status,
        duration_us: point.duration_us,
        size: point.size_decoded,
    }
}
