//! From a request to its answer.

mod auth;
mod caching;
mod compression;
mod cookies;
mod digest;
mod echo;
mod fields;
pub(crate) mod hostile;
mod images;
mod index;
pub(crate) mod json;
mod keys;
pub(crate) mod limit;
pub(crate) mod oauth;
pub(crate) mod orders;
mod pages;
mod payload;
mod ranges;
mod received;
mod redirects;
mod samples;
mod signed;
mod sizes;
mod status;
mod timing;

use http::header::{ALLOW, CONTENT_LENGTH, HeaderValue, SERVER};
use http::{Method, StatusCode, Version};
use hyper::body::Body;

use crate::answer::{Answer, Outcome, Refusal, empty, set};
use crate::call::Call;
use crate::catalogue::{self, Entry};
use crate::content::Content;
use crate::host;
use hostile::Script;

/// The answer, or a script to play on the bare socket.
pub(crate) async fn answer(mut call: Call) -> Result<Answer, Script> {
    let bodiless = call.method == Method::HEAD && call.version == Version::HTTP_2;
    let outcome = match admit(&call) {
        Ok(None) => {
            if call.text(0) == "hostile"
                && let Some(script) = hostile::script(call.text(1))
            {
                return Err(script);
            }
            dispatch(&mut call).await
        }
        Ok(Some(early)) => Ok(early),
        Err(refusal) => Err(refusal),
    };
    let mut answer = outcome.unwrap_or_else(Answer::from);
    answer.headers_mut().insert(SERVER, HeaderValue::from_static("errand-playground"));
    if bodiless {
        strip_body(&mut answer);
    }
    Ok(answer)
}

/// On HTTP/1 hyper leaves out the body of an answer to HEAD; on HTTP/2 that is ours to do.
fn strip_body(answer: &mut Answer) {
    if let Some(length) = answer.body().size_hint().exact() {
        answer.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
    *answer.body_mut() = Content::empty();
}

/// Checks host, path and method. `Some` is an answer that needs no route: OPTIONS.
fn admit(call: &Call) -> Result<Option<Answer>, Refusal> {
    host::check(call.version, &call.uri, &call.headers)?;
    if call.uri.path() == "*" && call.method == Method::OPTIONS {
        return Ok(Some(empty(StatusCode::NO_CONTENT)));
    }
    let entry = catalogue::find(&call.path).ok_or_else(|| {
        Refusal::not_found(format!(
            "Nothing is at {}. The list of routes is at /.",
            call.uri.path()
        ))
    })?;
    if entry.methods.is_empty() || entry.methods.contains(&call.method.as_str()) {
        return Ok(None);
    }
    refuse_method(call, entry).map(Some)
}

fn refuse_method(call: &Call, entry: &Entry) -> Outcome {
    let allowed = format!("{}, OPTIONS", entry.methods.join(", "));
    let mut answer = if call.method == Method::OPTIONS {
        empty(StatusCode::NO_CONTENT)
    } else {
        Refusal::new(
            StatusCode::METHOD_NOT_ALLOWED,
            format!("{} takes {allowed}, not {}.", entry.pattern, call.method),
        )
        .into()
    };
    set(&mut answer, ALLOW, &allowed)?;
    Ok(answer)
}

async fn dispatch(call: &mut Call) -> Outcome {
    match call.text(0) {
        "" => Ok(index::index(call)),
        "anything" | "get" | "post" | "put" | "patch" | "delete" => echo::echo(call).await,
        "headers" => Ok(echo::headers(call)),
        "ip" => Ok(echo::ip(call)),
        "status" => status::status(call),
        "redirect" | "relative-redirect" | "absolute-redirect" => redirects::chain(call),
        "redirect-elsewhere" => redirects::elsewhere(call),
        "redirect-to" => redirects::to(call),
        "cookies" => cookies::cookies(call),
        "basic-auth" => auth::basic(call),
        "bearer" => auth::bearer(call),
        "digest-auth" => digest::digest(call).await,
        "api-key" => keys::api_key(call),
        "jwt" => keys::jwt(call),
        "hawk" => signed::hawk(call).await,
        "oauth1" => signed::oauth1(call).await,
        "aws" => signed::aws(call).await,
        "wsse" => signed::wsse(call),
        "gzip" | "deflate" | "br" | "zstd" => compression::compressed(call).await,
        "delay" => timing::delay(call).await,
        "drip" => timing::drip(call).await,
        "stream" => timing::stream(call),
        "sse" => timing::events(call),
        "bytes" => payload::bytes(call),
        "range" => ranges::range(call),
        "json" => json::json(call),
        "cache" => caching::cache(call),
        "etag" => caching::etag(call),
        "response-headers" => status::response_headers(call),
        "image" => images::image(call),
        "xml" | "html" | "csv" | "encoding" | "robots.txt" => samples::sample(call),
        "pages" => pages::by_number(call),
        "cursor" => pages::by_cursor(call),
        "offset" => pages::by_offset(call),
        "rate-limit" => Ok(limit::limited(call)),
        "orders" => orders::orders(call).await,
        "oauth" => oauth::oauth(call).await,
        ".well-known" => Ok(oauth::discovery(call)),
        "hostile" => hostile::answer(call),
        _ => Err(Refusal::not_found("Nothing is here.")),
    }
}
