//! Events: scripts that run before a request and after its response.

use errand_model::{Extensions, Script, ScriptPhase};
use serde_json::{Value, json};

use super::KEPT;
use super::json::{is_on, list, text, text_at};
use crate::Scribe;

/// Reads the scripts that say something; the rest comes back with the original.
pub(super) fn read(events: Option<&Value>, scribe: &mut Scribe<'_>) -> Vec<Script> {
    let mut scripts = Vec::new();
    for event in list(events).iter().filter(|event| event.is_object()) {
        let listen = text_at(event, "listen");
        let code = code(event.get("script"));
        let source = event.get("script").and_then(|script| script.get("src"));
        if source.is_some_and(|source| !source.is_null()) {
            let what = format!("{listen} script from a file");
            scribe.set_aside(what, "only scripts in the collection are imported", KEPT);
        }
        if code.trim().is_empty() {
            continue;
        }
        let phase = match listen.as_str() {
            "prerequest" => ScriptPhase::BeforeRequest,
            "test" => ScriptPhase::Tests,
            other => {
                scribe.set_aside(format!("script {other}"), "there is no such event here", KEPT);
                continue;
            }
        };
        if is_on(event.get("disabled")) {
            scribe.set_aside(format!("{listen} script"), "it is disabled", KEPT);
            continue;
        }
        scribe.kept(format!("{listen} script"));
        scripts.push(Script { phase, code });
    }
    scripts
}

fn code(script: Option<&Value>) -> String {
    let exec = match script {
        Some(Value::Object(script)) => script.get("exec"),
        other => other,
    };
    match exec {
        Some(Value::Array(lines)) => {
            lines.iter().map(|line| text(Some(line))).collect::<Vec<_>>().join("\n")
        }
        other => text(other),
    }
}

/// Notes whose language the scripts are in.
pub(super) fn note_dialect(scripts: &[Script], extensions: &mut Extensions) {
    if !scripts.is_empty() {
        extensions.insert("errand".to_owned(), json!({"scriptDialect": "postman"}));
    }
}

/// Writes scripts as events; none when there are none.
pub(super) fn write(scripts: &[Script], scribe: &mut Scribe<'_>) -> Option<Value> {
    let mut events = Vec::new();
    for script in scripts {
        let listen = match script.phase {
            ScriptPhase::BeforeRequest => "prerequest",
            ScriptPhase::AfterResponse | ScriptPhase::Tests => "test",
            ScriptPhase::Hooks => {
                scribe.not_carried("hooks script", "Postman has no hooks");
                continue;
            }
        };
        let lines: Vec<&str> = script.code.split('\n').collect();
        let script = json!({"exec": lines, "type": "text/javascript"});
        events.push(json!({"listen": listen, "script": script}));
    }
    (!events.is_empty()).then_some(Value::Array(events))
}
