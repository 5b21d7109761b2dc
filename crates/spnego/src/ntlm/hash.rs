//! What NTLM version 2 calculates (MS-NLMP 3.3.2).

use hmac::{Hmac, KeyInit, Mac};
use md4::Md4;
use md5::{Digest, Md5};
use zeroize::Zeroizing;

use super::fields::utf16;

/// A hash, or a key: both are 16 bytes here.
pub(super) type Key = [u8; 16];

/// The hash of a password that Windows keeps (`NTOWFv1`).
pub(super) fn password(text: &str) -> Zeroizing<Key> {
    let text = Zeroizing::new(utf16(text));
    Zeroizing::new(Md4::digest(text.as_slice()).into())
}

/// The key all responses of this user are made with (`NTOWFv2`).
pub(super) fn response_key(password: &Key, user: &str, domain: &str) -> Zeroizing<Key> {
    let user: String = user.chars().map(upper).collect();
    Zeroizing::new(mac(password, &[&utf16(&user), &utf16(domain)]))
}

pub(super) fn mac(key: &Key, parts: &[&[u8]]) -> Key {
    // A key shorter than a block is one filled up with zeros (RFC 2104 2).
    let mut block = Zeroizing::new([0; 64]);
    block[..key.len()].copy_from_slice(key);
    let mut mac = <Hmac<Md5> as KeyInit>::new((&*block).into());
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// The hash of a connection's bindings: that of the structure RFC 2744 3.11 has for them, whose addresses are
/// empty (MS-NLMP 3.1.5.1.2).
pub(super) fn bindings(application_data: &[u8]) -> Key {
    let length = u32::try_from(application_data.len()).unwrap_or(u32::MAX);
    let mut hash = Md5::new();
    hash.update([0; 16]);
    hash.update(length.to_le_bytes());
    hash.update(application_data);
    hash.finalize().into()
}

/// Windows makes capitals one by one: `ß` stays, where Unicode makes two letters of it.
fn upper(letter: char) -> char {
    let mut capitals = letter.to_uppercase();
    match (capitals.next(), capitals.next()) {
        (Some(one), None) => one,
        _ => letter,
    }
}
