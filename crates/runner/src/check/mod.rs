//! Declarative checks on a response, with the operators of OpenCollection as Bruno evaluates them.

mod expected;
mod expression;
mod find;
mod operator;
mod subject;

use errand_model::Check;
use errand_template::{Rendered, mask};
use serde::Serialize;

pub(crate) use expression::Expression;
pub(crate) use find::{Found, find};
pub use subject::Subject;

/// Characters of a value that a result shows.
const SHOWN: usize = 200;

/// What became of one check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CheckResult {
    /// The check as saved.
    pub check: Check,
    /// Whether it held.
    pub passed: bool,
    /// What was found, at most 200 characters; none where there was nothing.
    pub actual: Option<String>,
    /// What it was compared with, secrets masked.
    pub expected: String,
    /// One sentence: what was found and, where it failed, why.
    pub message: String,
}

/// Evaluates a check. `value` is the check's value with its variables rendered.
///
/// An expression or value that makes no sense is a failed check whose message says so.
pub fn evaluate(check: &Check, value: &Rendered, subject: &Subject) -> CheckResult {
    let expected = shown(&mask(value));
    let result = |passed, actual, message| CheckResult {
        check: check.clone(),
        passed,
        actual,
        expected: if operator::is_unary(check.operator) { String::new() } else { expected.clone() },
        message,
    };
    if let Some(missing) = value.missing.first().filter(|_| !operator::is_unary(check.operator)) {
        return result(false, None, format!("The expected value cannot be resolved. {missing}"));
    }
    let found =
        Expression::parse(&check.expression).and_then(|expression| find(&expression, subject));
    let found = match found {
        Ok(found) => found,
        Err(message) => return result(false, None, message),
    };
    let actual = found.shown();
    let name = check.expression.trim();
    let is = actual.as_deref().unwrap_or("undefined");
    match operator::holds(check.operator, &found, &value.text) {
        Ok(true) => result(true, actual.clone(), format!("{name} is {is}.")),
        Ok(false) => {
            let wanted = operator::wanted(check.operator, &expected);
            let note = found.note().map_or_else(String::new, |note| format!(" ({note})"));
            result(false, actual.clone(), format!("{name} is {is}{note}; it should {wanted}."))
        }
        Err(why) => result(false, actual.clone(), format!("{name} is {is}. {why}")),
    }
}

/// The beginning of a text, as a result shows it.
fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.pop();
        shown.push('…');
    }
    shown
}
