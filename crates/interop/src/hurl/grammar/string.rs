//! Texts in quotes, without, as keys and as names of files.

use super::cursor::{Cursor, Mistake, Read};
use super::template::{Piece, Template, placeholder, woven};

/// Which characters a backslash can stand before.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Escapes {
    /// Backslashes are text.
    None,
    /// In texts, with or without quotes.
    Text,
    /// In keys.
    Key,
    /// In names of files.
    File,
    /// In names of files that a password may follow.
    FileAndPassword,
    /// In texts of JSON.
    Json,
}

impl Escapes {
    /// Reads a character, escaped or not.
    pub(super) fn next(self, cursor: &mut Cursor<'_>) -> Read<Option<char>> {
        if self == Self::None || cursor.peek() != Some('\\') {
            return Ok(cursor.next());
        }
        cursor.skip(1);
        self.escaped(cursor).map(Some)
    }

    /// Characters that stand for themselves.
    fn themselves(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Text => "#\"`\\/",
            Self::Key => "#:\\/",
            Self::File => "\\#; {}",
            Self::FileAndPassword => "\\#; {}:",
            Self::Json => "\"\\/",
        }
    }

    /// Reads what stands behind a backslash.
    fn escaped(self, cursor: &mut Cursor<'_>) -> Read<char> {
        let at = cursor.at();
        let wrong = || Mistake::new(at, "this cannot be escaped; write \\\\ for a backslash");
        Ok(match cursor.next().ok_or_else(wrong)? {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' if self == Self::Json => utf16(cursor)?,
            'u' => scalar(cursor)?,
            c if self.themselves().contains(c) => c,
            _ => return Err(wrong()),
        })
    }
}

/// Reads `{…}` behind `\u`.
fn scalar(cursor: &mut Cursor<'_>) -> Read<char> {
    cursor.want("{")?;
    let digits = cursor.take_while(|c| c.is_ascii_hexdigit());
    if digits.is_empty() {
        return Err(cursor.wrong("expected hexadecimal digits"));
    }
    let code = u32::from_str_radix(digits.trim_start_matches('0'), 16);
    let code = if digits.bytes().all(|digit| digit == b'0') { Some(0) } else { code.ok() };
    let found = code.and_then(char::from_u32);
    let found = found.ok_or_else(|| cursor.wrong("Unicode has no such character"))?;
    cursor.want("}")?;
    Ok(found)
}

/// Reads four digits behind `\u`, and a second escape behind half a pair.
fn utf16(cursor: &mut Cursor<'_>) -> Read<char> {
    let first = four(cursor)?;
    let mut units = vec![first];
    let mut at = cursor.at() - 4;
    if (0xd800..0xe000).contains(&first) {
        cursor.want("\\u")?;
        at = cursor.at();
        units.push(four(cursor)?);
    }
    let found = char::decode_utf16(units).next().and_then(Result::ok);
    found.ok_or_else(|| Mistake::new(at, "Unicode has no such character"))
}

fn four(cursor: &mut Cursor<'_>) -> Read<u16> {
    let mut code = 0;
    for _ in 0..4 {
        let digit = cursor.peek().and_then(|c| c.to_digit(16));
        let digit = digit.ok_or_else(|| cursor.wrong("expected a hexadecimal digit"))?;
        code = code * 16 + digit;
        cursor.skip(1);
    }
    Ok(u16::try_from(code).unwrap_or(u16::MAX))
}

/// Characters that have to be escaped in every text.
pub(super) fn is_control(c: char) -> bool {
    matches!(c, '\u{8}' | '\n' | '\u{c}' | '\r' | '\t')
}

/// Reads a text to the end of its line or a comment, without the spaces at its end.
pub(super) fn unquoted<'a>(cursor: &mut Cursor<'a>) -> Read<Template<'a>> {
    let from = cursor.at();
    let mut end = from;
    while let Some(c) = cursor.peek().filter(|c| *c != '#' && !is_control(*c)) {
        Escapes::Text.next(cursor)?;
        if c != ' ' {
            end = cursor.at();
        }
    }
    cursor.back_to(end);
    woven(cursor, from, end, Escapes::Text)
}

/// Reads a text in double quotes.
pub(super) fn quoted<'a>(cursor: &mut Cursor<'a>) -> Read<Option<Template<'a>>> {
    between(cursor, '"', "\"")
}

/// Reads a text in double quotes that has to be here.
pub(super) fn in_quotes<'a>(cursor: &mut Cursor<'a>) -> Read<Template<'a>> {
    quoted(cursor)?.ok_or_else(|| cursor.wrong("expected a text in double quotes"))
}

/// Reads a text in back quotes.
pub(super) fn back_quoted<'a>(cursor: &mut Cursor<'a>) -> Read<Option<Template<'a>>> {
    between(cursor, '`', "`")
}

fn between<'a>(
    cursor: &mut Cursor<'a>,
    quote: char,
    literal: &'static str,
) -> Read<Option<Template<'a>>> {
    if !cursor.take(literal) {
        return Ok(None);
    }
    let from = cursor.at();
    while cursor.peek().is_some_and(|c| c != quote && !is_control(c)) {
        Escapes::Text.next(cursor)?;
    }
    let end = cursor.at();
    cursor.want(literal)?;
    woven(cursor, from, end, Escapes::Text).map(Some)
}

/// Reads a key; whatever is wrong with it, it is none then.
pub(super) fn key<'a>(cursor: &mut Cursor<'a>) -> Option<Template<'a>> {
    let in_key = |c: char| c.is_alphanumeric() || "_-.[]@$".contains(c);
    if cursor.sees("[") {
        return None;
    }
    let found = pieces(cursor, Escapes::Key, in_key, String::push).ok()?;
    (!found.pieces.is_empty()).then_some(found)
}

/// Reads the name of a file.
pub(super) fn file_name<'a>(cursor: &mut Cursor<'a>, escapes: Escapes) -> Read<Template<'a>> {
    let from = cursor.at();
    let bracket = cursor.sees("[");
    let in_name = |c: char| !"#;{} \n\r\\".contains(c);
    let found = pieces(cursor, escapes, in_name, |text, c| {
        // The colon before a password is another one.
        if escapes == Escapes::FileAndPassword && c == ':' {
            text.push('\\');
        }
        text.push(c);
    })?;
    if found.pieces.is_empty() || bracket {
        return Err(Mistake::new(from, "expected the name of a file"));
    }
    Ok(found)
}

/// Reads placeholders and texts of some characters.
fn pieces<'a>(
    cursor: &mut Cursor<'a>,
    escapes: Escapes,
    which: impl Fn(char) -> bool,
    put: impl Fn(&mut String, char),
) -> Read<Template<'a>> {
    let mut found = Template::default();
    let mut text = String::new();
    loop {
        text.push_str(cursor.take_while(&which));
        if cursor.sees("\\") {
            escapes.next(cursor)?.into_iter().for_each(|c| put(&mut text, c));
        } else if let Some(placeholder) = placeholder(cursor)? {
            found.text(&mut text);
            found.pieces.push(Piece::Placeholder(placeholder));
        } else {
            found.text(&mut text);
            return Ok(found);
        }
    }
}
