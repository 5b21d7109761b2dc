//! Redirects, in chains and to anywhere.

use http::StatusCode;
use http::header::LOCATION;
use url::Url;

use crate::answer::{Outcome, Refusal, empty, set};
use crate::call::Call;

/// `/redirect/3` to `/redirect/2` … to `/anything`.
pub(crate) fn chain(call: &Call) -> Outcome {
    let left: u32 = call.segment(1, "The number of redirects", 1000)?;
    let kind = call.text(0);
    let query = call.uri.query().map_or_else(String::new, |q| format!("?{q}"));
    let next =
        if left <= 1 { "/anything".to_owned() } else { format!("/{kind}/{}{query}", left - 1) };
    let location = match kind {
        "absolute-redirect" => format!("{}{next}", call.origin()),
        "redirect" if call.flag("absolute") => format!("{}{next}", call.origin()),
        // Relative to /relative-redirect/N (RFC 3986 §5.2).
        "relative-redirect" if left > 1 => format!("{}{query}", left - 1),
        "relative-redirect" => "../anything".to_owned(),
        _ => next,
    };
    redirect(call, &location)
}

pub(crate) fn to(call: &Call) -> Outcome {
    let url = call.param("url").ok_or_else(|| Refusal::bad("Say where to with ?url=."))?;
    redirect(call, url)
}

/// The same server by another name: another origin, which shows what travelled.
pub(crate) fn elsewhere(call: &Call) -> Outcome {
    let path = call.param("to").unwrap_or("/anything");
    if !path.starts_with('/') || path.starts_with("//") {
        return Err(Refusal::bad("Say a path of this server in ?to=, such as /anything."));
    }
    let here = Url::parse(&call.origin()).map_err(|_| Refusal::bad("Host is no host."))?;
    let other = if here.host_str() == Some("localhost") { "127.0.0.1" } else { "localhost" };
    let port = here.port().map_or_else(String::new, |port| format!(":{port}"));
    redirect(call, &format!("http://{other}{port}{path}"))
}

fn redirect(call: &Call, location: &str) -> Outcome {
    let code = call.number("status", 302_u16, 399)?;
    if !(300..400).contains(&code) {
        return Err(Refusal::bad("The status of a redirect is from 300 to 399."));
    }
    let status = StatusCode::from_u16(code).unwrap_or(StatusCode::FOUND);
    let mut answer = empty(status);
    set(&mut answer, LOCATION, location)?;
    Ok(answer)
}
