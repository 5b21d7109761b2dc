//! Where a person agrees: the authorization endpoint (RFC 6749 §3.1) and pushed requests (RFC 9126).

use std::time::Duration;

use http::header::LOCATION;
use http::{Method, StatusCode};
use serde_json::json;
use url::{Host, Url};

use super::client::{self, CLIENT, PUBLIC, authenticate};
use super::fault::Fault;
use super::issue;
use super::page::{decision, page};
use super::state::{Code, Fields, field, form, grant, issuer, random};
use crate::answer::{Answer, Outcome, Refusal, empty, json_answer, set, with_status};
use crate::call::Call;

const CODE: Duration = Duration::from_secs(60);
const PUSHED: Duration = Duration::from_secs(90);
const TYPES: &[&str] = &["code", "token", "id_token", "id_token token", "code id_token"];

/// RFC 9126 §2.
pub(crate) async fn push(call: &mut Call) -> Result<Answer, Fault> {
    let mut fields = form(call).await?;
    let client = authenticate(call, &fields)?;
    if field(&fields, "request_uri").is_some() {
        return Err(Fault::invalid_request("A pushed request cannot be one that was pushed."));
    }
    fields.retain(|(name, _)| !name.starts_with("client_"));
    fields.push(("client_id".to_owned(), client.to_owned()));
    redirect_uri(&fields)?;
    let uri = format!("urn:ietf:params:oauth:request_uri:{}", random()?);
    call.site.oauth.kept().pushed.put(&uri, fields, PUSHED);
    let told = json!({ "request_uri": uri, "expires_in": PUSHED.as_secs() });
    Ok(with_status(StatusCode::CREATED, json_answer(&told)))
}

/// The page, or where it leads. What is wrong with the client or the redirect URI is shown to the
/// person; everything else is told to the client (RFC 6749 §4.1.2.1).
pub(crate) async fn authorize(call: &mut Call) -> Outcome {
    let mut fields = call.query.clone();
    if call.method == Method::POST {
        fields.extend(form(call).await?);
    }
    let checked = pushed(call, fields).and_then(|fields| {
        let back = redirect_uri(&fields)?;
        Ok((fields, back))
    });
    let (fields, back) = match checked {
        Ok(checked) => checked,
        Err(fault) => {
            let heading = "This request cannot be granted";
            return Ok(page(StatusCode::BAD_REQUEST, heading, &fault.description, ""));
        }
    };
    let decided = match field(&fields, "decision") {
        _ if field(&fields, "approve") == Some("1") => Some("allow"),
        None if field(&fields, "prompt") == Some("none") => Some("none"),
        decided => decided,
    };
    let told = match (check(&fields), decided) {
        (Err(fault), _) => Err(fault),
        (Ok(()), None) => return Ok(consent(&fields)),
        (Ok(()), Some("allow")) => allow(call, &fields),
        (Ok(()), Some("none")) => {
            Err(Fault::new("login_required", "Nobody is logged in here without a page."))
        }
        (Ok(()), Some(_)) => Err(Fault::new("access_denied", "The person said no.")),
    };
    let told = told.unwrap_or_else(|fault| {
        vec![("error", fault.error.to_owned()), ("error_description", fault.description)]
    });
    lead_back(call, &fields, back, told)
}

fn consent(fields: &Fields) -> Answer {
    let client = field(fields, "client_id").unwrap_or_default();
    let scope = field(fields, "scope").unwrap_or("read");
    let text = format!(
        "{client} asks for: {scope}. Nothing here is real: any name will do, and nothing leaves this machine."
    );
    let shown = |(name, _): &&(String, String)| name != "user" && name != "decision";
    let hidden: Fields = fields.iter().filter(shown).cloned().collect();
    let user = field(fields, "login_hint").unwrap_or("ada");
    let form = decision("/oauth/authorize", &hidden, &[("user", "Your name", user)]);
    page(StatusCode::OK, "Let Errand in?", &text, &form)
}

fn pushed(call: &Call, fields: Fields) -> Result<Fields, Fault> {
    let Some(uri) = field(&fields, "request_uri") else {
        return Ok(fields);
    };
    let mut kept = call.site.oauth.kept();
    let known = kept.pushed.take(uri).ok_or_else(|| {
        Fault::invalid_request("This request_uri was used, is too old, or is not from here.")
    })?;
    if field(&known, "client_id") != field(&fields, "client_id") {
        return Err(Fault::invalid_request("The request was pushed by another client."));
    }
    Ok(known)
}

