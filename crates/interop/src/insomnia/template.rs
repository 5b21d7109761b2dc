//! Nunjucks as Insomnia writes it, and Errand's `{{name}}`.

use crate::Scribe;

/// What receipts say of variables that are written differently here.
const VARIABLES: &str = "`{{ _.name }}` became `{{name}}`";

/// Insomnia's text as Errand's: variables and the tags that have a counterpart. The rest stays.
pub(super) fn read(text: &str, scribe: &mut Scribe<'_>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let close = match rest.get(1..2) {
            Some("{") if !rest[2..].starts_with('{') => "}}",
            Some("%") => "%}",
            _ => {
                out.push('{');
                rest = &rest[1..];
                continue;
            }
        };
        let Some(end) = closing(&rest[2..], close) else { break };
        let (whole, after) = rest.split_at(2 + end + 2);
        let inner = whole[2..2 + end].trim();
        out.push_str(&converted(whole, inner, close == "%}", scribe));
        rest = after;
    }
    out.push_str(rest);
    out
}

fn converted(whole: &str, inner: &str, is_tag: bool, scribe: &mut Scribe<'_>) -> String {
    if is_tag {
        let name = inner.split_whitespace().next().unwrap_or_default();
        if let Some(dynamic) = tag(name, inner[name.len()..].trim()) {
            scribe.converted(format!("{{% {name} %}}"), format!("became `{{{{{dynamic}}}}}`"));
            return format!("{{{{{dynamic}}}}}");
        }
        let why = match name {
            "response" => {
                "its text stays where it was: take the value over with a capture in the request it \
                 comes from"
            }
            _ => "Errand has no such template tag; its text stays where it was",
        };
        scribe.not_carried(format!("{{% {name} %}}"), why);
        return whole.to_owned();
    }
    match path(inner) {
        Some(name) if name == inner => whole.to_owned(),
        Some(name) => {
            scribe.converted("variables", VARIABLES);
            format!("{{{{{name}}}}}")
        }
        None => {
            scribe.not_carried(
                "template expression",
                "Errand's templates have only names; its text stays where it was",
            );
            whole.to_owned()
        }
    }
}

/// Where `close` ends what is open, not counting what is in quotes if the quotes are closed.
fn closing(text: &str, close: &str) -> Option<usize> {
    let plain = text.find(close)?;
    let mut quote = None;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if byte == b'\\' => escaped = true,
            Some(open) if open == byte => quote = None,
            // Quotes that go over several lines are apostrophes.
            Some(_) if byte == b'\n' => return Some(plain),
            None if matches!(byte, b'\'' | b'"') => quote = Some(byte),
            None if text.as_bytes()[at..].starts_with(close.as_bytes()) => return Some(at),
            _ => {}
        }
    }
    Some(plain)
}

/// `_.a.b`, `_['a'].b`, `a.b`: the dotted name. None for any other expression.
fn path(expression: &str) -> Option<String> {
    let mut name = String::new();
    let mut rest = expression;
    if let Some(after) = expression.strip_prefix('_')
        && after.starts_with(['.', '['])
    {
        rest = after;
    } else {
        let word = word(rest)?;
        if matches!(word, "true" | "false" | "none" | "null") {
            return None;
        }
        name.push_str(word);
        rest = &rest[word.len()..];
    }
    while !rest.is_empty() {
        let part;
        if let Some(after) = rest.strip_prefix('.') {
            part = word(after)?;
            rest = &after[part.len()..];
        } else {
            let (inner, after) = rest.strip_prefix('[')?.split_once(']')?;
            rest = after;
            if inner.bytes().all(|byte| byte.is_ascii_digit()) && !name.is_empty() {
                name.extend(["[", inner, "]"]);
                continue;
            }
            let quote = inner.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
            part = inner[1..].strip_suffix(quote)?;
            if part.is_empty() || part.contains(['{', '}', '\'', '"', '\\']) {
                return None;
            }
        }
        if !name.is_empty() {
            name.push('.');
        }
        name.push_str(part);
    }
    (!name.is_empty()).then_some(name)
}

/// The name that `text` begins with.
fn word(text: &str) -> Option<&str> {
    let end = text
        .find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '$'))
        .unwrap_or(text.len());
    (end > 0 && !text.starts_with('-')).then(|| &text[..end])
}

