//! Times as they are typed: `30s`, `2d`, `2026-11-20`.

use std::str::FromStr;
use std::time::Duration;

use jiff::{Timestamp, Zoned, civil};

/// `100ms`, `30s`, `5m`, `2h`, `7d`; a bare number is seconds.
pub fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || "write a time like 500ms, 30s, 5m, 2h or 7d".to_owned();
    let text = text.trim();
    let digits =
        text.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let seconds = match unit.trim() {
        "ms" => 0.001,
        "" | "s" => 1.0,
        "m" | "min" => 60.0,
        "h" => 3_600.0,
        "d" => 86_400.0,
        "w" => 604_800.0,
        _ => return Err(wrong()),
    };
    let number: f64 = number.parse().map_err(|_| wrong())?;
    Duration::try_from_secs_f64(number * seconds).map_err(|_| wrong())
}

/// How long ago: `90d`.
#[derive(Debug, Clone, Copy)]
pub struct Age(pub Duration);

impl FromStr for Age {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        duration(text).map(Self)
    }
}

impl Age {
    /// The moment this long ago.
    pub fn ago(self) -> Result<Timestamp, String> {
        Timestamp::now().checked_sub(self.0).map_err(|_| "that is before all time".to_owned())
    }
}

/// A moment: how long ago, a day, or a time of RFC 3339.
#[derive(Debug, Clone, Copy)]
pub struct When(pub Timestamp);

impl FromStr for When {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(age) = text.parse::<Age>() {
            return age.ago().map(Self);
        }
        if let Ok(time) = text.parse::<Timestamp>() {
            return Ok(Self(time));
        }
        let local = |time: civil::DateTime| {
            time.to_zoned(jiff::tz::TimeZone::system()).map(|zoned: Zoned| zoned.timestamp())
        };
        text.parse::<civil::DateTime>()
            .or_else(|_| text.parse::<civil::Date>().map(|day| day.at(0, 0, 0, 0)))
            .and_then(local)
            .map(Self)
            .map_err(|_| "write a time like 2d, 3h, 2026-11-20 or 2026-11-20T14:30:00Z".to_owned())
    }
}

/// Microseconds for people: `640 µs`, `1.2 ms`, `3.41 s`.
#[allow(clippy::cast_precision_loss, reason = "shown with three digits")]
pub fn microseconds(us: u64) -> String {
    match us {
        0..1_000 => format!("{us} µs"),
        1_000..10_000 => format!("{:.1} ms", us as f64 / 1e3),
        10_000..1_000_000 => format!("{} ms", us / 1_000),
        1_000_000..60_000_000 => format!("{:.2} s", us as f64 / 1e6),
        _ => format!("{} min {} s", us / 60_000_000, us / 1_000_000 % 60),
    }
}

/// Bytes for people: `512 B`, `1.5 kB`, `94 MB`.
#[allow(clippy::cast_precision_loss, reason = "shown with three digits")]
pub fn bytes(bytes: u64) -> String {
    let mut value = bytes as f64;
    for unit in ["B", "kB", "MB", "GB"] {
        if value < 999.5 {
            return if unit == "B" || value >= 99.5 {
                format!("{value:.0} {unit}")
            } else {
                format!("{value:.1} {unit}")
            };
        }
        value /= 1_000.0;
    }
    format!("{value:.1} TB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        assert_eq!(duration("100ms"), Ok(Duration::from_millis(100)));
        assert_eq!(duration("30"), Ok(Duration::from_secs(30)));
        assert_eq!(duration("1.5m"), Ok(Duration::from_secs(90)));
        assert_eq!(duration("90d"), Ok(Duration::from_secs(90 * 86_400)));
        for wrong in ["", "s", "-1s", "1 parsec", "1.2.3s", "1e99d", "99999999999999999999999999d"]
        {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn moments() {
        assert!("2d".parse::<When>().is_ok());
        assert!("2026-11-20".parse::<When>().is_ok());
        assert_eq!(
            "2026-11-20T14:30:00Z".parse::<When>().map(|when| when.0.to_string()),
            Ok("2026-11-20T14:30:00Z".to_owned())
        );
        assert!("yesterday".parse::<When>().is_err());
    }

    #[test]
    fn sizes_and_times() {
        assert_eq!(bytes(512), "512 B");
        assert_eq!(bytes(1_500), "1.5 kB");
        assert_eq!(bytes(94_000_000), "94.0 MB");
        assert_eq!(microseconds(640), "640 µs");
        assert_eq!(microseconds(1_234), "1.2 ms");
        assert_eq!(microseconds(45_678), "45 ms");
        assert_eq!(microseconds(3_410_000), "3.41 s");
    }
}