/// Loopback at any port, the web over TLS, or an app's own scheme (RFC 8252 §7).
fn redirect_uri(fields: &Fields) -> Result<Url, Fault> {
    let client = field(fields, "client_id").unwrap_or_default();
    if ![CLIENT, PUBLIC].contains(&client) {
        return Err(Fault::invalid_request(format!(
            "client_id is {client:?}; the clients here are {CLIENT} and {PUBLIC}."
        )));
    }
    let text = field(fields, "redirect_uri")
        .ok_or_else(|| Fault::invalid_request("redirect_uri is missing."))?;
    let uri = Url::parse(text).ok().filter(|uri| uri.fragment().is_none());
    let fits = uri.filter(|uri| match uri.scheme() {
        "http" => match uri.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            None => false,
        },
        "https" => true,
        own => own.contains('.'),
    });
    fits.ok_or_else(|| {
        Fault::invalid_request(
            "redirect_uri must be http on loopback, https, or a scheme of an app's own such as com.example.app.",
        )
    })
}

fn check(fields: &Fields) -> Result<(), Fault> {
    let wanted = field(fields, "response_type").unwrap_or_default();
    if !TYPES.contains(&wanted) {
        return Err(Fault::new(
            "unsupported_response_type",
            format!("response_type is {wanted:?}; it may be {}.", TYPES.join(", ")),
        ));
    }
    let challenge = field(fields, "code_challenge");
    if wanted.contains("code") && challenge.is_none() && field(fields, "client_id") == Some(PUBLIC)
    {
        return Err(Fault::invalid_request("A client without a secret must use PKCE."));
    }
    match field(fields, "code_challenge_method") {
        None | Some("S256" | "plain") => Ok(()),
        Some(_) => Err(Fault::invalid_request("code_challenge_method must be S256 or plain.")),
    }
}

type Told = Vec<(&'static str, String)>;

fn allow(call: &Call, fields: &Fields) -> Result<Told, Fault> {
    let client = field(fields, "client_id").unwrap_or(client::CLIENT);
    let mut grant = grant(fields, client, Some(field(fields, "user").unwrap_or("ada")))?;
    let wanted: Vec<&str> = field(fields, "response_type").unwrap_or("code").split(' ').collect();
    let mut told = Vec::new();
    if wanted.contains(&"code") {
        let code = random()?;
        let method = field(fields, "code_challenge_method").unwrap_or("plain").to_owned();
        let challenge = field(fields, "code_challenge").map(|value| (value.to_owned(), method));
        let redirect_uri = field(fields, "redirect_uri").unwrap_or_default().to_owned();
        grant.bound = field(fields, "dpop_jkt").map(str::to_owned);
        let kept = Code { grant: grant.clone(), redirect_uri, challenge };
        call.site.oauth.kept().codes.put(&code, kept, CODE);
        told.push(("code", code));
    }
    let mut access = None;
    if wanted.contains(&"token") {
        let token = issue::access_token(call, &grant)?;
        told.push(("access_token", token.clone()));
        told.push(("token_type", "Bearer".to_owned()));
        told.push(("expires_in", grant.seconds.to_string()));
        told.push(("scope", grant.scope.clone()));
        access = Some(token);
    }
    if wanted.contains(&"id_token") {
        told.push(("id_token", issue::id_token(call, &grant, access.as_deref())?));
    }
    Ok(told)
}

/// In the query, or in the fragment where a token is in it (OAuth 2.0 Multiple Response Types §5).
fn lead_back(call: &Call, fields: &Fields, mut back: Url, mut told: Told) -> Outcome {
    if let Some(state) = field(fields, "state") {
        told.push(("state", state.to_owned()));
    }
    told.push(("iss", issuer(call)));
    let in_fragment = field(fields, "response_type").is_some_and(|wanted| wanted.contains("token"));
    if in_fragment {
        let mut text = url::form_urlencoded::Serializer::new(String::new());
        back.set_fragment(Some(&text.extend_pairs(told).finish()));
    } else {
        back.query_pairs_mut().extend_pairs(told);
    }
    let mut answer = empty(StatusCode::SEE_OTHER);
    set(&mut answer, LOCATION, back.as_str())
        .map_err(|_| Refusal::bad("redirect_uri is broken."))?;
    Ok(answer)
}
