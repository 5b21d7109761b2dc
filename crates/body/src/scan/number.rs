//! JSON scalars that are not strings (RFC 8259 §3 and §6).

/// Whether `token` is `true`, `false`, `null` or a number.
#[inline]
pub(crate) fn is_scalar(token: &[u8]) -> bool {
    match token.first() {
        Some(b't') => token == b"true",
        Some(b'f') => token == b"false",
        Some(b'n') => token == b"null",
        _ => is_number(token),
    }
}

fn is_number(token: &[u8]) -> bool {
    let token = token.strip_prefix(b"-").unwrap_or(token);
    let whole = digits(token);
    if whole == 0 || (whole > 1 && token[0] == b'0') {
        return false;
    }
    let mut rest = &token[whole..];
    if let [b'.', fraction @ ..] = rest {
        let count = digits(fraction);
        if count == 0 {
            return false;
        }
        rest = &fraction[count..];
    }
    if let [b'e' | b'E', exponent @ ..] = rest {
        let exponent =
            exponent.strip_prefix(b"+").or(exponent.strip_prefix(b"-")).unwrap_or(exponent);
        let count = digits(exponent);
        return count > 0 && count == exponent.len();
    }
    rest.is_empty()
}

fn digits(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

#[cfg(test)]
mod tests {
    use super::is_scalar;

    #[test]
    fn numbers_and_literals() {
        for good in ["0", "-0", "10", "1.5", "1e5", "1E+5", "-1.5e-7", "true", "false", "null"] {
            assert!(is_scalar(good.as_bytes()), "{good}");
        }
        for bad in [
            "", "-", "01", "1.", ".5", "1e", "1e+", "+1", "0x1", "1a", "nul", "True", "NaN",
            "1.5e7.",
        ] {
            assert!(!is_scalar(bad.as_bytes()), "{bad}");
        }
    }
}