/// The dynamic variable that gives what a tag gives.
fn tag(name: &str, arguments: &str) -> Option<String> {
    let arguments: Vec<_> = arguments
        .split(',')
        .map(|argument| argument.trim().trim_matches(['\'', '"']))
        .filter(|argument| !argument.is_empty())
        .collect();
    let dynamic = match (name, arguments.as_slice()) {
        ("uuid", [] | ["v4"]) => "$guid",
        ("now", [] | ["iso-8601"]) => "$isoTimestamp",
        ("now", ["unix" | "seconds" | "s"]) => "$timestamp",
        ("faker", [what]) if is_dynamic(what) => return Some(format!("${what}")),
        _ => return None,
    };
    Some(dynamic.to_owned())
}

/// Whether the name, without its `$`, is one of those that Insomnia has from Postman, as Errand has.
fn is_dynamic(name: &str) -> bool {
    let random = name.strip_prefix("random").is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_uppercase())
            && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    random || matches!(name, "guid" | "timestamp" | "isoTimestamp")
}

/// Errand's text as Insomnia's.
pub(super) fn write(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find("{{") {
        let open = open + rest[open + 2..].bytes().take_while(|byte| *byte == b'{').count();
        let inner = &rest[open + 2..];
        let Some(close) = inner.find(['{', '}']) else { break };
        let name = inner[..close].trim();
        let after = &inner[close..];
        if let Some(after) = after.strip_prefix("}}")
            && let Some(written) = reference(name)
        {
            out.push_str(&rest[..open]);
            out.push_str(&written);
            rest = after;
        } else {
            let at = rest.len() - after.len();
            out.push_str(&rest[..at]);
            rest = after;
            if let Some(skipped) = rest.strip_prefix('}') {
                out.push('}');
                rest = skipped;
            }
        }
    }
    out.push_str(rest);
    out
}

/// A variable as Insomnia refers to it.
fn reference(name: &str) -> Option<String> {
    if let Some(dynamic) = name.strip_prefix('$').filter(|name| is_dynamic(name)) {
        return Some(match dynamic {
            "guid" => "{% uuid 'v4' %}".to_owned(),
            "timestamp" => "{% now 'unix', '' %}".to_owned(),
            "isoTimestamp" => "{% now 'iso-8601', '' %}".to_owned(),
            other => format!("{{% faker '{other}' %}}"),
        });
    }
    if name.is_empty() || name.contains(['\'', '"', '\\']) {
        return None;
    }
    let mut path = "_".to_owned();
    for part in name.split('.') {
        let bare = part.find('[').map_or(part, |at| {
            let index = part[at + 1..].strip_suffix(']');
            let counts = index.is_some_and(|index| index.bytes().all(|b| b.is_ascii_digit()));
            if counts { &part[..at] } else { part }
        });
        let is_word = bare.chars().all(|c| c.is_alphanumeric() || c == '_')
            && bare.chars().next().is_some_and(|c| !c.is_numeric());
        if is_word {
            path.extend([".", part]);
        } else {
            path.extend(["['", bare, "']", &part[bare.len()..]]);
        }
    }
    Some(format!("{{{{ {path} }}}}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Receipt;

    fn of(text: &str) -> String {
        read(text, &mut Receipt::default().at("a"))
    }

    #[test]
    fn variables_come_over_and_go_back() {
        for (theirs, ours) in [
            ("{{ _.a }}/{{ _.b.c }}", "{{a}}/{{b.c}}"),
            ("{{ _['x-y'] }}", "{{x-y}}"),
            ("{\"a\":{{ _.list[0].n }}}", "{\"a\":{{list[0].n}}}"),
            ("{% uuid 'v4' %}{% now 'unix', '' %}", "{{$guid}}{{$timestamp}}"),
            ("{% faker 'randomCity' %}", "{{$randomCity}}"),
            ("no { braces } }} {{", "no { braces } }} {{"),
        ] {
            assert_eq!(of(theirs), ours);
            assert_eq!(write(ours), theirs);
        }
        assert_eq!(of("{{ base_url }}{{ vault.key }}"), "{{ base_url }}{{ vault.key }}");
        assert_eq!(of("{{_.a}}"), "{{a}}");
    }

    #[test]
    fn what_has_no_counterpart_stays() {
        let mut receipt = Receipt::default();
        let text =
            "{% response 'body', 'req_1', '%}' %} {{ _.a | upper }} {{ 1 + 2 }} {% now 'millis' %}";
        assert_eq!(read(text, &mut receipt.at("a")), text);
        let items: Vec<_> = receipt.lines.iter().map(|line| line.item.as_str()).collect();
        assert_eq!(items, ["{% response %}", "template expression", "{% now %}"]);
    }

    #[test]
    fn hostile_texts_end() {
        for piece in ["{{", "{%", "{{ '", "{% \" %}", "{{ _.", "}}{{", "{{a", "{{{"] {
            let text = piece.repeat(50_000);
            write(&of(&text));
        }
    }
}
