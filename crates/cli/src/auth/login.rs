//! Logging in: a browser or a code elsewhere, and the final URL typed where nobody listens for it.

use std::io::BufRead as _;
use std::path::PathBuf;

use errand_app::EventSink;
use errand_app::wire::{AuthPlace, FlowHop, TokenView, WireError};
use serde_json::Value;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use super::{done, place, status, unkept};
use crate::args::Whose;
use crate::exit::{Failure, Outcome};
use crate::output::escape::line;
use crate::output::{Style, message};
use crate::place::{Core, interrupted};
use crate::send::show;

/// Name of the one login.
const LOGIN: &str = "login";

/// A line of standard input; none at its end.
type Typed = Option<String>;

/// Runs the flow, tells what it waits for, and keeps the token.
pub fn login(whose: &Whose, paste: bool, verbose: bool, root: &mut Option<PathBuf>) -> Outcome {
    let (core, place) = place(whose, root)?;
    let view = core.wait(run(&core, place, paste, verbose))?;
    if view.session_only {
        return Err(Failure::unfinished(unkept(&view)));
    }
    if let Some(problem) = &view.problem {
        message::warning(&problem.message);
    }
    done(whose, &view, &format!("Logged in{}.", status::until(&view)))
}

async fn run(
    core: &Core,
    place: AuthPlace,
    paste: bool,
    verbose: bool,
) -> Result<TokenView, Failure> {
    let (sender, mut typed) = unbounded_channel();
    let events = EventSink::new(move |event| told(&event, paste, verbose, &sender));
    let mut running = std::pin::pin!(core.session.log_in_at(LOGIN, place, events));
    let mut stop = std::pin::pin!(interrupted());
    let (mut stopped, mut nothing, mut handed) = (false, false, false);
    let result = loop {
        tokio::select! {
            biased;
            result = running.as_mut() => break result,
            () = stop.as_mut(), if !stopped => {
                stopped = true;
                core.session.stop(LOGIN);
            }
            Some(line) = typed.recv() => {
                if let Some(url) = line {
                    match core.session.finish_login_by_hand(LOGIN, url).await {
                        Ok(()) => handed = true,
                        Err(error) => message::error(&error, None),
                    }
                } else if !handed {
                    nothing = true;
                    core.session.stop(LOGIN);
                }
            }
        }
    };
    match result {
        Err(_) if nothing => Err(Failure::unfinished(
            WireError::new("no-final-url", "The input ended before the final URL of the login.")
                .hint("Run it on a terminal, or write the URL to its standard input."),
        )),
        result => Ok(result?),
    }
}

/// Says what a login waits for; reads what is typed where that is what it waits for.
fn told(event: &Value, paste: bool, verbose: bool, typed: &UnboundedSender<Typed>) {
    let text = |name: &str| event[name].as_str().unwrap_or_default().to_owned();
    let style = Style::of_messages();
    match event["type"].as_str() {
        Some("browser") => {
            let listening = event["listening"] == true;
            match event["problem"].as_str() {
                None => message::note("The browser was opened to log in. If it was not, open:"),
                Some(problem) => {
                    message::warning(problem);
                    message::note("Open this in a browser to log in:");
                }
            }
            message::say(&format!("  {}\n", style.cyan(line(&text("url")))));
            if listening {
                message::note(&format!(
                    "Waiting for the browser to come back to {}. Ctrl+C ends the login.",
                    text("redirectUri")
                ));
            }
            if paste || !listening {
                message::note(&format!(
                    "At the end, paste here what the address bar says (it begins with {}) and press Enter:",
                    text("redirectUri")
                ));
                read(typed.clone());
            }
        }
        Some("device") => {
            message::note(&format!(
                "Open {} on any device and enter the code:",
                text("verificationUri")
            ));
            message::say(&format!("  {}\n", style.bold(line(&text("userCode")))));
            if let Some(complete) = event["verificationUriComplete"].as_str() {
                message::note(&format!("Or open {complete}"));
            }
            message::note("Waiting until that is done. Ctrl+C ends the login.");
        }
        Some("hop") if verbose => {
            if let Ok(hop) = serde_json::from_value::<FlowHop>(event["hop"].clone()) {
                message::say(&show::flow_hop(&hop, style));
            }
        }
        _ => {}
    }
}

/// Reads lines that are not empty, on a thread of its own: nothing can wake one that reads.
fn read(typed: UnboundedSender<Typed>) {
    std::thread::spawn(move || {
        let lines = std::io::stdin().lock().lines().map_while(Result::ok);
        let lines = lines.map(|line| line.trim().to_owned()).filter(|line| !line.is_empty());
        for line in lines.map(Some).chain([None]) {
            // Nobody listens any more when the login is over.
            if typed.send(line).is_err() {
                return;
            }
        }
    });
}
