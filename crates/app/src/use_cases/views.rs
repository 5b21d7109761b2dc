//! Views of stored bodies, by id, for one window.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use errand_body as body;

use crate::blocking::blocking;
use crate::errors;
use crate::session::{Session, lock};
use crate::wire::{
    BodyData, BodyId, Empty, FilterLanguage, Fold, FoldAll, FoldRow, OpenView, OpenedView, Row,
    Rows, RowsOf, SaveBody, Text, TextOf, TokenKind, ViewId, ViewKind, ViewProgress, WireError,
};

/// More rows than a window shows.
const FIRST_ROWS: u64 = 200;
/// Characters that a wrapped row has at the least: fewer would make a screen of every word.
const NARROWEST: u32 = 20;
const MOST_ROWS: u64 = 1_000;
const MOST_COLUMNS: u64 = 4_000;
const MOST_TEXT_ROWS: u64 = 1_000_000;
const MOST_PREVIEW: u64 = 16 << 20;

/// The open views of a window.
#[derive(Default)]
pub struct Views(Mutex<HashMap<String, Arc<Shown>>>);

/// A view and the search in it.
pub(super) struct Shown {
    pub view: body::View,
    search: Mutex<Option<Arc<body::Search>>>,
}

impl Shown {
    /// The search in it. It is not locked while it is asked: that may take as long as reading a part of the body.
    pub fn search(&self) -> Option<Arc<body::Search>> {
        lock(&self.search).clone()
    }

    /// Puts another search, or none, in the place of the one before, which ends.
    pub fn set_search(&self, search: Option<Arc<body::Search>>) {
        *lock(&self.search) = search;
    }
}

impl Views {
    fn with<T>(&self, use_it: impl FnOnce(&mut HashMap<String, Arc<Shown>>) -> T) -> T {
        use_it(&mut lock(&self.0))
    }

    pub(super) fn get(&self, id: &str) -> Result<Arc<Shown>, WireError> {
        self.with(|views| views.get(id).cloned()).ok_or_else(|| {
            WireError::new("no-view", "This view of the response was closed.")
                .hint("Open the response again.")
        })
    }

    /// Closes every view.
    pub fn clear(&self) {
        self.with(HashMap::clear);
    }
}

impl Session {
    pub(crate) async fn open_view(&self, args: OpenView) -> Result<OpenedView, WireError> {
        let body = self.app.store.body(&args.body).map_err(|error| errors::body(&error))?;
        let view = blocking(move || {
            let view = open(&body, &args).map_err(|error| errors::body(&error))?;
            // The first screen is in the first answer, so that nothing flickers.
            view.wait_until(|progress| progress.done || progress.rows >= FIRST_ROWS);
            Ok(view)
        })
        .await?;
        let progress = progress(&view);
        let id = uuid::Uuid::now_v7().to_string();
        self.views.with(|views| {
            views.insert(id.clone(), Arc::new(Shown { view, search: Mutex::default() }))
        });
        Ok(OpenedView { view: id, progress, columns: Vec::new() })
    }

    pub(crate) async fn view_progress(&self, args: ViewId) -> Result<ViewProgress, WireError> {
        Ok(progress(&self.views.get(&args.view)?.view))
    }

    pub(crate) async fn close_view(&self, args: ViewId) -> Result<Empty, WireError> {
        self.views.with(|views| views.remove(&args.view));
        Ok(Empty {})
    }

    pub(crate) async fn rows(&self, args: RowsOf) -> Result<Rows, WireError> {
        let shown = self.views.get(&args.view)?;
        blocking(move || {
            let to = args.to.min(args.from.saturating_add(MOST_ROWS));
            let columns =
                args.column_from..args.column_to.min(args.column_from.saturating_add(MOST_COLUMNS));
            let columns = narrow(columns.start)..narrow(columns.end);
            let rows =
                shown.view.rows(args.from, to, columns).map_err(|error| errors::body(&error))?;
            Ok(Rows { rows: rows.into_iter().map(row).collect(), progress: progress(&shown.view) })
        })
        .await
    }

    pub(crate) async fn fold_row(&self, args: FoldRow) -> Result<ViewProgress, WireError> {
        let shown = self.views.get(&args.view)?;
        blocking(move || {
            if args.closed {
                shown.view.fold(args.row).map_err(|error| errors::body(&error))?;
            } else {
                shown.view.unfold(args.row);
            }
            Ok(progress(&shown.view))
        })
        .await
    }

    pub(crate) async fn fold_all(&self, args: FoldAll) -> Result<ViewProgress, WireError> {
        let shown = self.views.get(&args.view)?;
        blocking(move || {
            match args.level {
                Some(level) => shown.view.fold_all(level).map_err(|error| errors::body(&error))?,
                None => shown.view.unfold_all(),
            }
            Ok(progress(&shown.view))
        })
        .await
    }

