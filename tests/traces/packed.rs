//! What is compressed inside other bytes: a gzip member in a cache, a part of an archive.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

/// As much of each member is looked at.
const MOST: u64 = 64 << 20;

/// Shorter ones are chance: two bytes that look like the start of a member are everywhere.
const LEAST: usize = 16;

const ZIP_ENTRY: [u8; 4] = *b"PK\x03\x04";
const ZIP_HEADER: usize = 30;

/// Every member that starts anywhere in these bytes, unpacked as far as it goes, with its kind.
pub fn members(bytes: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let mut found = Vec::new();
    for at in 0..bytes.len().saturating_sub(LEAST) {
        let rest = &bytes[at..];
        let unpacked = match rest {
            [0x1f, 0x8b, 8, ..] => ("gzip", read(MultiGzDecoder::new(rest))),
            // RFC 1950: method 8, window 32 KiB, and a check of both bytes.
            [0x78, flags, ..] if (0x7800 + u16::from(*flags)) % 31 == 0 => {
                ("zlib", read(ZlibDecoder::new(rest)))
            }
            [0x28, 0xb5, 0x2f, 0xfd, ..] => match zstd::Decoder::new(rest) {
                Ok(decoder) => ("zstd", read(decoder)),
                Err(_) => continue,
            },
            _ if rest.starts_with(&ZIP_ENTRY) && rest.len() > ZIP_HEADER && rest[8] == 8 => {
                let length = |at: usize| usize::from(u16::from_le_bytes([rest[at], rest[at + 1]]));
                let start = ZIP_HEADER + length(26) + length(28);
                ("zip", read(DeflateDecoder::new(rest.get(start..).unwrap_or_default())))
            }
            _ => continue,
        };
        if unpacked.1.len() >= LEAST {
            found.push(unpacked);
        }
    }
    found
}

/// All that can be had; a member that was cut short counts as far as it goes.
fn read(decoder: impl Read) -> Vec<u8> {
    let mut out = Vec::new();
    let _ = decoder.take(MOST).read_to_end(&mut out);
    out
}

/// Text as a gzip member.
///
/// # Errors
/// None that memory gives.
pub fn gzip(text: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(text)?;
    packed.finish()
}

/// Text in zlib's form.
///
/// # Errors
/// None that memory gives.
pub fn zlib(text: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    packed.write_all(text)?;
    packed.finish()
}

/// Text as a Zstandard frame.
///
/// # Errors
/// None that memory gives.
pub fn zstd_frame(text: &[u8]) -> std::io::Result<Vec<u8>> {
    zstd::encode_all(text, 3)
}

/// Text as the first entry of a zip archive, named `a`.
///
/// # Errors
/// None that memory gives.
pub fn zip_entry(text: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::default());
    packed.write_all(text)?;
    let mut entry = ZIP_ENTRY.to_vec();
    entry.extend([20, 0, 0, 0, 8, 0]);
    entry.resize(26, 0);
    entry.extend([1, 0, 0, 0, b'a']);
    entry.extend(packed.finish()?);
    Ok(entry)
}
