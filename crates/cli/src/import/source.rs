use std::io::Read as _;
use std::path::Path;

use errand_app::wire::ImportFrom;

use crate::exit::Failure;

/// What one word of the command line names: standard input, a file or folder that is there, a URL, or
/// a curl command.
pub fn source(text: &str) -> Result<ImportFrom, Failure> {
    if text == "-" {
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().read_to_end(&mut bytes);
        read.map_err(|error| Failure::read(Path::new("standard input"), &error))?;
        let text = String::from_utf8(bytes).map_err(|_| {
            Failure::input(
                errand_app::wire::WireError::new(
                    "invalid-file",
                    "Standard input is not UTF-8 text.",
                )
                .hint("Write it to a file, and name that."),
            )
        })?;
        return Ok(ImportFrom::Text { text });
    }
    let path = Path::new(text);
    if !path.exists() {
        if text.contains("://") && !text.contains(char::is_whitespace) {
            // Of what kind it may be is told by whoever fetches it.
            return Ok(ImportFrom::Url { url: text.to_owned() });
        }
        if text.split_whitespace().next().is_some_and(is_curl) && text.trim().contains(' ') {
            return Ok(ImportFrom::Text { text: text.to_owned() });
        }
    }
    let full = std::path::absolute(path).map_err(|error| Failure::read(path, &error))?;
    std::fs::metadata(&full).map_err(|error| Failure::read(path, &error))?;
    Ok(ImportFrom::Paths { paths: vec![full.display().to_string()] })
}

fn is_curl(word: &str) -> bool {
    matches!(word.rsplit(['/', '\\']).next(), Some("curl" | "curl.exe"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart() {
        let of = |text: &str| source(text).map_err(|failure| failure.exit);
        assert!(matches!(of("https://example.com/openapi.yml"), Ok(ImportFrom::Url { .. })));
        assert!(matches!(of("ftp://example.com/openapi.yml"), Ok(ImportFrom::Url { .. })));
        assert!(matches!(of("curl -I https://example.com"), Ok(ImportFrom::Text { .. })));
        assert!(matches!(of("/usr/bin/curl https://example.com"), Ok(ImportFrom::Text { .. })));
        assert!(matches!(of("."), Ok(ImportFrom::Paths { .. })));
        assert!(matches!(of("curl"), Err(crate::exit::Exit::BadInput)));
        assert!(matches!(of("no-such.json"), Err(crate::exit::Exit::BadInput)));
    }
}
