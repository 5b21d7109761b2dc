//! An answer against the schema of the operation that its request was imported from.

use std::sync::Mutex;

use errand_body::Body;
use errand_interop::openapi::{ResponseSchemas, check_response};
use errand_workspace::Workspace;

use crate::session::lock;
use crate::wire::{SchemaCheck, SchemaViolation};

/// A longer body is not checked: it would have to be in memory as a whole.
const LARGEST: u64 = 16 << 20;

/// The description that was used last: reading one may take longer than a request.
#[derive(Default)]
pub struct LastSchemas(Mutex<Option<Read>>);

/// The schemas of a folder at a revision of its file.
struct Read {
    folder: String,
    revision: String,
    schemas: ResponseSchemas,
}

/// The check of an answer; none where no description says anything of it. Blocks.
pub fn check(
    workspace: &Workspace,
    last: &LastSchemas,
    path: &str,
    status: u16,
    content_type: &str,
    body: Option<&Body>,
) -> Option<SchemaCheck> {
    let (item, _) = workspace.read_whole(path).ok()?;
    if !item.extensions.contains_key("openapi") {
        return None;
    }
    let schema = with_schemas(workspace, last, path, |schemas| {
        schemas.schema(&item.extensions, status, content_type)
    })??;
    let body = body?;
    if body.len() > LARGEST {
        return None;
    }
    let bytes = body.source().ok()?.slice(0, body.len()).ok()?;
    let violations = check_response(&schema, &bytes);
    Some(SchemaCheck {
        ok: violations.is_empty(),
        violations: violations
            .into_iter()
            .map(|found| SchemaViolation { path: found.path, message: found.message })
            .collect(),
    })
}

/// Uses the schemas of the nearest folder around a request that was imported from a description.
fn with_schemas<T>(
    workspace: &Workspace,
    last: &LastSchemas,
    path: &str,
    use_them: impl FnOnce(&ResponseSchemas) -> T,
) -> Option<T> {
    let mut folder = path;
    while !folder.is_empty() {
        folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        let Ok((item, revision)) = workspace.read_whole_folder(folder) else { continue };
        let mut last = lock(&last.0);
        let known =
            last.as_ref().is_some_and(|read| read.folder == folder && read.revision == revision);
        if !known && let Some(schemas) = ResponseSchemas::of(&item.extensions) {
            *last = Some(Read { folder: folder.to_owned(), revision, schemas });
        } else if !known {
            continue;
        }
        return last.as_ref().map(|read| use_them(&read.schemas));
    }
    None
}
