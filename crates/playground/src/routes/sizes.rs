//! Sizes as people write them: `512`, `10kb`, `1.5mb`, `2gb`, `64kib`.

use crate::answer::Refusal;

/// The largest body on offer.
const LARGEST: u64 = 20_000_000_000;

/// Bytes. `kb`, `mb` and `gb` are powers of 1000, `kib`, `mib` and `gib` of 1024.
pub(crate) fn size(text: &str) -> Result<u64, Refusal> {
    parse(text).filter(|size| *size <= LARGEST).ok_or_else(|| {
        Refusal::bad(format!("{text:?} is not a size; write 512, 10kb, 100mb, 64kib, up to 20gb."))
    })
}

fn parse(text: &str) -> Option<u64> {
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let unit: u64 = match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1_000,
        "m" | "mb" => 1_000_000,
        "g" | "gb" => 1_000_000_000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        _ => return None,
    };
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let bytes = whole.parse::<u64>().ok()?.checked_mul(unit)?;
    if part.is_empty() {
        return Some(bytes);
    }
    let part = part.get(..part.len().min(9))?;
    let scale = 10_u64.pow(u32::try_from(part.len()).ok()?);
    Some(bytes + part.parse::<u64>().ok()?.checked_mul(unit)? / scale)
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn reads_what_people_write() {
        for (text, bytes) in [
            ("0", 0),
            ("512", 512),
            ("10kb", 10_000),
            ("1.5MB", 1_500_000),
            ("64KiB", 65_536),
            ("20gb", 20_000_000_000),
        ] {
            assert_eq!(size(text).ok(), Some(bytes), "{text}");
        }
        for text in ["", "kb", "-1", "1xb", "21gb", "99999999999999999999gb", "1.2.3"] {
            assert!(size(text).is_err(), "{text}");
        }
    }
}
