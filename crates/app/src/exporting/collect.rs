//! What is chosen to be exported, as one collection.

use errand_interop::{Line, Outcome};
use errand_model::{Collection, Defaults, Item, ItemFolder};
use errand_workspace::{Problem, Workspace};

use crate::errors;
use crate::use_cases::levels;
use crate::wire::WireError;

/// The items at `paths` (an empty path is everything) with the environments of these names, and a
/// line for each file that cannot be read. What items inherit from above them comes along. Blocks.
pub fn collect(
    workspace: &Workspace,
    paths: &[String],
    environments: &[String],
) -> Result<(Collection, Vec<Line>), WireError> {
    let read = |path: &str| workspace.collection(path).map_err(|error| errors::workspace(&error));
    let everything = paths.is_empty() || paths.iter().any(String::is_empty);
    let (mut collection, mut problems) = match paths {
        [path] if !path.is_empty() => {
            let (mut collection, problems) = read(path)?;
            let above = above(workspace, path, 0)?;
            collection.root.defaults = collection.root.defaults.within(&above);
            (collection, problems)
        }
        _ if everything => read("")?,
        several => gathered(workspace, several)?,
    };
    if everything {
        collection.environments.retain(|item| environments.contains(&item.environment.name));
    } else if !environments.is_empty() {
        let (mut whole, more) = read("")?;
        whole.environments.retain(|item| environments.contains(&item.environment.name));
        collection.environments = whole.environments;
        problems
            .extend(more.into_iter().filter(|problem| problem.path.starts_with("environments/")));
    }
    Ok((collection, problems.into_iter().map(line).collect()))
}

/// Several items side by side; each folder is one, and an item keeps what it inherits in one.
fn gathered(
    workspace: &Workspace,
    paths: &[String],
) -> Result<(Collection, Vec<Problem>), WireError> {
    let (root, _) = workspace.read_folder("").map_err(|error| errors::workspace(&error))?;
    let mut all = Collection { root, ..Collection::default() };
    all.root.globals.clear();
    all.root.client_certificates.clear();
    let mut problems = Vec::new();
    for path in paths {
        let (mut part, more) =
            workspace.collection(path).map_err(|error| errors::workspace(&error))?;
        problems.extend(more);
        let above = above(workspace, path, 1)?;
        part.root.defaults = part.root.defaults.within(&above);
        let is_folder = workspace.root().join(path).is_dir();
        if is_folder || part.root.defaults != Defaults::default() {
            all.items.push(Item::Folder(ItemFolder {
                folder: part.root,
                extensions: part.extensions,
                items: part.items,
            }));
        } else {
            all.items.extend(part.items);
        }
    }
    Ok((all, problems))
}

/// What the folders around an item hand down, without the outermost `skip`.
fn above(workspace: &Workspace, path: &str, skip: usize) -> Result<Defaults, WireError> {
    let levels = levels(workspace, path)?;
    let around = levels.into_iter().filter(|level| level.path != path).skip(skip);
    Ok(around.fold(Defaults::default(), |above, level| level.defaults.within(&above)))
}

fn line(problem: Problem) -> Line {
    let Problem { path, error } = problem;
    Line {
        outcome: Outcome::NotCarried,
        place: String::new(),
        item: path,
        note: format!("{} (line {}, column {})", error.message, error.line, error.column),
        original: String::new(),
    }
}
