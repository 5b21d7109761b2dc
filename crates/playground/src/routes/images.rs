//! Small pictures.

use crate::answer::{Outcome, Refusal, whole};
use crate::call::Call;

const PNG: &[u8] = include_bytes!("../../samples/sample.png");
const JPEG: &[u8] = include_bytes!("../../samples/sample.jpg");
const WEBP: &[u8] = include_bytes!("../../samples/sample.webp");
const SVG: &[u8] =
    br##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">
  <title>A teapot, more or less</title>
  <rect width="64" height="64" fill="#3050d0"/>
  <ellipse cx="30" cy="38" rx="18" ry="15" fill="#ffb000"/>
  <path d="M46 32c10-6 8 14-1 12M12 36 4 26" fill="none" stroke="#ffb000" stroke-width="4"/>
  <circle cx="30" cy="21" r="3" fill="#ffb000"/>
</svg>
"##;

pub(crate) fn image(call: &Call) -> Outcome {
    Ok(match call.text(1) {
        "png" => whole("image/png", PNG),
        "jpeg" | "jpg" => whole("image/jpeg", JPEG),
        "webp" => whole("image/webp", WEBP),
        "svg" => whole("image/svg+xml", SVG),
        other => {
            return Err(Refusal::not_found(format!(
                "There is no {other:?} picture; there are png, jpeg, svg and webp."
            )));
        }
    })
}
