//! Documents of the common types.

use bytes::Bytes;

use crate::answer::{Outcome, Refusal, typed, whole};
use crate::call::Call;
use crate::content::{Content, Source};
use crate::noise::Dice;

const XML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!-- A small catalogue. -->
<catalogue xmlns="urn:example:catalogue" updated="2025-11-01">
  <item id="1" sku="SKU-00017">
    <name xml:lang="en">Teapot, stoneware</name>
    <name xml:lang="de">Teekanne, Steinzeug</name>
    <price currency="EUR">34.50</price>
    <note><![CDATA[Handle with <care> & tea.]]></note>
  </item>
  <item id="2" sku="SKU-00042">
    <name xml:lang="en">Desk lamp</name>
    <price currency="EUR">59.00</price>
    <empty/>
  </item>
</catalogue>
"#;

const HTML: &str = r#"<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>The quiet teapot</title></head>
<body>
  <h1>The quiet teapot</h1>
  <p>It stood on the stove &amp; said nothing, which was <em>unusual</em> for a Tuesday.</p>
  <ul><li>Water</li><li>Leaves</li><li>Patience</li></ul>
</body>
</html>
"#;

/// Characters of one to four bytes in UTF-8, of both directions.
const UTF8: &str = "English: The quick brown fox.\nDeutsch: Zwölf Boxkämpfer jagen Viktor quer über \
den großen Sylter Deich.\nPolski: Zażółć gęślą jaźń.\nΕλληνικά: Ξεσκεπάζω την ψυχοφθόρα βδελυγμία.\n\
Русский: Съешь ещё этих мягких французских булок.\nעברית: דג סקרן שט בים מאוכזב.\nالعربية: نص حكيم له سر قاطع.\n\
日本語: いろはにほへと ちりぬるを。\nEmoji: \u{1F469}\u{200D}\u{1F680} \u{1F1F5}\u{1F1F1} \u{1F980}\n\
Combining: e\u{301} n\u{303} o\u{308}\n";

const LATIN1: &str =
    "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich. ¿Qué? Ça va. £1 = 100¢\n";

/// The most rows of the table.
const ROWS: u64 = 1_000_000;

pub(crate) fn sample(call: &Call) -> Outcome {
    match (call.text(0), call.text(1)) {
        ("xml", _) => Ok(whole("application/xml; charset=utf-8", XML)),
        ("html", _) => Ok(whole("text/html; charset=utf-8", HTML)),
        ("csv", _) => csv(call),
        ("encoding", name) => encoding(name),
        _ => Ok(whole("text/plain; charset=utf-8", "User-agent: *\nDisallow: /hostile/\n")),
    }
}

fn encoding(name: &str) -> Outcome {
    Ok(match name.to_ascii_lowercase().as_str() {
        "utf8" | "utf-8" => whole("text/plain; charset=utf-8", UTF8),
        // Its first 256 characters are those of Unicode, so every one of LATIN1 fits a byte.
        "latin1" | "iso-8859-1" => whole(
            "text/plain; charset=iso-8859-1",
            LATIN1.chars().filter_map(|c| u8::try_from(u32::from(c)).ok()).collect::<Vec<u8>>(),
        ),
        "utf16le" => whole("text/plain; charset=utf-16le", utf16(u16::to_le_bytes)),
        "utf16be" => whole("text/plain; charset=utf-16be", utf16(u16::to_be_bytes)),
        other => {
            return Err(Refusal::not_found(format!(
                "There is no text in {other:?}; there is utf8, latin1, utf16le and utf16be."
            )));
        }
    })
}

fn utf16(bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    UTF8.encode_utf16().flat_map(bytes).collect()
}

fn csv(call: &Call) -> Outcome {
    let rows = call.number("rows", 100, ROWS)?;
    let mut measured = Table { next: 0, rows, remaining: 0 };
    let mut length = 0;
    while let Some(piece) = measured.next() {
        length += piece.len() as u64;
    }
    let table = Table { next: 0, rows, remaining: length };
    Ok(typed("text/csv; charset=utf-8; header=present", Content::Made(Box::new(table))))
}

/// RFC 4180 rows, the same each time: cheap enough to be made twice, once for the length.
struct Table {
    next: u64,
    rows: u64,
    remaining: u64,
}

impl Source for Table {
    fn next(&mut self) -> Option<Bytes> {
        if self.next > self.rows {
            return None;
        }
        let mut piece = String::new();
        if self.next == 0 {
            piece.push_str("id,name,city,quantity,price,note\r\n");
            self.next = 1;
        }
        let until = self.rows.min(self.next + 999);
        for row in self.next..=until {
            let mut dice = Dice(row);
            let name = dice.pick(&["Ada", "Grace", "Zoë", "\"Pepe, José\"", "Łukasz"]);
            let city = dice.pick(&["Lisbon", "Zürich", "Oslo", "東京", "Nairobi"]);
            let note = dice.pick(&["", "", "fragile", "\"said \"\"thanks\"\"\"", "\"two\nlines\""]);
            let (quantity, price) = (1 + dice.below(9), dice.below(20_000));
            let line = format!(
                "{row},{name},{city},{quantity},{}.{:02},{note}\r\n",
                price / 100,
                price % 100
            );
            piece.push_str(&line);
        }
        self.next = until + 1;
        self.remaining = self.remaining.saturating_sub(piece.len() as u64);
        Some(Bytes::from(piece))
    }

    fn remaining(&self) -> u64 {
        self.remaining
    }
}
