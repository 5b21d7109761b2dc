//! Keys as OpenSSL encrypted them before it knew PKCS#8: `Proc-Type: 4,ENCRYPTED` (RFC 1421
//! §4.6.1.1), the key made from the passphrase by `EVP_BytesToKey` with MD5, as its manual has it.
//! Read, never written: it is a poor way to keep a key, and people have such files.

use aes::{Aes128, Aes192, Aes256};
use cbc::Decryptor;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, KeyIvInit};
use des::TdesEde3;
use md5::{Digest, Md5};

use super::identity_error::IdentityError;

/// Decrypts `sealed` as `info`, the value of `DEK-Info`, says: a cipher, a comma, the IV in hexadecimal.
pub(super) fn decrypt(
    sealed: &[u8],
    info: &str,
    passphrase: &str,
) -> Result<Vec<u8>, IdentityError> {
    let (cipher, iv) = info.split_once(',').unwrap_or((info, ""));
    let unsupported = || IdentityError::Unsupported {
        what: format!("the encryption {} of this key", cipher.escape_debug()),
    };
    let iv = unhex(iv.trim()).filter(|iv| iv.len() >= 8).ok_or_else(unsupported)?;
    let key = |length| bytes_to_key(passphrase.as_bytes(), &iv[..8], length);
    let plain = match cipher.trim() {
        "AES-128-CBC" => cbc::<Decryptor<Aes128>>(&key(16), &iv, sealed),
        "AES-192-CBC" => cbc::<Decryptor<Aes192>>(&key(24), &iv, sealed),
        "AES-256-CBC" => cbc::<Decryptor<Aes256>>(&key(32), &iv, sealed),
        "DES-EDE3-CBC" => cbc::<Decryptor<TdesEde3>>(&key(24), &iv, sealed),
        _ => return Err(unsupported()),
    };
    // One in 256 wrong passphrases leaves a padding that looks right; what it then gives is no key.
    plain.filter(|der| der.first() == Some(&0x30)).ok_or(IdentityError::WrongPassphrase)
}

fn cbc<C: KeyIvInit + BlockModeDecrypt>(key: &[u8], iv: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    C::new_from_slices(key, iv).ok()?.decrypt_padded_vec::<Pkcs7>(sealed).ok()
}

fn bytes_to_key(passphrase: &[u8], salt: &[u8], length: usize) -> Vec<u8> {
    let mut key = Vec::new();
    let mut block = Vec::new();
    while key.len() < length {
        block = Md5::new()
            .chain_update(&block)
            .chain_update(passphrase)
            .chain_update(salt)
            .finalize()
            .to_vec();
        key.extend_from_slice(&block);
    }
    key.truncate(length);
    key
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| match pair {
            [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
            _ => None,
        })
        .collect()
}
