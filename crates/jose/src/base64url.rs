//! Base64 as tokens use it: URL-safe, without padding (RFC 7515 §2).

use base64::Engine as _;
use base64::alphabet;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, URL_SAFE_NO_PAD};
use base64::engine::{DecodePaddingMode, general_purpose::STANDARD_NO_PAD};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const LENIENT_URL: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);
const LENIENT_STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);

/// Bytes as base64url without padding.
pub fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The SHA-256 of a text as base64url: PKCE's `S256` (RFC 7636 §4.2) and `DPoP`'s `ath`
/// (RFC 9449 §4.2).
pub fn base64url_sha256(text: &str) -> String {
    base64url(&Sha256::digest(text.as_bytes()))
}

/// Strict: no padding, no blanks, no bits left over.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// Either alphabet, padded or not, blanks and line breaks ignored: what people paste.
pub(crate) fn decode_pasted(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let compact: Zeroizing<String> =
        Zeroizing::new(text.chars().filter(|c| !c.is_whitespace()).collect());
    if compact.contains(['-', '_']) {
        wiped(&LENIENT_URL, &compact)
    } else {
        wiped(&LENIENT_STANDARD, &compact)
    }
}

fn wiped(engine: &GeneralPurpose, text: &str) -> Option<Zeroizing<Vec<u8>>> {
    // Given its full size at once, the buffer never moves and leaves no copy behind.
    let mut bytes = Zeroizing::new(vec![0; base64::decoded_len_estimate(text.len())]);
    let length = engine.decode_slice(text, &mut bytes).ok()?;
    bytes.truncate(length);
    Some(bytes)
}

/// Secret bytes as base64url, in memory that is wiped.
pub(crate) fn encode_secret(bytes: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(bytes.len().div_ceil(3) * 4));
    // The capacity is enough for padding too, so the text never moves.
    URL_SAFE_NO_PAD.encode_string(bytes, &mut text);
    text
}

/// Base64 of a PEM: standard alphabet.
pub(crate) fn decode_pem(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    wiped(&STANDARD_NO_PAD, text.trim_end_matches('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_of_rfc_7636() {
        // Appendix B.
        assert_eq!(
            base64url_sha256("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn strict_and_lenient() {
        assert_eq!(decode("-_8"), Some(vec![0xfb, 0xff]));
        for text in ["-_8=", "+/8", "-_9", "-_ 8", "a", "-_8\n"] {
            assert_eq!(decode(text), None, "{text}");
        }
        for text in ["-_8=", "+/8", "+/8=", " -_\n8 "] {
            assert_eq!(decode_pasted(text).as_deref(), Some(&vec![0xfb, 0xff]), "{text}");
        }
        assert!(decode_pasted("a!").is_none());
    }

    #[test]
    fn secrets_are_encoded_like_anything_else() {
        for length in 0..70_u8 {
            let bytes: Vec<u8> = (0..length).collect();
            let text = encode_secret(&bytes);
            assert_eq!(*text, base64url(&bytes));
            assert_eq!(decode(&text), Some(bytes));
        }
    }
}
