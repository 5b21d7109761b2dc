//! `multipart/form-data` as text: its parts, and rows where they say the same.

use errand_model::{MultipartRow, PartKind};

/// One part of a multipart body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// In their order, as written.
    pub headers: Vec<(String, String)>,
    /// Without the line end before the next boundary.
    pub content: String,
}

/// The boundary that a content type names.
pub(crate) fn boundary(content_type: &str) -> Option<&str> {
    let media = content_type.split(';').next().unwrap_or_default().trim();
    if !media.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("multipart/")) {
        return None;
    }
    parameter(content_type, "boundary").filter(|boundary| !boundary.is_empty())
}

/// Whether a content type is `multipart/form-data`.
pub(crate) fn is_form(content_type: &str) -> bool {
    let media = content_type.split(';').next().unwrap_or_default().trim();
    media.eq_ignore_ascii_case("multipart/form-data")
}

/// The parts of a text; none when it has no such parts or does not end as it should.
pub(crate) fn parts(text: &str, boundary: &str) -> Option<Vec<Part>> {
    let (open, close) = (format!("--{boundary}"), format!("--{boundary}--"));
    let mut parts: Vec<Vec<&str>> = Vec::new();
    for line in text.split('\n') {
        let bare = line.trim_end();
        if bare == close {
            return parts.into_iter().map(|lines| part(&lines)).collect();
        }
        if bare == open {
            parts.push(Vec::new());
        } else if let Some(lines) = parts.last_mut() {
            lines.push(line);
        } else if !bare.is_empty() {
            return None;
        }
    }
    None
}

fn part(lines: &[&str]) -> Option<Part> {
    let blank = lines.iter().position(|line| line.trim().is_empty()).unwrap_or(lines.len());
    let header = |line: &&str| {
        let (name, value) = line.split_once(':')?;
        Some((name.trim().to_owned(), value.trim().to_owned()))
    };
    let headers = lines[..blank].iter().map(header).collect::<Option<Vec<_>>>()?;
    let mut content = lines.get(blank + 1..).unwrap_or_default().join("\n");
    if content.ends_with('\r') {
        content.pop();
    }
    Some(Part { headers, content })
}

impl Part {
    /// The value of a header; empty when it has none.
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value)
    }

    /// The name of the form's field.
    pub fn name(&self) -> Option<&str> {
        parameter(self.header("Content-Disposition"), "name")
    }

    /// The file name that is sent with it.
    pub fn file_name(&self) -> Option<&str> {
        parameter(self.header("Content-Disposition"), "filename")
    }

    /// A row with its text; none where a row could not say all of it.
    pub fn text_row(&self) -> Option<MultipartRow> {
        if self.file_name().is_some() || self.has_further_headers() {
            return None;
        }
        Some(row(self.name()?, self.header("Content-Type"), &self.content))
    }

    /// A row with a file; none where a row could not say all of it.
    pub fn file_row(&self, path: &str) -> Option<MultipartRow> {
        if self.has_further_headers() {
            return None;
        }
        let row = row(self.name()?, self.header("Content-Type"), "");
        Some(MultipartRow { kind: PartKind::File, files: vec![path.to_owned()], ..row })
    }

    fn has_further_headers(&self) -> bool {
        let known = ["content-disposition", "content-type"];
        self.headers.iter().any(|(name, _)| !known.contains(&name.to_ascii_lowercase().as_str()))
    }
}

/// An enabled text row.
pub(crate) fn row(name: &str, content_type: &str, value: &str) -> MultipartRow {
    MultipartRow {
        name: name.to_owned(),
        kind: PartKind::Text,
        value: value.to_owned(),
        files: Vec::new(),
        content_type: content_type.to_owned(),
        description: String::new(),
        enabled: true,
    }
}

/// A parameter of a header's value, without its quotes.
fn parameter<'v>(value: &'v str, wanted: &str) -> Option<&'v str> {
    value.split(';').skip(1).find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.trim().eq_ignore_ascii_case(wanted).then(|| value.trim().trim_matches('"'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_have_headers_and_content() {
        let text =
            "--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\ntwo\r\n--X--\r\n";
        let parts =
            parts(text, boundary("multipart/form-data; boundary=X").expect("one")).expect("parts");
        assert_eq!((parts[0].name(), parts[0].content.as_str()), (Some("a"), "one\r\ntwo"));
        assert!(parts[0].text_row().is_some());
    }

    #[test]
    fn what_is_no_multipart_is_none() {
        assert_eq!(parts("--X\n\nno end", "X"), None);
        assert_eq!(parts("stray\n--X--", "X"), None);
        assert_eq!(boundary("text/plain; boundary=X"), None);
        assert_eq!(boundary("multipärt/x; boundary=X"), None);
    }
}
