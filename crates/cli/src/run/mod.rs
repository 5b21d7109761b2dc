//! `errand run`: a workspace, a folder or a request, with checks and reports.

mod data;
mod foreign;
mod variables;

use std::path::{Path, PathBuf};

use errand_app::model::RequestSettings;
use errand_app::wire::{Node, NodeKind, WireError};
use errand_app::{
    Bail as BailAt, Overlay, RunPlan, RunSummary, Step, empty_jar, read_cookies, write_cookies,
};

use crate::args::{Bail, RunArgs};
use crate::exit::{Exit, Failure, Outcome};
use crate::output::message;
use crate::place::{Core, interrupted, within};
use crate::report::{About, Reports};

/// Runs requests and reports on them.
pub fn run(args: &RunArgs, root: &mut Option<PathBuf>) -> Outcome {
    let core = Core::open()?;
    let environment = Chosen::of(args.environment.as_deref())?;
    let mut foreign = None;
    let path = if foreign::is_foreign(args.workspace.as_deref(), &args.path) {
        foreign = Some(foreign::enter(&core, &args.path, environment.name())?);
        String::new()
    } else {
        let (folder, path) = within(args.workspace.as_deref(), &args.path)?;
        core.enter(&folder, environment.name(), root)?;
        path
    };
    let items = items(&core, &path, &args.folder)?;
    let mut overlay = overlay(args, &environment)?;
    overlay.base = foreign.as_ref().map(|foreign| foreign.base.clone());
    let rows = args.data.as_deref().map(data::read).transpose()?.unwrap_or_default();
    let iterations =
        args.iterations.unwrap_or_else(|| u32::try_from(rows.len()).unwrap_or(u32::MAX).max(1));
    let about = About {
        workspace: core.session.workspace_name()?,
        path,
        environment: args.environment.clone(),
        iterations,
        requests: items.len(),
    };
    let mut reports = Reports::open(args, &about)?;
    let plan = RunPlan {
        items,
        iterations,
        rows,
        delay: args.delay.unwrap_or_default(),
        bail: args.bail.map(|bail| match bail {
            Bail::Folder => BailAt::Folder,
            Bail::Failure => BailAt::Run,
        }),
        overlay: overlay.clone(),
    };
    let mut exit = Exit::Done;
    let summary = core.wait(core.session.run_plan(plan, interrupted(), |step| {
        exit = exit.max(outcome(step));
        reports.step(step);
    }));
    reports.end(&summary)?;
    if let (Some(path), Some(jar)) = (&args.cookie_jar, &overlay.jar) {
        write_cookies(jar, path)?;
    }
    if let Some(path) = &args.export_environment {
        export(&core, args, &overlay, &summary, path)?;
    }
    if summary.cancelled {
        message::note("Stopped; the report holds what was done until then.");
        exit = exit.max(Exit::Unfinished);
    }
    Ok(exit)
}

/// The requests to run, in the tree's order.
fn items(core: &Core, path: &str, only: &[String]) -> Result<Vec<Node>, Failure> {
    let nodes = core.session.tree()?;
    let chosen: Vec<&Node> =
        only.iter().map(|name| named(&nodes, name)).collect::<Result<_, _>>()?;
    let inside = |node: &Node, folder: &str| {
        folder.is_empty()
            || node.path == folder
            || node.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    };
    let wanted = |node: &Node| {
        inside(node, path)
            && (chosen.is_empty() || chosen.iter().any(|chosen| inside(node, &chosen.path)))
    };
    let items: Vec<Node> = nodes
        .iter()
        .filter(|node| node.kind != NodeKind::Folder && wanted(node))
        .cloned()
        .collect();
    if items.is_empty() {
        let what = if path.is_empty() { "The workspace" } else { path };
        return Err(Failure::input(
            WireError::new("no-requests", format!("{what} has no requests to run."))
                .hint("See errand run --help."),
        ));
    }
    Ok(items)
}

fn named<'a>(nodes: &'a [Node], name: &str) -> Result<&'a Node, Failure> {
    let trimmed = name.trim_end_matches('/');
    nodes
        .iter()
        .find(|node| node.path == trimmed)
        .or_else(|| nodes.iter().find(|node| node.name == name))
        .ok_or_else(|| {
            let folders: Vec<&str> = nodes
                .iter()
                .filter(|node| node.kind == NodeKind::Folder)
                .map(|node| node.path.as_str())
                .collect();
            let known = if folders.is_empty() { "none".to_owned() } else { folders.join(", ") };
            Failure::usage(
                format!("There is no folder or request \"{name}\"."),
                format!("Folders here: {known}."),
            )
        })
}

/// The environment as it was asked for.
enum Chosen {
    None,
    Name(String),
    File(Vec<(String, String)>),
}

impl Chosen {
    fn of(text: Option<&str>) -> Result<Self, Failure> {
        match text {
            None => Ok(Self::None),
            Some(text) if Path::new(text).is_file() => {
                Ok(Self::File(variables::read(Path::new(text))?))
            }
            Some(name) => Ok(Self::Name(name.to_owned())),
        }
    }

    fn name(&self) -> Option<&str> {
        match self {
            Self::Name(name) => Some(name),
            Self::None | Self::File(_) => None,
        }
    }
}

fn overlay(args: &RunArgs, environment: &Chosen) -> Result<Overlay, Failure> {
    let mut variables =
        if let Chosen::File(variables) = environment { variables.clone() } else { Vec::new() };
    variables.extend(args.env_var.iter().cloned());
    let mut globals = args.globals.as_deref().map(variables::read).transpose()?.unwrap_or_default();
    globals.extend(args.global_var.iter().cloned());
    let jar = match &args.cookie_jar {
        Some(path) => read_cookies(path)?,
        // A run begins without cookies, so that it is the same every time.
        None => empty_jar(),
    };
    Ok(Overlay {
        environment: variables,
        globals,
        settings: RequestSettings {
            timeout_ms: args
                .timeout_request
                .map(|limit| u64::try_from(limit.as_millis()).unwrap_or(u64::MAX).max(1)),
            verify_tls: args.insecure.then_some(false),
            ..RequestSettings::default()
        },
        jar: Some(jar),
        ..Overlay::default()
    })
}

/// What one request means for the exit code.
fn outcome(step: &Step) -> Exit {
    match step.error() {
        // What is wrong in a saved request is not the command line's fault.
        Some(error) => match Failure::from(error.clone()).exit {
            Exit::BadInput => Exit::BadInput,
            _ => Exit::Unfinished,
        },
        None if step.failed() => Exit::CheckFailed,
        None => Exit::Done,
    }
}

/// Writes the environment in Postman's format, which `-e` reads back.
fn export(
    core: &Core,
    args: &RunArgs,
    overlay: &Overlay,
    summary: &RunSummary,
    path: &Path,
) -> Result<(), Failure> {
    let variables = core.session.environment_after(overlay, summary)?;
    let values: Vec<_> = variables
        .into_iter()
        .map(|(key, value)| serde_json::json!({ "key": key, "value": value, "enabled": true }))
        .collect();
    let name = args.environment.as_deref().unwrap_or("environment");
    let document = serde_json::json!({ "name": name, "values": values, "_postman_variable_scope": "environment" });
    let text = crate::output::json_text(&document)?;
    std::fs::write(path, text).map_err(|error| Failure::write(path, &error))
}
