//! What Hurl's own parser found, line by line.

use hurl_core::ast::{
    Body, BooleanOption, Bytes, CountOption, DurationOption, Entry, EntryOption, ExprKind, Filter,
    FilterValue, Function, KeyValue, MultilineStringKind, MultipartParam, OptionKind, Placeholder,
    Predicate, PredicateFuncValue, PredicateValue, Query, QueryValue, RegexValue, Section,
    SectionValue, StatusValue, Template, TemplateElement, VariableValue, Whitespace,
};
use hurl_core::types::ToSource as _;

pub(super) fn told(entries: &[Entry]) -> Vec<String> {
    entries.iter().flat_map(entry).collect()
}

fn entry(entry: &Entry) -> Vec<String> {
    let request = &entry.request;
    let comments = request.line_terminators.iter().filter_map(|line| line.comment.as_ref());
    let mut lines: Vec<_> = comments.map(|c| format!("comment {}", c.value)).collect();
    lines.push(format!("{} {}", request.method, text(&request.url)));
    lines.extend(request.headers.iter().map(|header| pair("header", header)));
    lines.extend(request.sections.iter().flat_map(section));
    lines.extend(request.body.iter().map(body));
    if let Some(response) = &entry.response {
        let status = match response.status.value {
            StatusValue::Any => "*".to_owned(),
            StatusValue::Specific(status) => status.to_string(),
        };
        lines.push(format!("response {} {status}", response.version.value));
        lines.extend(response.headers.iter().map(|header| pair("header", header)));
        lines.extend(response.sections.iter().flat_map(section));
        lines.extend(response.body.iter().map(body));
    }
    lines
}

fn text(template: &Template) -> String {
    let element = |element: &TemplateElement| match element {
        TemplateElement::String { value, .. } => format!("{value:?}"),
        TemplateElement::Placeholder(found) => format!("<{}>", placeholder(found)),
    };
    template.elements.iter().map(element).collect()
}

fn placeholder(placeholder: &Placeholder) -> String {
    match &placeholder.expr.kind {
        ExprKind::Variable(variable) => variable.name.clone(),
        ExprKind::Function(Function::NewUuid) => "newUuid()".to_owned(),
        ExprKind::Function(Function::NewDate) => "newDate()".to_owned(),
    }
}

fn pair(what: &str, pair: &KeyValue) -> String {
    format!("{what} {}: {}", text(&pair.key), text(&pair.value))
}

fn section(section: &Section) -> Vec<String> {
    let mut lines = vec![format!("section {}", section.identifier())];
    match &section.value {
        SectionValue::QueryParams(pairs, _) | SectionValue::FormParams(pairs, _) => {
            lines.extend(pairs.iter().map(|row| pair("row", row)));
        }
        SectionValue::BasicAuth(found) => lines.extend(found.iter().map(|row| pair("row", row))),
        SectionValue::Cookies(cookies) => {
            let row =
                |c: &hurl_core::ast::Cookie| format!("row {}: {}", text(&c.name), text(&c.value));
            lines.extend(cookies.iter().map(row));
        }
        SectionValue::MultipartFormData(parts, _) => lines.extend(parts.iter().map(part)),
        SectionValue::Options(options) => lines.extend(options.iter().map(option)),
        SectionValue::Captures(captures) => {
            let line = |c: &hurl_core::ast::Capture| {
                format!("capture {} {} {}", text(&c.name), query(&c.query), filters(&c.filters))
            };
            lines.extend(captures.iter().map(line));
        }
        SectionValue::Asserts(asserts) => {
            let line = |a: &hurl_core::ast::Assert| {
                let predicate = predicate(&a.predicate);
                format!("assert {} {} {predicate}", query(&a.query), filters(&a.filters))
            };
            lines.extend(asserts.iter().map(line));
        }
    }
    lines
}

fn part(part: &MultipartParam) -> String {
    match part {
        MultipartParam::Param(row) => pair("part", row),
        MultipartParam::FilenameParam(file) => {
            let kind = file.value.content_type.as_ref().map(text);
            format!("file {}: {} {kind:?}", text(&file.key), text(&file.value.filename))
        }
    }
}

fn option(option: &EntryOption) -> String {
    use OptionKind as K;
    let value = match &option.kind {
        K::AwsSigV4(value)
        | K::CaCertificate(value)
        | K::ClientCert(value)
        | K::ClientKey(value)
        | K::ConnectTo(value)
        | K::Header(value)
        | K::NetRcFile(value)
        | K::NoHeader(value)
        | K::Output(value)
        | K::PinnedPublicKey(value)
        | K::Proxy(value)
        | K::Resolve(value)
        | K::TlsMax(value)
        | K::TlsMin(value)
        | K::UnixSocket(value)
        | K::User(value) => text(value),
        K::Verbosity(word) => format!("{:?}", word.identifier()),
        K::MaxRedirect(CountOption::Literal(count))
        | K::Repeat(CountOption::Literal(count))
        | K::Retry(CountOption::Literal(count)) => count.to_string(),
        K::ConnectTimeout(DurationOption::Literal(time))
        | K::Delay(DurationOption::Literal(time))
        | K::MaxTime(DurationOption::Literal(time))
        | K::RetryInterval(DurationOption::Literal(time)) => time.to_string(),
        K::Variable(variable) => match &variable.value {
            VariableValue::String(value) => format!("{}={}", variable.name, text(value)),
            value => {
                format!("{}={}", variable.name, super::number(value.to_source().as_str()))
            }
        },
        kind => flag(kind).map_or(String::new(), |on| on.to_string()),
    };
    format!("option {} {value}", option.kind.identifier())
}

