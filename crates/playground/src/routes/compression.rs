//! An echo in each of the content codings in use.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use http::StatusCode;
use http::header::{CONTENT_ENCODING, VARY};
use serde_json::Value;

use super::echo::report;
use crate::answer::{Outcome, Refusal, set, whole};
use crate::call::Call;

pub(crate) async fn compressed(call: &mut Call) -> Outcome {
    let mut told = report(call).await?;
    let coding = call.text(0);
    told.insert("coding".to_owned(), Value::from(coding));
    let plain = format!("{:#}\n", Value::Object(told));
    let bytes = compress(coding, plain.as_bytes()).map_err(|error| {
        Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, format!("{coding} failed: {error}."))
    })?;
    let mut answer = whole("application/json", bytes);
    set(&mut answer, CONTENT_ENCODING, coding)?;
    set(&mut answer, VARY, "Accept-Encoding")?;
    Ok(answer)
}

fn compress(coding: &str, plain: &[u8]) -> io::Result<Vec<u8>> {
    match coding {
        "gzip" => gzip(plain),
        // In HTTP "deflate" means the zlib format (RFC 9110 §8.4.1.2).
        "deflate" => {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(plain)?;
            encoder.finish()
        }
        "br" => {
            let mut encoder = brotli::CompressorWriter::new(Vec::new(), 4096, 5, 20);
            encoder.write_all(plain)?;
            Ok(encoder.into_inner())
        }
        _ => zstd::encode_all(plain, 3),
    }
}

/// RFC 1952.
pub(crate) fn gzip(plain: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(plain)?;
    encoder.finish()
}
