//! What this reader found, line by line.

use super::super::{
    Body, Entry, Filter, Kind, Operand, Pair, Part, Pattern, Piece, Placeholder, Predicate, Query,
    Rows, Setting, Template, Unit, Value, VariableValue,
};

pub(super) fn told(entries: &[Entry<'_>]) -> Vec<String> {
    entries.iter().flat_map(entry).collect()
}

fn entry(entry: &Entry<'_>) -> Vec<String> {
    let mut lines: Vec<_> = entry.comments.iter().map(|c| format!("comment {c}")).collect();
    lines.push(format!("{} {}", entry.method, text(&entry.url)));
    lines.extend(entry.headers.iter().map(|header| pair("header", header)));
    for section in &entry.sections {
        lines.push(format!("section {}", section.name));
        lines.extend(rows(&section.rows));
    }
    lines.extend(entry.body.iter().map(body));
    if let Some(response) = &entry.response {
        let status = response.status.map_or("*".to_owned(), |status| status.to_string());
        lines.push(format!("response {} {status}", response.version));
        lines.extend(response.headers.iter().map(|header| pair("header", header)));
        for section in &response.sections {
            lines.push(format!("section {}", section.name));
            lines.extend(rows(&section.rows));
        }
        lines.extend(response.body.iter().map(body));
    }
    lines
}

fn text(template: &Template<'_>) -> String {
    let piece = |piece: &Piece<'_>| match piece {
        Piece::Text(text) => format!("{text:?}"),
        Piece::Placeholder(placeholder) => format!("<{}>", self::placeholder(placeholder)),
    };
    template.pieces.iter().map(piece).collect()
}

fn placeholder(placeholder: &Placeholder<'_>) -> String {
    match placeholder {
        Placeholder::Variable(name) => (*name).to_owned(),
        Placeholder::NewUuid => "newUuid()".to_owned(),
        Placeholder::NewDate => "newDate()".to_owned(),
    }
}

fn pair(what: &str, pair: &Pair<'_>) -> String {
    format!("{what} {}: {}", text(&pair.key), text(&pair.value))
}

fn rows(rows: &Rows<'_>) -> Vec<String> {
    match rows {
        Rows::Query(pairs) | Rows::Form(pairs) | Rows::Cookies(pairs) => {
            pairs.iter().map(|row| pair("row", row)).collect()
        }
        Rows::BasicAuth(found) => found.iter().map(|row| pair("row", row)).collect(),
        Rows::Multipart(parts) => parts.iter().map(part).collect(),
        Rows::Options(settings) => settings.iter().map(setting).collect(),
        Rows::Captures(captures) => {
            let line = |c: &super::super::Capture<'_>| {
                format!("capture {} {} {}", text(&c.name), query(&c.query), filters(&c.filters))
            };
            captures.iter().map(line).collect()
        }
        Rows::Asserts(asserts) => {
            let line = |a: &super::super::Assert<'_>| {
                let predicate = predicate(&a.predicate);
                format!("assert {} {} {predicate}", query(&a.query), filters(&a.filters))
            };
            asserts.iter().map(line).collect()
        }
    }
}

fn part(part: &Part<'_>) -> String {
    match part {
        Part::Text(row) => pair("part", row),
        Part::File { key, name, content_type } => {
            let kind = content_type.as_ref().map(text);
            format!("file {}: {} {kind:?}", text(key), text(name))
        }
    }
}

fn setting(setting: &Setting<'_>) -> String {
    let value = match &setting.value {
        Value::Flag(on) => on.to_string(),
        Value::Number(count) => count.to_string(),
        Value::Duration(time, unit) => {
            let unit = match unit {
                Some(Unit::Millisecond) => "ms",
                Some(Unit::Second) => "s",
                Some(Unit::Minute) => "m",
                Some(Unit::Hour) => "h",
                None => "",
            };
            format!("{time}{unit}")
        }
        Value::Text(value) => text(value),
        Value::Variable { name, value: VariableValue::Text(value) } => {
            format!("{name}={}", text(value))
        }
        Value::Variable { name, value: VariableValue::Literal(value) } => {
            format!("{name}={}", super::number(value))
        }
        Value::Other => String::new(),
    };
    format!("option {} {value}", setting.name)
}

fn query(query: &Query<'_>) -> String {
    let behind = match query {
        Query::Header(text)
        | Query::JsonPath(text)
        | Query::XPath(text)
        | Query::Regex(Pattern::Text(text)) => self::text(text),
        Query::Regex(Pattern::Regex(regex)) => format!("{} {}", regex.source, regex.pattern),
        _ => String::new(),
    };
    format!("{} {behind}", query.name())
}

fn filters(filters: &[Filter<'_>]) -> String {
    let filter = |filter: &Filter<'_>| match filter {
        Filter::Count => "| count ".to_owned(),
        Filter::JsonPath(path) => format!("| jsonpath {} ", text(path)),
        Filter::Other => "| other ".to_owned(),
    };
    filters.iter().map(filter).collect()
}

fn predicate(predicate: &Predicate<'_>) -> String {
    let operand = match &predicate.operand {
        None => String::new(),
        Some(Operand::Null) => "null".to_owned(),
        Some(Operand::Bool(value)) => value.to_string(),
        Some(Operand::Number(value)) => super::number(value),
        Some(Operand::Placeholder(value)) => format!("<{}>", placeholder(value)),
        Some(Operand::Text(value)) => text(value),
        Some(Operand::Regex(value)) => value.pattern.clone(),
        Some(Operand::Bytes) => "bytes".to_owned(),
        Some(Operand::File) => "file".to_owned(),
        Some(Operand::Multiline) => "multiline".to_owned(),
    };
    format!("{} {} {operand}", predicate.not, predicate.name)
}

fn body(body: &Body<'_>) -> String {
    match body {
        Body::Json(text) => format!("json {}", super::json(text)),
        Body::Xml(text) => format!("xml {text}"),
        Body::Line(line) => format!("line {}", text(line)),
        Body::Multiline(Kind::Text(lines)) => format!("text {}", text(lines)),
        Body::Multiline(Kind::Json(lines)) => format!("json text {}", text(lines)),
        Body::Multiline(Kind::Xml(lines)) => format!("xml text {}", text(lines)),
        Body::Multiline(Kind::Raw(lines)) => format!("raw {}", text(lines)),
        Body::Multiline(Kind::GraphQl { query, variables, .. }) => {
            let variables = super::json(variables.unwrap_or_default());
            format!("graphql {} {variables}", text(query))
        }
        Body::Base64(bytes) => format!("base64 {:?} {}", bytes.value, bytes.source),
        Body::Hex(bytes) => format!("hex {:?} {}", bytes.value, bytes.source),
        Body::File(name) => format!("file {}", text(name)),
    }
}
