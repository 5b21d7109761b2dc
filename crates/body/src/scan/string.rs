//! The inside of JSON strings (RFC 8259 §7).

/// How far a string goes.
pub(crate) enum Run {
    /// The string goes on beyond the block.
    Open,
    /// It ends before this index.
    Closed(usize),
    /// The byte at this index may not stand in a string.
    Bad(usize, &'static str),
}

/// Walks over the inside of a string from `from`. `escape` is 0 outside of an escape, 1 after a backslash, and 2 to 5 when
/// one less hexadecimal digits are to come.
#[inline]
pub(crate) fn run(block: &[u8], from: usize, escape: &mut u32) -> Run {
    let mut at = from;
    while at < block.len() {
        let byte = block[at];
        match *escape {
            0 => {
                at += plain(&block[at..]);
                let Some(&byte) = block.get(at) else { return Run::Open };
                match byte {
                    b'"' => return Run::Closed(at + 1),
                    b'\\' => *escape = 1,
                    _ => return Run::Bad(at, "a control character stands in a string"),
                }
            }
            1 => match byte {
                b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => *escape = 0,
                b'u' => *escape = 5,
                _ => return Run::Bad(at, "this escape does not exist"),
            },
            left => {
                if !byte.is_ascii_hexdigit() {
                    return Run::Bad(at, "four hexadecimal digits must follow \\u");
                }
                *escape = if left == 2 { 0 } else { left - 1 };
            }
        }
        at += 1;
    }
    Run::Open
}

/// How many bytes there are before a quote, a backslash or a control character, eight at a time.
#[inline]
fn plain(bytes: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    let mut at = 0;
    while let Some(chunk) = bytes[at..].first_chunk::<8>() {
        let word = u64::from_le_bytes(*chunk);
        let (quote, backslash) =
            (word ^ (ONES * u64::from(b'"')), word ^ (ONES * u64::from(b'\\')));
        let hit = (quote.wrapping_sub(ONES) & !quote)
            | (backslash.wrapping_sub(ONES) & !backslash)
            | (word.wrapping_sub(ONES * 0x20) & !word);
        let hit = hit & HIGHS;
        if hit != 0 {
            // The lowest marked byte is exact; borrows reach only the bytes above it.
            return at + (hit.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let rest = bytes[at..].iter().position(|&byte| byte == b'"' || byte == b'\\' || byte < 0x20);
    rest.map_or(bytes.len(), |more| at + more)
}
