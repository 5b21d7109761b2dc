//! What a single line is.

/// Words that begin a request, beside those of HTTP.
const PROTOCOLS: &[&str] = &[
    "GRAPHQL",
    "GRPC",
    "WEBSOCKET",
    "WS",
    "WSS",
    "SSE",
    "EVENTSOURCE",
    "MQTT",
    "AMQP",
    "RABBITMQ",
    "KAFKA",
    "RSOCKET",
];
const METHODS: &[&str] = &[
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "DELETE",
    "PATCH",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "QUERY",
    "LIST",
    "PROPFIND",
    "PROPPATCH",
    "MKCOL",
    "COPY",
    "MOVE",
    "LOCK",
    "UNLOCK",
    "REPORT",
    "SEARCH",
    "PURGE",
    "LINK",
    "UNLINK",
    "MERGE",
    "ACL",
    "BIND",
    "SUBSCRIBE",
    "UNSUBSCRIBE",
    "NOTIFY",
    "MKCALENDAR",
];

/// A request line in its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RequestLine {
    /// In upper case when known; empty when the line is a URL only.
    pub method: String,
    pub url: String,
    /// As written after `HTTP/`, such as `1.1`; empty when not said.
    pub version: String,
}

/// The title after a separator; none when the line is not one.
pub(super) fn separator(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("###")?;
    Some(rest.trim_matches(|c: char| c == '#' || c == '-' || c == '=' || c.is_whitespace()))
}

/// The text of a comment line; none when the line is none.
pub(super) fn comment(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let rest = line.strip_prefix("//").or_else(|| line.strip_prefix('#'))?;
    Some(rest.trim_start_matches(['#', '/']).trim())
}

/// `@name value` of a comment's text.
pub(super) fn directive(comment: &str) -> Option<(&str, &str)> {
    let rest = comment.strip_prefix('@')?;
    let end =
        rest.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(rest.len());
    let (name, value) = rest.split_at(end);
    let value = value.trim_start_matches(|c: char| c.is_whitespace() || c == '=' || c == ':');
    (!name.is_empty()).then(|| (name, value.trim_end()))
}

/// `@name = value`, `@name := value` of a whole line.
pub(super) fn variable(line: &str) -> Option<(&str, &str)> {
    let rest = line.trim_start().strip_prefix('@')?;
    let (name, value) = rest.split_once('=')?;
    let name = name.trim_end().trim_end_matches(':').trim_end();
    let word = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_.$".contains(c));
    word.then(|| (name, value.trim()))
}

/// `Name: value`; the name is a token of RFC 9110 or holds a variable.
pub(super) fn header(line: &str) -> Option<(&str, &str)> {
    let colon = match line.find("}}") {
        Some(end) if line.starts_with("{{") => end + line[end..].find(':')?,
        _ => line.find(':')?,
    };
    let (name, value) = (line[..colon].trim(), line[colon + 1..].trim());
    let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~{}".contains(c);
    (!name.is_empty() && name.chars().all(token) && !name.starts_with('#')).then_some((name, value))
}

/// A request line, leniently: any word in capitals with something behind it, or a URL alone.
pub(super) fn request(line: &str) -> Option<RequestLine> {
    let line = line.trim();
    let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    let upper = first.to_ascii_uppercase();
    let known = METHODS.contains(&upper.as_str()) || PROTOCOLS.contains(&upper.as_str());
    let capitals = first.len() > 1 && first.chars().all(|c| c.is_ascii_uppercase() || c == '-');
    if !rest.is_empty() && (known || capitals && is_target(rest)) {
        let (url, version) = split_version(rest);
        return Some(RequestLine { method: upper, url: url.to_owned(), version });
    }
    let (url, version) = split_version(line);
    is_target(url).then(|| RequestLine { method: String::new(), url: url.to_owned(), version })
}

/// A request line that cannot be meant otherwise, even without a separator before it.
pub(super) fn sure_request(line: &str) -> bool {
    let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let known = METHODS.contains(&first) || PROTOCOLS.contains(&first);
    let (url, _) = split_version(rest.trim());
    known && is_target(url) && !blank_outside_braces(url)
        || known && PROTOCOLS.contains(&first) && !url.is_empty()
}

fn blank_outside_braces(url: &str) -> bool {
    let mut depth = 0_usize;
    url.chars().any(|c| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && c.is_whitespace()
    })
}

/// Whether the whole line is one URL.
pub(super) fn is_bare_url(line: &str) -> bool {
    !line.trim().contains(char::is_whitespace) && is_target(line.trim())
}

/// What begins like the target of a request.
fn is_target(text: &str) -> bool {
    let scheme = text.split_once("://").is_some_and(|(scheme, _)| {
        !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    scheme
        || text.starts_with('/') && !text.starts_with("//") && !text.starts_with("/*")
        || text.starts_with("{{") && text.len() > 2 && text.contains("}}")
        || text.starts_with("unix:/")
}

/// Splits ` HTTP/1.1` off the end.
fn split_version(text: &str) -> (&str, String) {
    if let Some(at) = text.rfind(" HTTP/") {
        let version = &text[at + 6..];
        let version = version.split_once('(').map_or(version, |(version, _)| version).trim();
        if !version.is_empty() && version.chars().all(|c| c.is_ascii_digit() || c == '.') {
            return (text[..at].trim_end(), version.to_owned());
        }
    }
    (text, String::new())
}

/// The status and reason of a response line, such as `HTTP/1.1 200 OK`.
pub(super) fn status(line: &str) -> Option<(u16, String)> {
    let mut words = line.strip_prefix("HTTP/")?.split_whitespace();
    words.next().filter(|version| version.chars().all(|c| c.is_ascii_digit() || c == '.'))?;
    let status = words.next()?.parse().ok()?;
    let reason: Vec<_> = words.filter(|word| *word != "-").collect();
    Some((status, reason.join(" ")))
}

/// Whether a block of httpyac's script begins here.
pub(super) fn opens_script(line: &str) -> bool {
    let Some(rest) = line.trim_end().strip_prefix("{{") else { return false };
    !rest.contains("}}") && (rest.trim().is_empty() || rest.starts_with(['@', '+']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_apart() {
        let line = |method: &str, url: &str, version: &str| {
            Some(RequestLine { method: method.into(), url: url.into(), version: version.into() })
        };
        assert_eq!(request("GET https://a/b c HTTP/1.1"), line("GET", "https://a/b c", "1.1"));
        assert_eq!(request("https://a"), line("", "https://a", ""));
        assert_eq!(request("post {{host}}/x"), line("POST", "{{host}}/x", ""));
        assert_eq!(request("POST {{h}} HTTP/2 (Prior Knowledge)"), line("POST", "{{h}}", "2"));
        assert_eq!(request("GET coffee"), line("GET", "coffee", ""));
        assert_eq!(request("some words"), None);
        assert_eq!(separator("### [GET] a ###"), Some("[GET] a"));
        assert_eq!(directive("@name = x y"), Some(("name", "x y")));
        assert_eq!(variable("@a.b:=c = d"), Some(("a.b", "c = d")));
        assert_eq!(header("{{a:b}}-x: y"), Some(("{{a:b}}-x", "y")).filter(|_| false));
        assert_eq!(header("X-{{a}}: y: z"), Some(("X-{{a}}", "y: z")));
        assert_eq!(status("HTTP/2.0 200 - - - OK"), Some((200, "OK".to_owned())));
        assert!(
            sure_request("GET /x") && !sure_request("GET some words") && !sure_request("get /x")
        );
    }
}
