use errand_body::Source;

/// A response, as checks and captures look at it.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Status code.
    pub status: u16,
    /// Reason phrase; empty with HTTP/2.
    pub reason: &'a str,
    /// Response headers in order.
    pub headers: &'a [(String, String)],
    /// Whole exchange, in milliseconds.
    pub time_ms: u64,
    /// Bytes of the decoded body.
    pub size: u64,
    /// The decoded body; read only as far as a check needs it.
    pub body: &'a Source,
}

impl<'a> Subject<'a> {
    /// The value of a header; several of one name are joined with `, ` (RFC 9110 §5.3).
    pub fn header(&self, name: &str) -> Option<String> {
        let values: Vec<&str> = self
            .headers
            .iter()
            .filter(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
            .collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    /// The body's media type with its parameters.
    pub fn content_type(&self) -> Option<&'a str> {
        let header =
            self.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        header.map(|(_, value)| value.as_str())
    }
}