    pub(crate) async fn text_of(&self, args: TextOf) -> Result<Text, WireError> {
        let shown = self.views.get(&args.view)?;
        blocking(move || {
            let to = args.to.min(args.from.saturating_add(MOST_TEXT_ROWS));
            let text = shown.view.text(args.from, to).map_err(|error| errors::body(&error))?;
            Ok(Text { text })
        })
        .await
    }

    pub(crate) async fn body_data(&self, args: BodyId) -> Result<BodyData, WireError> {
        let body = self.app.store.body(&args.body).map_err(|error| errors::body(&error))?;
        if body.len() > MOST_PREVIEW {
            return Err(WireError::new(
                "too-large",
                "This body is too large for a preview (16 MiB).",
            )
            .hint("Save it to a file and open it there."));
        }
        blocking(move || {
            let source = body.source().map_err(|error| errors::body(&error))?;
            let bytes = source
                .slice(0, source.len())
                .map_err(|error| errors::io("read the body", &error))?;
            Ok(BodyData { base64: base64::engine::general_purpose::STANDARD.encode(bytes) })
        })
        .await
    }

    pub(crate) async fn save_body(&self, args: SaveBody) -> Result<Empty, WireError> {
        let body = self.app.store.body(&args.body).map_err(|error| errors::body(&error))?;
        blocking(move || {
            let source = body.source().map_err(|error| errors::body(&error))?;
            let path = PathBuf::from(&args.path);
            let mut file = std::fs::File::create(&path)
                .map_err(|error| errors::file("write", &path, &error))?;
            std::io::copy(&mut source.reader(0), &mut file)
                .map_err(|error| errors::file("write", &path, &error))?;
            Ok(Empty {})
        })
        .await
    }
}

/// A view of a body, or of what a filter leaves of it.
fn open(stored: &body::Body, args: &OpenView) -> body::Result<body::View> {
    let source = stored.source()?;
    let content_type = Some(args.content_type.as_str()).filter(|text| !text.is_empty());
    let mut options =
        body::ViewOptions { content_type: content_type.map(str::to_owned), ..Default::default() };
    if let Some(wrap) = args.wrap {
        options.segment = wrap.max(NARROWEST);
    }
    if let Some(filter) = &args.filter {
        let expression = filter.expression.clone();
        let filter = match filter.language {
            FilterLanguage::JsonPath => body::Filter::JsonPath(expression),
            FilterLanguage::Jq => body::Filter::Jq(expression),
            FilterLanguage::XPath => body::Filter::XPath(expression),
        };
        let left = body::filter(&source, &filter, content_type)?;
        return body::View::open(&left.source, left.kind, &options);
    }
    let kind = match args.kind {
        ViewKind::Hex => body::ViewKind::Hex,
        ViewKind::Pretty => {
            body::detect(content_type, &source.slice(0, 4096).unwrap_or_default()).view()
        }
        ViewKind::Raw | ViewKind::Preview => body::ViewKind::Raw,
    };
    body::View::open(&source, kind, &options)
}

fn narrow(column: u64) -> usize {
    usize::try_from(column).unwrap_or(usize::MAX)
}

#[allow(clippy::cast_precision_loss, reason = "a share for a progress bar")]
fn progress(view: &body::View) -> ViewProgress {
    let state = view.progress();
    let fraction = if state.bytes_total == 0 {
        1.0
    } else {
        state.bytes_done as f64 / state.bytes_total as f64
    };
    ViewProgress {
        rows: state.rows,
        fraction: if state.done { 1.0 } else { fraction },
        done: state.done,
        problem: state.error.map(|error| format!("{} (row {})", error.message, error.row + 1)),
    }
}

fn row(row: body::Row) -> Row {
    let fold = match row.fold {
        Some(_) => Some(Fold::Closed),
        None if row.foldable => Some(Fold::Open),
        None => None,
    };
    let tokens = row.tokens.into_iter().filter_map(|token| {
        let start = u32::try_from(token.start).ok()?;
        let len = u32::try_from(token.len).ok()?;
        token_kind(token.kind).map(|kind| (start, len, kind))
    });
    Row {
        number: row.number,
        tokens: tokens.collect(),
        text: row.text,
        columns: row.total_columns as u64,
        fold,
        cells: Vec::new(),
    }
}

fn token_kind(kind: body::TokenKind) -> Option<TokenKind> {
    Some(match kind {
        body::TokenKind::Plain => return None,
        body::TokenKind::Key => TokenKind::Key,
        body::TokenKind::String => TokenKind::String,
        body::TokenKind::Number => TokenKind::Number,
        body::TokenKind::Keyword => TokenKind::Keyword,
        body::TokenKind::Punctuation => TokenKind::Punctuation,
        body::TokenKind::Tag => TokenKind::Tag,
        body::TokenKind::Attribute => TokenKind::Attribute,
        body::TokenKind::Comment => TokenKind::Comment,
        body::TokenKind::Invalid => TokenKind::Invalid,
    })
}
