//! Bodies.

use ::base64::Engine as _;
use ::base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::cursor::{Cursor, Read};
use super::multiline::{Kind, multiline};
use super::string::{Escapes, back_quoted, file_name};
use super::template::Template;
use super::{json, xml};

/// A body.
pub(crate) enum Body<'a> {
    Json(&'a str),
    Xml(&'a str),
    /// A text in back quotes.
    Line(Template<'a>),
    Multiline(Kind<'a>),
    Base64(Bytes<'a>),
    Hex(Bytes<'a>),
    File(Template<'a>),
}

/// Bytes written as text.
pub(crate) struct Bytes<'a> {
    pub(crate) value: Vec<u8>,
    /// The text, without the word before it.
    pub(crate) source: &'a str,
}

/// Digits of base64 without padding, whatever is left of their bits.
const DIGITS: GeneralPurpose = GeneralPurpose::new(
    &::base64::alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone),
);

/// Reads a body, where one begins here.
pub(super) fn body<'a>(cursor: &mut Cursor<'a>) -> Read<Option<Body<'a>>> {
    if let Some(kind) = multiline(cursor)? {
        return Ok(Some(Body::Multiline(kind)));
    }
    if let Some(text) = back_quoted(cursor)? {
        return Ok(Some(Body::Line(text)));
    }
    if let Some(value) = json::value(cursor)? {
        return Ok(Some(Body::Json(value)));
    }
    if let Some(text) = xml::document(cursor)? {
        return Ok(Some(Body::Xml(text)));
    }
    if let Some(bytes) = base64(cursor)? {
        return Ok(Some(Body::Base64(bytes)));
    }
    if let Some(bytes) = hex(cursor)? {
        return Ok(Some(Body::Hex(bytes)));
    }
    Ok(file(cursor)?.map(Body::File))
}

/// Reads `file,…;`.
pub(super) fn file<'a>(cursor: &mut Cursor<'a>) -> Read<Option<Template<'a>>> {
    if !cursor.take("file") {
        return Ok(None);
    }
    cursor.want(",")?;
    cursor.spaces();
    let name = file_name(cursor, Escapes::File)?;
    cursor.spaces();
    cursor.want(";")?;
    Ok(Some(name))
}

/// Reads `hex,…;`.
pub(super) fn hex<'a>(cursor: &mut Cursor<'a>) -> Read<Option<Bytes<'a>>> {
    if !cursor.take("hex") {
        return Ok(None);
    }
    cursor.want(",")?;
    cursor.spaces();
    let source = cursor.take_while(|c| c.is_ascii_hexdigit());
    if source.len() % 2 == 1 {
        return Err(cursor.wrong("hexadecimal digits come in pairs"));
    }
    cursor.spaces();
    cursor.want(";")?;
    let digit = |byte: u8| u8::try_from(char::from(byte).to_digit(16).unwrap_or(0)).unwrap_or(0);
    let pairs = source.as_bytes().chunks(2);
    let value = pairs.map(|pair| pair.iter().fold(0, |byte, c| byte << 4 | digit(*c))).collect();
    Ok(Some(Bytes { value, source }))
}

/// Reads `base64,…;`, over several lines if need be.
pub(super) fn base64<'a>(cursor: &mut Cursor<'a>) -> Read<Option<Bytes<'a>>> {
    if !cursor.take("base64") {
        return Ok(None);
    }
    cursor.want(",")?;
    cursor.spaces();
    let from = cursor.at();
    let is_digit = |c: char| c.is_ascii_alphanumeric() || c == '+' || c == '/';
    let digits = cursor.take_while(|c| is_digit(c) || matches!(c, ' ' | '\n' | '\t'));
    let mut digits: Vec<u8> = digits.bytes().filter(|byte| is_digit(char::from(*byte))).collect();
    if digits.len() % 4 == 1 {
        digits.pop();
    }
    cursor.take_while(|c| c == '=');
    let source = cursor.since(from);
    cursor.spaces();
    cursor.want(";")?;
    let value = DIGITS.decode(digits).unwrap_or_default();
    Ok(Some(Bytes { value, source }))
}
