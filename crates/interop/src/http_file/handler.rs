//! Scripts, and httpyac's `??` as checks.

use errand_model::{Check, Operator, Script, ScriptPhase};

use super::parse::{Code, Written};
use super::tree::Files;
use crate::Receipt;

/// Longest script file that is taken in, in bytes.
const LONGEST: u64 = 1 << 20;

/// The scripts of a request, with the word for their dialect.
pub(super) fn scripts(
    written: &[Written],
    files: &Files<'_>,
    notes: &mut Receipt,
) -> (Vec<Script>, Option<&'static str>) {
    let mut dialect = None;
    let mut scripts = Vec::new();
    for script in written {
        let code = match &script.code {
            Code::Text(code) => code.clone(),
            Code::File(path) => {
                let entry = files.at(path).filter(|entry| entry.len() <= LONGEST);
                let Some(code) = entry.and_then(|entry| entry.text().ok()) else {
                    let what = format!("script {path} (line {})", script.line);
                    notes.not_carried(what, "the file is not among those imported");
                    continue;
                };
                notes.converted(format!("script {path}"), "its text is kept in the request");
                code
            }
        };
        dialect = Some(if script.httpyac { "httpyac" } else { "http-client" });
        let phase =
            if script.before { ScriptPhase::BeforeRequest } else { ScriptPhase::AfterResponse };
        scripts.push(Script { phase, code });
    }
    if !scripts.is_empty() {
        notes.converted("scripts", "they are kept and shown, and do not run");
    }
    (scripts, dialect)
}

/// `status == 200`, `header content-type includes json`, `body a.b exists`, `duration < 200`.
pub(super) fn check(text: &str) -> Option<Check> {
    let mut words = text.split_whitespace();
    let subject = words.next()?;
    let rest: Vec<&str> = words.collect();
    let at = rest.iter().position(|word| operator(word).is_some())?;
    let operator = operator(rest[at])?;
    let argument = rest[..at].join(" ");
    let value = rest[at + 1..].join(" ");
    let expression = match (subject, argument.as_str()) {
        ("status", "") => "res.status".to_owned(),
        ("duration", "") => "res.responseTime".to_owned(),
        ("header", name) if !name.is_empty() => format!("res.headers.{name}"),
        ("body" | "response", "") => "res.body".to_owned(),
        ("body", path) if !path.contains(' ') => format!("$.{path}"),
        ("jsonpath", path) if path.starts_with('$') => path.to_owned(),
        ("xpath", path) if path.starts_with('/') => path.to_owned(),
        _ => return None,
    };
    Some(Check { expression, operator, value, description: String::new(), enabled: true })
}

fn operator(word: &str) -> Option<Operator> {
    Some(match word {
        "==" | "===" => Operator::Eq,
        "!=" | "!==" => Operator::Neq,
        ">" => Operator::Gt,
        ">=" => Operator::Gte,
        "<" => Operator::Lt,
        "<=" => Operator::Lte,
        "includes" | "contains" => Operator::Contains,
        "startsWith" => Operator::StartsWith,
        "endsWith" => Operator::EndsWith,
        "matches" => Operator::Matches,
        "exists" => Operator::IsDefined,
        "isFalse" => Operator::IsFalsy,
        "isNumber" => Operator::IsNumber,
        "isString" => Operator::IsString,
        "isBoolean" => Operator::IsBoolean,
        "isArray" => Operator::IsArray,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assertions_of_httpyac_are_checks() {
        let of = |text| check(text).map(|c| (c.expression, c.operator, c.value));
        assert_eq!(of("status == 200"), Some(("res.status".into(), Operator::Eq, "200".into())));
        assert_eq!(
            of("header content-type == application/json"),
            Some(("res.headers.content-type".into(), Operator::Eq, "application/json".into()))
        );
        assert_eq!(
            of("body form exists"),
            Some(("$.form".into(), Operator::IsDefined, String::new()))
        );
        assert_eq!(of("js response.x == 1"), None);
    }
}
