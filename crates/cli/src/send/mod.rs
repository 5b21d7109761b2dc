//! `errand send`: one request.

mod progress;
mod request;
mod retry;
pub mod show;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use errand_app::model::Request;
use errand_app::wire::{Exchange, ExchangeState, WireError};
use errand_app::{Overlay, workspace_around};
use serde::Serialize;

use crate::args::SendArgs;
use crate::auth::with_way;
use crate::exit::{Exit, Failure, Outcome};
use crate::output::{self, Style, message};
use crate::place::{Core, interrupted, workspace};

pub use request::typed;

/// Name of the one exchange.
const EXCHANGE: &str = "send";

/// What is sent, and where it is saved.
struct Wanted {
    request: Request,
    path: Option<String>,
    /// Standard input, kept until everything is sent.
    _input: request::Input,
}

/// Sends a request and writes what came back.
pub fn send(args: &SendArgs, root: &mut Option<PathBuf>) -> Outcome {
    let core = Core::open()?;
    if !args.no_history {
        core.app.open_history_early();
    }
    let wanted = wanted(&core, args, root)?;
    let overlay = Overlay {
        runtime: args.vars.clone(),
        proxy: args.proxy.clone(),
        forget: args.no_history,
        ..Overlay::default()
    };
    let (exchange, interrupted) =
        core.wait(attempts(&core, args, &wanted, &overlay)).map_err(|failure| Failure {
            error: failure.error.map(|error| way(args, &wanted, error)),
            ..failure
        })?;
    for warning in &exchange.warnings {
        message::warning(warning);
    }
    let shown = show(&core, args, &exchange);
    if args.no_history
        && let Some(body) = &exchange.body
    {
        core.app.drop_body(&body.id)?;
    }
    shown?;
    Ok(verdict(args, &exchange, interrupted, root.as_deref()))
}

/// Says how to log in for this request, where that is what is missing.
fn way(args: &SendArgs, wanted: &Wanted, error: WireError) -> WireError {
    let path = wanted.path.as_ref().and(args.target.last()).map_or(".", String::as_str);
    with_way(error, path, args.place.environment.as_deref())
}

/// The request, with the workspace opened that it needs.
fn wanted(core: &Core, args: &SendArgs, root: &mut Option<PathBuf>) -> Result<Wanted, Failure> {
    let environment = args.place.environment.as_deref();
    match request::target(args)? {
        request::Target::Url { method, url } => {
            // A bare URL opens no workspace; one with variables looks for the workspace they are in.
            let folder = match &args.place.workspace {
                Some(folder) => Some(folder.clone()),
                None if environment.is_some() => Some(workspace(None)?),
                None if url.contains("{{") => workspace_around(Path::new(".")),
                None => None,
            };
            if let Some(folder) = folder {
                core.enter(&folder, environment, root)?;
            }
            let (request, input) = request::of_url(args, method, url)?;
            Ok(Wanted { request, path: None, _input: input })
        }
        request::Target::Saved(file) => {
            let (folder, path) = saved(args.place.workspace.as_deref(), &file)?;
            core.enter(&folder, environment, root)?;
            let mut request = core.session.saved_request(&path)?;
            let input = request::apply(args, &mut request)?;
            Ok(Wanted { request, path: Some(path), _input: input })
        }
    }
}

/// The workspace of a saved request, and the request's path in it.
pub fn saved(named: Option<&Path>, file: &Path) -> Result<(PathBuf, String), Failure> {
    let missing = |error: io::Error| Failure::read(file, &error);
    let full = match named {
        Some(folder) if !file.exists() => folder.join(file),
        _ => file.to_owned(),
    };
    let full = std::fs::canonicalize(full).map_err(missing)?;
    let folder = match named {
        Some(folder) => {
            std::fs::canonicalize(folder).map_err(|error| Failure::read(folder, &error))?
        }
        None => workspace_around(&full).ok_or_else(|| {
            Failure::input(
                WireError::new(
                    "not-a-workspace",
                    format!(
                        "{} is in no workspace: no folder above it has an opencollection.yml.",
                        file.display()
                    ),
                )
                .hint("Name the workspace's folder with -w, or make one with the desktop app."),
            )
        })?,
    };
    let path = full.strip_prefix(&folder).map_err(|_| {
        Failure::usage(
            format!("{} is not in the workspace {}.", file.display(), folder.display()),
            "Leave -w out, or name another one.",
        )
    })?;
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    Ok((folder, parts.join("/")))
}

