use serde_json::{Value, json};

use super::View;

/// A number within its bounds.
pub(super) fn sample(view: &View<'_>, name: &str) -> Value {
    let whole = view.kind() == "integer";
    let step = view.get("multipleOf").and_then(Value::as_f64).filter(|step| *step > 0.0);
    let unit = step.unwrap_or(if whole { 1.0 } else { 0.01 });
    let low = bound(view, "minimum", "exclusiveMinimum", unit);
    let high = bound(view, "maximum", "exclusiveMaximum", -unit);
    let mut value = likely(view, name, whole);
    if let Some(low) = low.filter(|low| value < *low) {
        value = low;
    }
    if let Some(high) = high.filter(|high| value > *high) {
        value = high;
    }
    if let Some(step) = step {
        value = (value / step).ceil() * step;
        if high.is_some_and(|high| value > high) {
            value -= step;
        }
    }
    // Whole numbers up to 2^53 are exact.
    if (whole || value.fract() == 0.0) && value.abs() < 9e15 {
        #[allow(clippy::cast_possible_truncation, reason = "it is within the exact range")]
        return json!(value.ceil() as i64);
    }
    // Hundredths are enough, and shed what adding them up left behind.
    json!((value * 1e6).round() / 1e6)
}

/// A bound; `beyond` is the step from an exclusive one. In 3.0 the exclusive keyword is a boolean.
fn bound(view: &View<'_>, key: &str, exclusive: &str, beyond: f64) -> Option<f64> {
    let plain = view.get(key).and_then(Value::as_f64);
    match view.get(exclusive) {
        Some(Value::Bool(true)) => plain.map(|bound| bound + beyond),
        Some(Value::Number(number)) => number.as_f64().map(|bound| bound + beyond),
        _ => plain,
    }
}

fn likely(view: &View<'_>, name: &str, whole: bool) -> f64 {
    let name = name.to_ascii_lowercase();
    let has = |part: &str| name.contains(part);
    let unix = view.get("format").and_then(Value::as_str).is_some_and(|f| f.starts_with("unix"));
    if unix || whole && (has("timestamp") || name.ends_with("_at") || has("epoch")) {
        1_767_225_600.0
    } else if has("latitude") || name == "lat" {
        52.52
    } else if has("longitude") || name == "lng" || name == "lon" {
        13.405
    } else if has("per_page")
        || has("perpage")
        || has("limit")
        || has("pagesize")
        || has("page_size")
    {
        20.0
    } else if name == "port" {
        8080.0
    } else if name == "year" {
        2026.0
    } else if name == "age" {
        36.0
    } else if !whole && (has("price") || has("amount") || has("total") || has("cost")) {
        9.99
    } else if name == "offset" || name == "skip" {
        0.0
    } else {
        1.0
    }
}
