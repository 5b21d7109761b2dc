use fake::faker::address::en as address;
use fake::faker::company::en as company;
use fake::faker::internet::en as internet;
use fake::faker::lorem::en as lorem;
use fake::faker::name::en as name;
use fake::{Dummy, Fake, RngExt};
use jiff::{SignedDuration, Timestamp};

use super::{Draw, words};

const BASE58: &[u8] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const ALPHANUMERIC: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";
const PASSWORD: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

#[allow(clippy::needless_pass_by_ref_mut, reason = "one signature for the whole table")]
impl Draw {
    pub fn pick(&mut self, words: &[&str]) -> String {
        words[self.rng.random_range(0..words.len())].to_owned()
    }

    pub fn int(&mut self, low: u64, high: u64) -> u64 {
        self.rng.random_range(low..=high)
    }

    #[allow(
        clippy::needless_pass_by_value,
        reason = "fakers are empty or small values made for the call"
    )]
    pub fn fake<F>(&mut self, faker: F) -> String
    where
        String: Dummy<F>,
    {
        faker.fake_with_rng(&mut self.rng)
    }

    pub fn chars(&mut self, count: usize, from: &[u8]) -> String {
        (0..count).map(|_| char::from(from[self.rng.random_range(0..from.len())])).collect()
    }

    pub fn digits(&mut self, count: usize) -> String {
        self.chars(count, b"0123456789")
    }

    pub fn hex(&mut self, count: usize) -> String {
        self.chars(count, b"0123456789abcdef")
    }

    /// A version 4 UUID (RFC 9562 §5.4).
    pub fn uuid(&mut self) -> String {
        let (a, b, c, e) = (self.hex(8), self.hex(4), self.hex(3), self.hex(12));
        format!("{a}-{b}-4{c}-{}{}-{e}", self.chars(1, b"89ab"), self.hex(3))
    }

    pub fn timestamp(&mut self) -> String {
        self.now.as_second().to_string()
    }

    pub fn iso_timestamp(&mut self) -> String {
        self.now.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
    }

    /// A moment between `low` and `high` seconds from now, as JavaScript prints a date in UTC.
    pub fn date(&mut self, low: i64, high: i64) -> String {
        let away = SignedDuration::from_secs(self.rng.random_range(low..=high));
        let moment: Timestamp = self.now.checked_add(away).unwrap_or(self.now);
        moment.strftime("%a %b %d %Y %H:%M:%S GMT+0000 (Coordinated Universal Time)").to_string()
    }

    pub fn phone(&mut self) -> String {
        format!(
            "{}{}-{}{}-{}",
            self.int(2, 9),
            self.digits(2),
            self.int(2, 9),
            self.digits(2),
            self.digits(4)
        )
    }

    pub fn first_name(&mut self) -> String {
        self.fake(name::FirstName())
    }

    pub fn last_name(&mut self) -> String {
        self.fake(name::LastName())
    }

    pub fn city(&mut self) -> String {
        self.fake(address::CityName())
    }

    pub fn street(&mut self) -> String {
        format!("{} {}", self.last_name(), self.fake(address::StreetSuffix()))
    }

    pub fn coordinate(&mut self, most: i32) -> String {
        let most = i64::from(most) * 10_000;
        let value = self.rng.random_range(-most..=most);
        let sign = if value < 0 { "-" } else { "" };
        format!("{sign}{}.{:04}", value.abs() / 10_000, value.abs() % 10_000)
    }

    pub fn product(&mut self) -> String {
        let (adjective, material) =
            (self.pick(words::PRODUCT_ADJECTIVES), self.pick(words::MATERIALS));
        format!("{adjective} {material} {}", self.pick(words::PRODUCTS))
    }

    pub fn catch_phrase(&mut self) -> String {
        let (adjective, descriptor) =
            (self.fake(company::Buzzword()), self.fake(company::BuzzwordMiddle()));
        format!("{adjective} {descriptor} {}", self.fake(company::BuzzwordTail()))
    }

    pub fn business_speak(&mut self) -> String {
        let (verb, adjective) = (self.fake(company::BsVerb()), self.fake(company::BsAdj()));
        format!("{verb} {adjective} {}", self.fake(company::BsNoun()))
    }

    pub fn bitcoin(&mut self) -> String {
        let (first, length) =
            (self.chars(1, b"13"), usize::try_from(self.int(25, 33)).unwrap_or(33));
        first + &self.chars(length, BASE58)
    }

    /// A German-shaped IBAN with right check digits (ISO 13616).
    pub fn iban(&mut self) -> String {
        let account = self.digits(18);
        // The check digits make the number, with `DE` as 1314 and moved to the end, 1 modulo 97.
        let rest = format!("{account}131400")
            .bytes()
            .fold(0, |rest, digit| (rest * 10 + u32::from(digit - b'0')) % 97);
        format!("DE{:02}{account}", 98 - rest)
    }

    pub fn image(&mut self, kind: &str) -> String {
        format!("https://loremflickr.com/640/480/{kind}?lock={}", self.int(1, 99_999))
    }

    pub fn domain_word(&mut self) -> String {
        self.last_name().to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "")
    }

    pub fn domain(&mut self) -> String {
        format!("{}.{}", self.domain_word(), self.fake(internet::DomainSuffix()))
    }

    pub fn user(&mut self) -> String {
        let (first, last) = (self.first_name(), self.last_name().replace('\'', ""));
        if self.rng.random_range(0..2) == 0 {
            format!("{first}.{last}")
        } else {
            format!("{first}{}", self.int(1, 99))
        }
    }

    pub fn mac(&mut self) -> String {
        (0..6).map(|_| self.hex(2)).collect::<Vec<_>>().join(":")
    }

    pub fn ipv6(&mut self) -> String {
        (0..8).map(|_| self.hex(4)).collect::<Vec<_>>().join(":")
    }

    pub fn password(&mut self) -> String {
        self.chars(15, PASSWORD)
    }

    pub fn alphanumeric(&mut self) -> String {
        self.chars(1, ALPHANUMERIC)
    }

    pub fn sentences(&mut self, low: usize, high: usize, between: &str) -> String {
        let all: Vec<String> = lorem::Sentences(low..high + 1).fake_with_rng(&mut self.rng);
        all.join(between)
    }

    pub fn paragraphs(&mut self, count: usize) -> String {
        (0..count).map(|_| self.sentences(3, 6, " ")).collect::<Vec<_>>().join("\n \r")
    }

    pub fn lorem_words(&mut self) -> Vec<String> {
        lorem::Words(3..4).fake_with_rng(&mut self.rng)
    }

    pub fn words(&mut self) -> String {
        let count = self.int(2, 5);
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    pub fn word(&mut self) -> String {
        let of = [words::NOUNS, words::ADJECTIVES, words::PRODUCTS, words::COLORS];
        let list = of[self.rng.random_range(0..of.len())];
        self.pick(list)
    }

    pub fn file_stem(&mut self) -> String {
        let (a, b) = (self.pick(words::ADJECTIVES), self.pick(words::NOUNS));
        format!("{a}_{b}").replace([' ', '-'], "_")
    }

    pub fn file(&mut self, extensions: &[&str]) -> String {
        format!("{}.{}", self.file_stem(), self.pick(extensions))
    }

    pub fn phrase(&mut self) -> String {
        let (verb, noun) = (self.pick(words::VERBS), self.pick(words::NOUNS));
        let (abbreviation, adjective) =
            (self.pick(words::ABBREVIATIONS), self.pick(words::ADJECTIVES));
        let other = self.pick(words::NOUNS);
        match self.int(0, 2) {
            0 => format!("We need to {verb} the {adjective} {abbreviation} {noun}!"),
            1 => format!(
                "If we {verb} the {noun}, we can get to the {other} through the {adjective} {abbreviation}."
            ),
            _ => format!(
                "Try to {verb} the {abbreviation} {noun}, maybe it will reach the {adjective} {other}!"
            ),
        }
    }
}
