//! The elements of HTML that are not like those of XML.

/// The longest name of an element that is looked at.
pub(super) const LONGEST_NAME: usize = 64;

/// HTML elements without an end tag, or whose end tag is often left out: they do not indent.
pub(super) const FLAT: [&[u8]; 22] = [
    b"area",
    b"base",
    b"br",
    b"col",
    b"embed",
    b"hr",
    b"img",
    b"input",
    b"link",
    b"meta",
    b"param",
    b"source",
    b"track",
    b"wbr",
    b"p",
    b"li",
    b"dt",
    b"dd",
    b"option",
    b"colgroup",
    b"html",
    b"body",
];
/// HTML elements whose content is not markup, or whose white space counts.
pub(super) const VERBATIM: [&[u8]; 4] = [b"script", b"style", b"pre", b"textarea"];

/// The name at the start of a tag.
pub(super) fn name(tag: &[u8]) -> &[u8] {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
    &tag[..tag.iter().take(LONGEST_NAME).position(ends).unwrap_or(tag.len().min(LONGEST_NAME))]
}
