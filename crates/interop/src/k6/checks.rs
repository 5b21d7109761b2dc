//! Checks and captures as JavaScript over k6's response.

use errand_model::{Check, Operator};

use super::script::text;

/// What an expression of a check is in JavaScript; none where k6 has no word for it.
pub(super) fn value(expression: &str) -> Option<String> {
    let expression = expression.trim();
    Some(match expression {
        "res.status" => "r.status".to_owned(),
        "res.responseTime" => "r.timings.duration".to_owned(),
        "res.size" => "(r.body || \"\").length".to_owned(),
        "res.body" => "r.body".to_owned(),
        _ => {
            if let Some(name) = expression.strip_prefix("res.headers.") {
                return Some(format!("header(r, {})", text(name)));
            }
            if let Some(pattern) =
                expression.strip_prefix("regex(").and_then(|rest| rest.strip_suffix(')'))
            {
                let pattern = text(pattern.trim_matches(['"', '\'', '/']));
                return Some(format!("matched(r, {pattern})"));
            }
            let path = expression.strip_prefix("res.body.").or(expression.strip_prefix("$."))?;
            format!("at(r, {})", serde_json::to_string(&steps(path)?).ok()?)
        }
    })
}

/// `a.b[0]['c']` as a list of keys; none for filters, wildcards and slices.
fn steps(path: &str) -> Option<Vec<serde_json::Value>> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (key, mut rest) = part.split_at(part.find('[').unwrap_or(part.len()));
        if part.is_empty() {
            return None;
        }
        if !key.is_empty() {
            let plain = key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '$'));
            if !plain {
                return None;
            }
            steps.push(key.into());
        }
        while let Some(inner) = rest.strip_prefix('[') {
            let end = inner.find(']')?;
            let index = &inner[..end];
            rest = &inner[end + 1..];
            match index.parse::<i64>() {
                Ok(number) if number >= 0 => steps.push(number.into()),
                _ => {
                    let quoted = |q| index.strip_prefix(q).and_then(|i: &str| i.strip_suffix(q));
                    steps.push(quoted('\'').or_else(|| quoted('"'))?.into());
                }
            }
        }
        if !rest.is_empty() {
            return None;
        }
    }
    Some(steps)
}

/// The condition of a check.
pub(super) fn condition(check: &Check) -> Option<String> {
    let v = value(&check.expression)?;
    let wanted = text(&check.value);
    let list = || {
        let each: Vec<String> = check.value.split(',').map(|one| text(one.trim())).collect();
        format!("[{}]", each.join(", "))
    };
    Some(match check.operator {
        Operator::Eq => format!("same({v}, {wanted})"),
        Operator::Neq => format!("!same({v}, {wanted})"),
        Operator::Gt => format!("Number({v}) > Number({wanted})"),
        Operator::Gte => format!("Number({v}) >= Number({wanted})"),
        Operator::Lt => format!("Number({v}) < Number({wanted})"),
        Operator::Lte => format!("Number({v}) <= Number({wanted})"),
        Operator::In => format!("{}.some((one) => same({v}, one))", list()),
        Operator::NotIn => format!("!{}.some((one) => same({v}, one))", list()),
        Operator::Contains => format!("String({v}).includes({wanted})"),
        Operator::NotContains => format!("!String({v}).includes({wanted})"),
        Operator::Length => format!("size({v}) === Number({wanted})"),
        Operator::Matches => format!("new RegExp({wanted}).test(String({v}))"),
        Operator::NotMatches => format!("!new RegExp({wanted}).test(String({v}))"),
        Operator::StartsWith => format!("String({v}).startsWith({wanted})"),
        Operator::EndsWith => format!("String({v}).endsWith({wanted})"),
        Operator::Between => {
            let (low, high) = check.value.split_once(',')?;
            let (low, high) = (text(low.trim()), text(high.trim()));
            format!("Number({v}) >= Number({low}) && Number({v}) <= Number({high})")
        }
        Operator::IsEmpty => format!("size({v}) === 0"),
        Operator::IsNotEmpty => format!("size({v}) > 0"),
        Operator::IsNull => format!("{v} === null"),
        Operator::IsUndefined => format!("{v} === undefined"),
        Operator::IsDefined => format!("{v} !== undefined"),
        Operator::IsTruthy => format!("Boolean({v})"),
        Operator::IsFalsy => format!("!{v}"),
        Operator::IsJson => "at(r, []) !== undefined".to_owned(),
        Operator::IsNumber => format!("typeof {v} === \"number\""),
        Operator::IsString => format!("typeof {v} === \"string\""),
        Operator::IsBoolean => format!("typeof {v} === \"boolean\""),
        Operator::IsArray => format!("Array.isArray({v})"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_paths_are_carried_and_queries_are_not() {
        assert_eq!(value("res.body.a.b[0]['c d']").as_deref(), Some(r#"at(r, ["a","b",0,"c d"])"#));
        assert_eq!(value("$.a").as_deref(), Some(r#"at(r, ["a"])"#));
        assert_eq!(value("res.headers.X-A").as_deref(), Some(r#"header(r, "X-A")"#));
        for odd in ["$..a", "$.a[?(@.b)]", "/a/b", "$.a[*]", "$.a[1:2]"] {
            assert_eq!(value(odd), None, "{odd}");
        }
    }
}
