//! Parts of a body (RFC 9110 §14).

use http::StatusCode;
use http::header::{ACCEPT_RANGES, CONTENT_RANGE, ETAG};

use super::payload::SEED;
use super::sizes::size;
use crate::answer::{Answer, Outcome, Refusal, set, typed, with_status};
use crate::call::Call;
use crate::content::Content;

pub(crate) fn range(call: &Call) -> Outcome {
    let size = size(call.text(1))?;
    let seed = call.number("seed", SEED, u64::MAX)?;
    let etag = format!("\"range-{size}-{seed}\"");
    let wanted = call
        .header("range")
        // A range of another version is no use: If-Range then asks for the whole.
        .filter(|_| call.header("if-range").is_none_or(|known| known == etag))
        .map_or(Wanted::All, |range| parse(range, size));
    let (start, end) = match wanted {
        Wanted::All => (0, size),
        Wanted::Part(start, end) => (start, end),
        Wanted::Impossible => return unsatisfiable(size, &etag),
    };
    let noise = call.site.noise.bytes(seed, start, end);
    let mut answer = typed("application/octet-stream", Content::Made(Box::new(noise)));
    if matches!(wanted, Wanted::Part(..)) {
        answer = with_status(StatusCode::PARTIAL_CONTENT, answer);
        let last = end.saturating_sub(1);
        set(&mut answer, CONTENT_RANGE, &format!("bytes {start}-{last}/{size}"))?;
    }
    set(&mut answer, ETAG, &etag)?;
    set(&mut answer, ACCEPT_RANGES, "bytes")?;
    Ok(answer)
}

fn unsatisfiable(size: u64, etag: &str) -> Outcome {
    let mut answer: Answer = Refusal::new(
        StatusCode::RANGE_NOT_SATISFIABLE,
        format!("The range lies outside the {size} bytes there are."),
    )
    .into();
    set(&mut answer, CONTENT_RANGE, &format!("bytes */{size}"))?;
    set(&mut answer, ETAG, etag)?;
    Ok(answer)
}

#[derive(Debug, PartialEq)]
enum Wanted {
    All,
    /// First byte, and the one after the last.
    Part(u64, u64),
    Impossible,
}

/// One range. Several, other units and nonsense get the whole, as a server may (§14.2).
fn parse(range: &str, size: u64) -> Wanted {
    let Some((first, last)) = range
        .strip_prefix("bytes=")
        .filter(|ranges| !ranges.contains(','))
        .and_then(|range| range.trim().split_once('-'))
    else {
        return Wanted::All;
    };
    match (first.parse::<u64>(), last.parse::<u64>()) {
        (Err(_), Ok(0)) if first.is_empty() => Wanted::Impossible,
        (Err(_), Ok(_)) if first.is_empty() && size == 0 => Wanted::Impossible,
        (Err(_), Ok(suffix)) if first.is_empty() => Wanted::Part(size.saturating_sub(suffix), size),
        (Ok(first), Ok(last)) if last < first => Wanted::All,
        (Ok(first), _) if first >= size => Wanted::Impossible,
        (Ok(first), Ok(last)) => Wanted::Part(first, size.min(last.saturating_add(1))),
        (Ok(first), Err(_)) if last.is_empty() => Wanted::Part(first, size),
        _ => Wanted::All,
    }
}

#[cfg(test)]
mod tests {
    use super::{Wanted, parse};

    #[test]
    fn one_range_is_honoured() {
        assert_eq!(parse("bytes=0-0", 10), Wanted::Part(0, 1));
        assert_eq!(parse("bytes=5-", 10), Wanted::Part(5, 10));
        assert_eq!(parse("bytes=-3", 10), Wanted::Part(7, 10));
        assert_eq!(parse("bytes=-30", 10), Wanted::Part(0, 10));
        assert_eq!(parse("bytes=2-99", 10), Wanted::Part(2, 10));
        assert_eq!(parse("bytes=10-", 10), Wanted::Impossible);
        assert_eq!(parse("bytes=-0", 10), Wanted::Impossible);
        assert_eq!(parse("bytes=3-1", 10), Wanted::All);
        assert_eq!(parse("bytes=0-1,3-4", 10), Wanted::All);
        assert_eq!(parse("items=0-1", 10), Wanted::All);
    }
}
