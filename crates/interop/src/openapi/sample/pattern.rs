//! A text that a simple regular expression matches.

/// Longest text that is made.
const LENGTH: usize = 256;

/// Groups within groups.
const DEPTH: usize = 20;

/// A text for the pattern; none where it uses more than characters, classes, groups, alternatives
/// and counts. The caller checks that it matches.
pub(super) fn sample(pattern: &str) -> Option<String> {
    let marks: Vec<char> = pattern.chars().collect();
    let mut reader = Reader { marks: &marks, at: 0 };
    let text = reader.alternatives(0)?;
    (reader.at == marks.len()).then_some(text)
}

struct Reader<'p> {
    marks: &'p [char],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.marks.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let mark = self.peek()?;
        self.at += 1;
        Some(mark)
    }

    fn takes(&mut self, mark: char) -> bool {
        let found = self.peek() == Some(mark);
        self.at += usize::from(found);
        found
    }

    /// The first alternative that is not empty.
    fn alternatives(&mut self, depth: usize) -> Option<String> {
        if depth > DEPTH {
            return None;
        }
        let mut chosen = self.sequence(depth)?;
        while self.takes('|') {
            let other = self.sequence(depth)?;
            if chosen.is_empty() {
                chosen = other;
            }
        }
        Some(chosen)
    }

    fn sequence(&mut self, depth: usize) -> Option<String> {
        let mut text = String::new();
        while let Some(mark) = self.peek() {
            if mark == '|' || mark == ')' {
                break;
            }
            self.at += 1;
            let piece = match mark {
                '^' | '$' => continue,
                '(' => self.group(depth)?,
                '[' => self.class()?.to_string(),
                '.' => "a".to_owned(),
                '\\' => self.escaped()?.to_string(),
                '*' | '+' | '?' => return None,
                other => other.to_string(),
            };
            let times = self.count()?;
            if text.len() + piece.len().saturating_mul(times) > LENGTH {
                return None;
            }
            text.push_str(&piece.repeat(times));
        }
        Some(text)
    }

    fn group(&mut self, depth: usize) -> Option<String> {
        if self.takes('?') {
            // Only groups that do not capture; not what looks ahead.
            if !self.takes(':') {
                return None;
            }
        }
        let text = self.alternatives(depth + 1)?;
        self.takes(')').then_some(text)
    }

    fn escaped(&mut self) -> Option<char> {
        Some(match self.next()? {
            'd' => '1',
            'w' | 'D' | 'S' => 'a',
            's' => ' ',
            'W' => '-',
            'b' | 'B' | 'A' | 'z' | 'p' | 'P' | 'u' | 'x' => return None,
            't' => '\t',
            'n' => '\n',
            c if c.is_ascii_alphanumeric() => return None,
            other => other,
        })
    }

    /// A member of a class; of a negated one a letter that it does not name.
    fn class(&mut self) -> Option<char> {
        let negated = self.takes('^');
        let mut ranges = Vec::new();
        loop {
            let from = match self.next()? {
                ']' if !ranges.is_empty() => break,
                '[' if self.peek() == Some(':') => return None,
                '\\' => self.escaped()?,
                mark => mark,
            };
            let mut to = from;
            let more = self.marks.get(self.at + 1).is_some_and(|next| *next != ']');
            if self.peek() == Some('-') && more {
                self.at += 1;
                to = match self.next()? {
                    '\\' => self.escaped()?,
                    mark => mark,
                };
            }
            ranges.push((from, to));
        }
        if negated {
            let free = |c: &char| !ranges.iter().any(|(from, to)| (*from..=*to).contains(c));
            return ('a'..='z').chain('0'..='9').chain("-_. ".chars()).find(free);
        }
        let inside = |c: &char| ranges.iter().any(|(from, to)| (*from..=*to).contains(c));
        let letter = ('a'..='z').chain('A'..='Z').find(inside);
        letter.or_else(|| ('1'..='9').find(inside)).or_else(|| ranges.first().map(|range| range.0))
    }

    /// How often the piece before is repeated.
    fn count(&mut self) -> Option<usize> {
        let times = match self.peek() {
            Some('*' | '+' | '?') => {
                self.at += 1;
                1
            }
            Some('{') => {
                self.at += 1;
                let mut numbers = String::new();
                while let Some(mark) = self.next() {
                    if mark == '}' {
                        break;
                    }
                    numbers.push(mark);
                }
                let (low, high) = numbers.split_once(',').unwrap_or((&numbers, &numbers));
                let low: usize = low.trim().parse().ok()?;
                let high: usize = high.trim().parse().unwrap_or(usize::MAX);
                if low == 0 { high.min(1) } else { low }
            }
            _ => 1,
        };
        // Lazy and possessive marks change nothing here.
        if self.at > 0 && matches!(self.marks[self.at - 1], '*' | '+' | '?' | '}') {
            let _ = self.takes('?') || self.takes('+');
        }
        (times <= LENGTH).then_some(times)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_patterns_get_a_text() {
        for pattern in [
            "^[A-Z]{2}$",
            "^\\d{3}-\\d{4}$",
            "^(foo|bar)_[a-z0-9]+$",
            "^v\\d+(\\.\\d+)?$",
            "^[^/]{1,5}$",
            "^AC[0-9a-fA-F]{32}$",
            "^(?:a|b){2,}$",
            "^\\+?[1-9]\\d{1,14}$",
            "a|",
        ] {
            let text = sample(pattern).unwrap_or_else(|| panic!("{pattern} has a text"));
            let rule = regex::Regex::new(pattern).expect("a pattern");
            assert!(rule.is_match(&text), "{pattern}: {text}");
        }
        assert_eq!(sample("(?=x)y"), None);
        assert_eq!(sample("a{100000}"), None);
        assert_eq!(sample(&"(".repeat(100_000)), None);
        assert_eq!(sample("[a"), None);
    }
}
