//! Bytes from somewhere into a secret, leaving no copy behind.

use errand_auth::Secret;
use tokio::io::{AsyncRead, AsyncReadExt as _};
use zeroize::Zeroizing;

use crate::Error;

/// Text that ends where its line ends. A byte order mark is no part of a value.
pub(crate) fn secret(bytes: &[u8], what: &str) -> Result<Secret, Error> {
    let text = std::str::from_utf8(bytes).map_err(|_| Error::NotText { what: what.to_owned() })?;
    Ok(Secret::from(one_line_end_less(text.strip_prefix('\u{feff}').unwrap_or(text))))
}

fn one_line_end_less(text: &str) -> &str {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.strip_suffix('\r').unwrap_or(text)
}

/// Everything, unless it is more than `limit` bytes.
pub(crate) async fn read(
    from: &mut (impl AsyncRead + Unpin),
    limit: usize,
    what: &str,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut all = Zeroizing::new(Vec::with_capacity(4 * 1024));
    let mut piece = Zeroizing::new([0; 4 * 1024]);
    loop {
        let count = from
            .read(&mut piece[..])
            .await
            .map_err(|error| Error::Failed { what: what.to_owned(), said: error.to_string() })?;
        if count == 0 {
            return Ok(all);
        }
        if all.len() + count > limit {
            return Err(Error::TooLong { what: what.to_owned(), limit });
        }
        // A vector that grows by itself leaves its old bytes in memory.
        if all.capacity() < all.len() + count {
            let mut larger = Zeroizing::new(Vec::with_capacity(all.capacity() * 2));
            larger.extend_from_slice(&all);
            all = larger;
        }
        all.extend_from_slice(&piece[..count]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_end_is_taken_off() {
        for (bytes, value) in [
            ("v\n", "v"),
            ("v\r\n", "v"),
            ("v", "v"),
            ("v\n\n", "v\n"),
            ("\u{feff}v\n", "v"),
            (" v \t", " v \t"),
            ("\n", ""),
        ] {
            assert_eq!(secret(bytes.as_bytes(), "it"), Ok(value.into()), "{bytes:?}");
        }
        assert_eq!(secret(b"\xff", "it"), Err(Error::NotText { what: "it".to_owned() }));
    }
}