fn flag(kind: &OptionKind) -> Option<bool> {
    use OptionKind as K;
    match kind {
        K::Compressed(option)
        | K::Digest(option)
        | K::FailWithBody(option)
        | K::FollowLocation(option)
        | K::FollowLocationTrusted(option)
        | K::Http10(option)
        | K::Http11(option)
        | K::Http2(option)
        | K::Http2PriorKnowledge(option)
        | K::Http3(option)
        | K::Insecure(option)
        | K::IpV4(option)
        | K::IpV6(option)
        | K::Negotiate(option)
        | K::NetRc(option)
        | K::NetRcOptional(option)
        | K::NoJsonpathCoercion(option)
        | K::Ntlm(option)
        | K::PathAsIs(option)
        | K::Skip(option)
        | K::Verbose(option)
        | K::VeryVerbose(option) => match option {
            BooleanOption::Literal(on) => Some(*on),
            BooleanOption::Placeholder(_) => None,
        },
        _ => None,
    }
}

fn query(query: &Query) -> String {
    let behind = match &query.value {
        QueryValue::Header { name: text, .. }
        | QueryValue::Jsonpath { expr: text, .. }
        | QueryValue::Xpath { expr: text, .. }
        | QueryValue::Regex { value: RegexValue::Template(text), .. } => self::text(text),
        QueryValue::Regex { value: RegexValue::Regex(regex), .. } => {
            format!("{} {}", regex.source.as_str(), regex.inner.as_str())
        }
        _ => String::new(),
    };
    format!("{} {behind}", query.value.identifier())
}

fn filters(filters: &[(Whitespace, Filter)]) -> String {
    let filter = |(_, filter): &(Whitespace, Filter)| match &filter.value {
        FilterValue::Count => "| count ".to_owned(),
        FilterValue::JsonPath { expr, .. } => format!("| jsonpath {} ", text(expr)),
        _ => "| other ".to_owned(),
    };
    filters.iter().map(filter).collect()
}

fn predicate(predicate: &Predicate) -> String {
    use PredicateFuncValue as P;
    let function = &predicate.predicate_func.value;
    let operand = match function {
        P::Equal { value, .. }
        | P::NotEqual { value, .. }
        | P::GreaterThan { value, .. }
        | P::GreaterThanOrEqual { value, .. }
        | P::LessThan { value, .. }
        | P::LessThanOrEqual { value, .. }
        | P::StartWith { value, .. }
        | P::EndWith { value, .. }
        | P::Contain { value, .. }
        | P::Include { value, .. }
        | P::Match { value, .. } => operand(value),
        _ => String::new(),
    };
    format!("{} {} {operand}", predicate.not, function.identifier())
}

fn operand(value: &PredicateValue) -> String {
    match value {
        PredicateValue::Null => "null".to_owned(),
        PredicateValue::Bool(value) => value.to_string(),
        PredicateValue::Number(value) => super::number(value.to_source().as_str()),
        PredicateValue::Placeholder(value) => format!("<{}>", placeholder(value)),
        PredicateValue::String(value) => text(value),
        PredicateValue::Regex(value) => value.inner.as_str().to_owned(),
        PredicateValue::Base64(_) | PredicateValue::Hex(_) => "bytes".to_owned(),
        PredicateValue::File(_) => "file".to_owned(),
        PredicateValue::MultilineString(_) => "multiline".to_owned(),
    }
}

fn body(body: &Body) -> String {
    use MultilineStringKind as K;
    match &body.value {
        Bytes::Json(value) => format!("json {}", super::json(value.to_source().as_str())),
        Bytes::Xml(text) => format!("xml {text}"),
        Bytes::OnelineString(line) => format!("line {}", text(line)),
        Bytes::MultilineString(lines) => match &lines.kind {
            K::Text(lines) => format!("text {}", text(lines)),
            K::Json(lines) => format!("json text {}", text(lines)),
            K::Xml(lines) => format!("xml text {}", text(lines)),
            K::Raw(lines) => format!("raw {}", text(lines)),
            K::GraphQl(found) => {
                let variables = found.variables.as_ref();
                let variables = variables.map(|v| super::json(v.value.to_source().as_str()));
                format!("graphql {} {}", text(&found.value), variables.unwrap_or_default())
            }
        },
        Bytes::Base64(bytes) => format!("base64 {:?} {}", bytes.value, bytes.source.as_str()),
        Bytes::Hex(bytes) => format!("hex {:?} {}", bytes.value, bytes.source.as_str()),
        Bytes::File(file) => format!("file {}", text(&file.filename)),
    }
}
