/// What a check or capture looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Expression {
    Status,
    Reason,
    Time,
    Size,
    /// All headers.
    Headers,
    Header(String),
    /// The whole body.
    Body,
    /// Names and indexes below the body, as a plain `JSONPath`.
    Member {
        path: String,
        parent: String,
        is_length: bool,
    },
    JsonPath(String),
    XPath(String),
    Regex(String),
}

impl Expression {
    /// Reads an expression; the error is a sentence for the user.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.starts_with('$') {
            return Ok(Self::JsonPath(text.to_owned()));
        }
        if text.starts_with('/') {
            return Ok(Self::XPath(text.to_owned()));
        }
        if let Some(inner) = call(text, "regex") {
            let inner = inner
                .strip_prefix('/')
                .and_then(|i| i.strip_suffix('/'))
                .unwrap_or_else(|| unquoted(inner));
            return Ok(Self::Regex(inner.to_owned()));
        }
        if let Some(inner) = call(text, "xpath") {
            return Ok(Self::XPath(unquoted(inner).to_owned()));
        }
        if let Some(inner) = call(text, "jsonpath") {
            return Ok(Self::JsonPath(unquoted(inner).to_owned()));
        }
        // Bruno's short form: res('items[0].id').
        if let Some(inner) = call(text, "res") {
            return member(&format!(".{}", unquoted(inner)), text);
        }
        text.strip_prefix("res")
            .map_or_else(|| Err(unknown(text)), |rest| Self::of_response(rest, text))
    }

    fn of_response(rest: &str, text: &str) -> Result<Self, String> {
        match rest {
            ".status" | ".statusCode" | ".getStatus()" => return Ok(Self::Status),
            ".statusText" | ".reason" | ".getStatusText()" => return Ok(Self::Reason),
            ".responseTime" | ".time" | ".getResponseTime()" => return Ok(Self::Time),
            ".size" | ".getSize().body" => return Ok(Self::Size),
            ".headers" | ".getHeaders()" => return Ok(Self::Headers),
            ".body" | ".getBody()" => return Ok(Self::Body),
            _ => {}
        }
        if let Some(name) = rest.strip_prefix(".headers.") {
            return Ok(Self::Header(name.trim().to_owned()));
        }
        if let Some(inner) =
            rest.strip_prefix(".headers[").and_then(|inner| inner.strip_suffix(']'))
        {
            return Ok(Self::Header(unquoted(inner).to_owned()));
        }
        if let Some(inner) = call(rest, ".getHeader") {
            return Ok(Self::Header(unquoted(inner).to_owned()));
        }
        match rest.strip_prefix(".body").or_else(|| rest.strip_prefix(".getBody()")) {
            Some(path) => member(path, text),
            None => Err(unknown(text)),
        }
    }
}

/// `.a.b[0]['c']` as a `JSONPath` with brackets only.
fn member(path: &str, text: &str) -> Result<Expression, String> {
    let bad = || format!("\"{text}\" cannot be read: after the body come .name, [0] or ['name'].");
    let mut rest =
        path.strip_prefix(".[").map_or_else(|| path.to_owned(), |inner| format!("[{inner}"));
    let mut parts: Vec<String> = Vec::new();
    while !rest.is_empty() {
        let (part, after) =
            if let Some(dotted) = rest.strip_prefix('.').or_else(|| rest.strip_prefix("?.")) {
                let end = dotted.find(['.', '[', '?']).unwrap_or(dotted.len());
                (dotted[..end].to_owned(), dotted[end..].to_owned())
            } else if let Some(inner) = rest.strip_prefix('[') {
                let (inner, after) = bracket(inner).ok_or_else(bad)?;
                if inner.bytes().all(|b| b.is_ascii_digit()) && !inner.is_empty() {
                    parts.push(format!("[{inner}]"));
                    rest = after.to_owned();
                    continue;
                }
                let name = unquoted(inner);
                if name.len() == inner.len() {
                    return Err(bad());
                }
                (name.to_owned(), after.to_owned())
            } else {
                return Err(bad());
            };
        if part.is_empty() {
            return Err(bad());
        }
        // JavaScript reads `a.0` as `a[0]`.
        let is_index = part.bytes().all(|b| b.is_ascii_digit());
        parts.push(if is_index { format!("[{part}]") } else { format!("['{}']", escape(&part)) });
        rest = after;
    }
    let is_length = parts.last().is_some_and(|last| last == "['length']");
    let parent = format!("${}", parts[..parts.len().saturating_sub(1)].concat());
    Ok(Expression::Member { path: format!("${}", parts.concat()), parent, is_length })
}

/// Splits behind the `]` that closes a bracket; quotes may hold others.
fn bracket(inner: &str) -> Option<(&str, &str)> {
    let quote = inner.chars().next().filter(|c| matches!(c, '\'' | '"'));
    let end = match quote {
        Some(quote) => inner[1..].find(quote)? + 2,
        None => inner.find(']')?,
    };
    Some((&inner[..end], inner[end..].strip_prefix(']')?))
}

fn escape(name: &str) -> String {
    name.replace('\\', "\\\\").replace('\'', "\\'")
}

fn call<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')').map(str::trim)
}

fn unquoted(text: &str) -> &str {
    let text = text.trim();
    let inner = |quote| text.strip_prefix(quote).and_then(|inner: &str| inner.strip_suffix(quote));
    inner('"').or_else(|| inner('\'')).unwrap_or(text)
}

fn unknown(text: &str) -> String {
    format!(
        "\"{text}\" is nothing a check can look at. Use res.status, res.responseTime, res.size, res.headers.NAME, \
         res.body.a.b[0], a JSONPath ($.a), an XPath (/a/b) or regex(…)."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_form() {
        let member = |path: &str, parent: &str, is_length| Expression::Member {
            path: path.into(),
            parent: parent.into(),
            is_length,
        };
        for (text, expected) in [
            ("res.status", Expression::Status),
            (" res.getStatus() ", Expression::Status),
            ("res.time", Expression::Time),
            ("res.responseTime", Expression::Time),
            ("res.size", Expression::Size),
            ("res.statusText", Expression::Reason),
            ("res.headers.content-type", Expression::Header("content-type".into())),
            ("res.headers['X-A']", Expression::Header("X-A".into())),
            ("res.getHeader(\"X-A\")", Expression::Header("X-A".into())),
            ("res.body", Expression::Body),
            ("res.body.a.b[0]", member("$['a']['b'][0]", "$['a']['b']", false)),
            ("res.body[0]['it\"s].x'].0", member("$[0]['it\"s].x'][0]", "$[0]['it\"s].x']", false)),
            ("res.body.items.length", member("$['items']['length']", "$['items']", true)),
            ("res('a.b[1]')", member("$['a']['b'][1]", "$['a']['b']", false)),
            ("$.a[*]", Expression::JsonPath("$.a[*]".into())),
            ("//b", Expression::XPath("//b".into())),
            ("xpath(count(//b))", Expression::XPath("count(//b)".into())),
            ("regex(a(b))", Expression::Regex("a(b)".into())),
            ("regex(/^a/)", Expression::Regex("^a".into())),
        ] {
            assert_eq!(Expression::parse(text).as_ref(), Ok(&expected), "{text}");
        }
        for text in [
            "",
            "req.status",
            "res",
            "res.nothing",
            "res.body..a",
            "res.body[x]",
            "res.body[0",
            "res.bodyx",
        ] {
            assert!(Expression::parse(text).is_err(), "{text}");
        }
    }
}
