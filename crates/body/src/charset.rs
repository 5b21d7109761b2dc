//! Text of any charset as UTF-8.
//!
//! UTF-8 is shown from where it is. Anything else is decoded once, in the background, into a temporary file that the
//! view follows as it grows, so that rows, search and memory are the same for every charset.

use std::{io::Write, sync::Arc, thread, time::Duration};

use encoding_rs::{CoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::{Error, Result, Source, growth::Growth};

const BLOCK: usize = 64 * 1024;

/// A source of UTF-8.
pub(crate) struct Decoded {
    pub source: Source,
    /// Bytes of a byte order mark at its start.
    pub skip: u64,
    pub name: &'static str,
}

/// `source` as UTF-8: by the charset the user chose, the byte order mark, the charset of the Content-Type, or the look
/// of its first bytes, in this order.
pub(crate) fn decode(
    source: &Source,
    chosen: Option<&str>,
    content_type: Option<&str>,
) -> Result<Decoded> {
    let head = head(source)?;
    let marked = Encoding::for_bom(&head);
    let named = |label: &str| Encoding::for_label(label.as_bytes());
    let encoding = chosen
        .and_then(named)
        .or(marked.map(|(encoding, _)| encoding))
        .or_else(|| content_type.and_then(charset).and_then(|label| named(&label)))
        .unwrap_or_else(|| guess(&head));
    let skip = marked.filter(|(marked, _)| *marked == encoding).map_or(0, |(_, len)| len as u64);
    if encoding == UTF_8 {
        return Ok(Decoded { source: source.clone(), skip, name: encoding.name() });
    }
    Ok(Decoded { source: transcode(source, encoding, skip)?, skip: 0, name: encoding.name() })
}

/// The charset parameter of a Content-Type (RFC 9110 §8.3.2).
pub(crate) fn charset(content_type: &str) -> Option<String> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches('"');
        name.trim().eq_ignore_ascii_case("charset").then(|| value.to_owned())
    })
}

/// The first bytes; of a body that has just begun to arrive, they are waited for a moment.
fn head(source: &Source) -> Result<Vec<u8>> {
    if !source.has_ended() && source.len() < 4 {
        source.wait(3, Duration::from_millis(20));
    }
    Ok(source.slice(0, 4)?)
}

/// UTF-16 without a mark is told by the zero beside the first ASCII character (RFC 4627 §3); all else is UTF-8.
fn guess(head: &[u8]) -> &'static Encoding {
    match head {
        [0, first, ..] if *first != 0 => UTF_16BE,
        [first, 0, third, ..] if *first != 0 && *third != 0 => UTF_16LE,
        [first, 0] if *first != 0 => UTF_16LE,
        _ => UTF_8,
    }
}

fn transcode(source: &Source, encoding: &'static Encoding, skip: u64) -> Result<Source> {
    let path = std::env::temp_dir();
    let mut out = tempfile::tempfile()
        .map_err(|error| Error::file("create a temporary file in", &path, error))?;
    let reading =
        out.try_clone().map_err(|error| Error::file("open a temporary file in", &path, error))?;
    let growth = Arc::new(Growth::default());
    let decoded = Source::from_file(reading, growth.clone());
    let source = source.clone();
    thread::Builder::new().name("body charset".into()).spawn(move || {
        let whole = copy(&source, encoding, skip, &mut out, &growth).is_ok();
        growth.end(whole);
    })?;
    Ok(decoded)
}

fn copy(
    source: &Source,
    encoding: &'static Encoding,
    skip: u64,
    out: &mut impl Write,
    growth: &Arc<Growth>,
) -> std::io::Result<()> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let (mut at, mut block) = (skip, vec![0; BLOCK]);
    let mut text = vec![0; decoder.max_utf8_buffer_length(BLOCK).unwrap_or(4 * BLOCK)];
    // Nobody reads any more when this thread has the last hold on the growth.
    while Arc::strong_count(growth) > 1 {
        let (len, ended) = source.wait(at, Duration::from_millis(250));
        if len <= at && !ended {
            continue;
        }
        let read = source.read_at(at, &mut block)?;
        at += read as u64;
        let (mut rest, last) = (&block[..read], ended && at >= len);
        loop {
            let (result, used, written, _) = decoder.decode_to_utf8(rest, &mut text, last);
            out.write_all(&text[..written])?;
            growth.grow(written as u64);
            rest = &rest[used..];
            if result == CoderResult::InputEmpty {
                break;
            }
        }
        if last {
            break;
        }
    }
    Ok(())
}