/// Sends until there is an answer to be content with. Says whether the user stopped it.
async fn attempts(
    core: &Core,
    args: &SendArgs,
    wanted: &Wanted,
    overlay: &Overlay,
) -> Result<(Exchange, bool), Failure> {
    let mut stop = std::pin::pin!(interrupted());
    let mut attempt = 0;
    loop {
        let (path, request) = (wanted.path.clone(), wanted.request.clone());
        let order = core.session.order_in_time(EXCHANGE, path, request, overlay).await?;
        let progress = progress::Progress::start();
        let mut running = std::pin::pin!(core.session.deliver(order, progress.events()));
        let mut stopped = false;
        let exchange = tokio::select! {
            biased;
            exchange = running.as_mut() => exchange,
            () = stop.as_mut() => {
                stopped = true;
                core.session.stop(EXCHANGE);
                running.await
            }
        }?;
        progress.end();
        if stopped || attempt == args.retry {
            return Ok((exchange, stopped));
        }
        let Some(again) = retry::wait(&exchange, attempt) else { return Ok((exchange, false)) };
        attempt += 1;
        message::note(&format!(
            "{}; trying again in {:.1} s ({attempt} of {}).",
            retry::reason(&exchange),
            again.as_secs_f64(),
            args.retry
        ));
        tokio::select! {
            () = stop.as_mut() => return Ok((exchange, true)),
            () = tokio::time::sleep(again) => {}
        }
    }
}

fn show(core: &Core, args: &SendArgs, exchange: &Exchange) -> Result<(), Failure> {
    if args.verbose {
        message::say(&show::wire(exchange, Style::of_messages()));
    }
    if let (Some(path), Some(body)) = (&args.output, &exchange.body) {
        let failed = |error: io::Error| Failure::write(path, &error);
        let mut file = File::create(path).map_err(failed)?;
        io::copy(&mut core.app.body(&body.id)?.reader(0), &mut file).map_err(failed)?;
    }
    if args.json_report {
        return output::json(&Report { exchange, content: content(core, exchange)? });
    }
    if args.include {
        output::text(&show::head(exchange, Style::of_output()))?;
    }
    match &exchange.body {
        Some(body) if args.output.is_none() => show::body(core, body),
        _ => Ok(()),
    }
}

/// The whole exchange with its body.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report<'a> {
    #[serde(flatten)]
    exchange: &'a Exchange,
    /// The body's text; none when it is not text, is larger than 16 MiB, or there is none.
    content: Option<String>,
}

fn content(core: &Core, exchange: &Exchange) -> Result<Option<String>, Failure> {
    const MOST: u64 = 16 << 20;
    let Some(body) = exchange.body.as_ref().filter(|body| body.size <= MOST) else {
        return Ok(None);
    };
    let bytes = core.app.body(&body.id)?.slice(0, MOST)?;
    Ok(String::from_utf8(bytes).ok())
}

fn verdict(args: &SendArgs, exchange: &Exchange, interrupted: bool, root: Option<&Path>) -> Exit {
    for check in exchange.checks.iter().filter(|check| !check.passed) {
        message::say(&show::failed_check(check, Style::of_messages(), ""));
    }
    for capture in &exchange.captures {
        if let Some(error) = &capture.error {
            message::warning(&format!("{} was not captured: {error}", capture.variable));
        }
    }
    if let Some(error) = &exchange.error {
        message::error(error, root);
        return Failure::from(error.clone()).exit;
    }
    if interrupted || exchange.state != ExchangeState::Complete {
        message::note("Stopped before all of it came.");
        return Exit::Unfinished;
    }
    let failed = args.fail && exchange.status.is_some_and(|status| status >= 400);
    if failed {
        message::note(&format!("The server answered {}.", show::status(exchange)));
    }
    if failed || exchange.checks.iter().any(|check| !check.passed) {
        Exit::CheckFailed
    } else {
        Exit::Done
    }
}
