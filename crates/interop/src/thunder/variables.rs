//! Thunder Client's system variables and filters in texts.

use std::collections::BTreeSet;

use serde_json::Value;

/// System variables and the dynamic ones that make the like.
const SYSTEM: &[(&str, &str)] = &[
    ("#guid", "$guid"),
    ("#dateISO", "$isoTimestamp"),
    ("#number", "$randomInt"),
    ("#email", "$randomEmail"),
    ("#firstname", "$randomFirstName"),
    ("#lastname", "$randomLastName"),
];

/// What became of the variables of an item.
#[derive(Default)]
pub(super) struct Changes {
    /// Thunder Client's names of what was replaced.
    pub converted: BTreeSet<String>,
    /// What has no like here, and stays as it is.
    pub left: BTreeSet<String>,
}

/// Rewrites all texts but those of scripts and documentation. Depth is that of a JSON document.
pub(super) fn rewrite(value: &mut Value, changes: &mut Changes) {
    match value {
        Value::String(text) if text.contains("{{") => *text = of_text(text, changes),
        Value::Array(list) => list.iter_mut().for_each(|value| rewrite(value, changes)),
        Value::Object(object) => {
            for (key, value) in object {
                if !matches!(key.as_str(), "preReq" | "postReq" | "docs" | "tests") {
                    rewrite(value, changes);
                }
            }
        }
        _ => {}
    }
}

fn of_text(text: &str, changes: &mut Changes) -> String {
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find("{{") {
        made.push_str(&rest[..open]);
        rest = &rest[open..];
        let Some(close) = rest.find("}}") else { break };
        let name = rest[2..close].trim();
        let system = SYSTEM.iter().find(|(theirs, _)| *theirs == name);
        if let Some((theirs, ours)) = system {
            changes.converted.insert((*theirs).to_owned());
            made.extend(["{{", ours, "}}"]);
        } else {
            if name.starts_with('#') || name.contains('|') {
                changes.left.insert(name.to_owned());
            }
            made.push_str(&rest[..close + 2]);
        }
        rest = &rest[close + 2..];
    }
    made.push_str(rest);
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn system_variables() {
        let mut changes = Changes::default();
        let made = of_text("a{{#guid}}b{{ x }}{{#date | \"y\"}}{{é", &mut changes);
        assert_eq!(made, "a{{$guid}}b{{ x }}{{#date | \"y\"}}{{é");
        assert!(changes.converted.contains("#guid"));
        assert_eq!(changes.left.into_iter().collect::<Vec<_>>(), ["#date | \"y\""]);
    }
}
