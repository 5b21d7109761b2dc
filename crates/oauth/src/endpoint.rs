//! One request to one of a provider's endpoints.

use errand_auth::{HttpRequest, HttpResponse, Secret};
use errand_jose::Key;
use errand_model::{AdditionalParameter, OAuth2, ParameterPlace};
use serde_json::Value;
use url::Url;

use crate::endpoints::Endpoints;
use crate::form::Form;
use crate::wire::Wire;
use crate::{Error, Nonces, client, dpop};

/// What every step of a flow knows.
pub(crate) struct Context<'a> {
    pub definition: &'a OAuth2,
    pub endpoints: &'a Endpoints,
    pub wire: &'a Wire<'a>,
    pub nonces: &'a Nonces,
}

/// A form that is posted to an endpoint.
pub(crate) struct Call<'a> {
    /// What it is, in words.
    pub step: &'static str,
    /// Which field names the URL, for a message.
    pub field: &'static str,
    pub url: &'a str,
    pub form: Form,
    /// What the definition adds.
    pub further: &'a [AdditionalParameter],
    /// The key of a proof (RFC 9449).
    pub dpop: Option<&'a Key>,
}

impl Context<'_> {
    /// Posts the form with the client's proof. Once more when the server wants its nonce in it.
    pub async fn call(&self, call: &Call<'_>) -> Result<HttpResponse, Error> {
        let url = endpoint(call.url, call.field)?;
        let answer = self.wire.send(self.request(call, &url)?).await?;
        if call.dpop.is_none() {
            return Ok(answer);
        }
        let new = self.nonces.learn(&url, answer.header("DPoP-Nonce"));
        let wanted = matches!(answer.status, 400 | 401)
            && serde_json::from_slice::<Value>(&answer.body).is_ok_and(|body| {
                body.get("error").and_then(Value::as_str) == Some("use_dpop_nonce")
            });
        if !(new && wanted) {
            return Ok(answer);
        }
        // Made anew: an assertion or a proof is good for one request.
        let answer = self.wire.send(self.request(call, &url)?).await?;
        self.nonces.learn(&url, answer.header("DPoP-Nonce"));
        Ok(answer)
    }

    fn request(&self, call: &Call<'_>, url: &Url) -> Result<HttpRequest, Error> {
        let mut url = url.clone();
        let mut form = call.form.clone();
        let mut headers = vec![
            ("Accept".to_owned(), Secret::from("application/json")),
            ("Content-Type".to_owned(), Secret::from("application/x-www-form-urlencoded")),
        ];
        // RFC 7523 §3: the token endpoint stands for the server, at its other endpoints too.
        let audience =
            if self.endpoints.token.is_empty() { call.url } else { &self.endpoints.token };
        client::authenticate(self.definition, audience, self.wire, &mut form, &mut headers)?;
        form.add(call.further, |place| place == ParameterPlace::Body);
        for one in call.further.iter().filter(|one| !one.name.is_empty()) {
            match one.placement {
                ParameterPlace::Body => (),
                ParameterPlace::Query => {
                    url.query_pairs_mut().append_pair(&one.name, &one.value);
                }
                ParameterPlace::Header => {
                    header(one)?;
                    headers.retain(|(name, _)| !name.eq_ignore_ascii_case(&one.name));
                    headers.push((one.name.clone(), Secret::from(one.value.as_str())));
                }
            }
        }
        if let Some(key) = call.dpop {
            let proof = dpop::proof(key, "POST", &url, None, self.nonces, self.wire.now())?;
            self.wire.hide(&proof, "dpop_proof");
            headers.push(("DPoP".to_owned(), proof));
        }
        let body = Some(form.encode());
        Ok(HttpRequest { title: call.step, method: "POST", url: url.into(), headers, body })
    }
}

/// An endpoint as a URL.
pub(crate) fn endpoint(text: &str, field: &'static str) -> Result<Url, Error> {
    if text.trim().is_empty() {
        return Err(Error::Missing {
            field,
            hint: "Fill it in, or give an issuer whose metadata names it.",
        });
    }
    let url = Url::parse(text.trim()).map_err(|error| Error::Field {
        field,
        reason: format!("\"{text}\" is not a URL ({error})"),
    })?;
    if matches!(url.scheme(), "http" | "https") {
        return Ok(url);
    }
    Err(Error::Field {
        field,
        reason: format!("\"{text}\" does not begin with https:// or http://"),
    })
}

/// A header that would break the request is refused.
fn header(one: &AdditionalParameter) -> Result<(), Error> {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let field = "additional header";
    if !one.name.bytes().all(token) {
        return Err(Error::Field {
            field,
            reason: format!("\"{}\" is not a header name", one.name),
        });
    }
    if one.value.chars().any(|c| c.is_control() && c != '\t') {
        return Err(Error::Field {
            field,
            reason: format!("the value of {} has a control character", one.name),
        });
    }
    Ok(())
}
