//! OAuth 1.0a with a person who consents (RFC 5849 §2).

use errand_auth::oauth1::{Request, sign};
use errand_auth::{HttpRequest, HttpResponse, Secret, Surroundings};
use errand_model::OAuth1;
use serde::{Deserialize, Serialize};
use url::{Url, form_urlencoded};
use zeroize::Zeroizing;

use crate::answer::refusal;
use crate::endpoint::endpoint;
use crate::wire::Wire;
use crate::{Browser, Error};

/// Token credentials (RFC 5849 §2.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OAuth1Token {
    /// Token.
    pub token: Secret,
    /// Its shared secret.
    pub secret: Secret,
    /// What else the provider said, such as a user's name or a shop.
    pub further: Vec<(String, String)>,
}

impl OAuth1Token {
    /// The definition that signs requests with this token.
    #[must_use]
    pub fn apply(&self, definition: &OAuth1) -> OAuth1 {
        OAuth1 {
            access_token: self.token.expose().to_owned(),
            access_token_secret: self.secret.expose().to_owned(),
            verifier: String::new(),
            ..definition.clone()
        }
    }

    pub(crate) fn to_secret(&self) -> Secret {
        let stored = Stored {
            oauth1: 1,
            token: self.token.expose().to_owned(),
            secret: self.secret.expose().to_owned(),
            further: self.further.clone(),
        };
        let json = Zeroizing::new(serde_json::to_string(&stored).unwrap_or_default());
        drop((Zeroizing::new(stored.token), Zeroizing::new(stored.secret)));
        Secret::from(json.as_str())
    }

    pub(crate) fn from_secret(text: &Secret) -> Result<Self, Error> {
        let stored: Stored = serde_json::from_str(text.expose()).map_err(|error| {
            Error::Unreadable { reason: format!("broken at column {}", error.column()) }
        })?;
        Ok(Self {
            token: stored.token.into(),
            secret: stored.secret.into(),
            further: stored.further,
        })
    }
}

#[derive(Serialize, Deserialize)]
struct Stored {
    oauth1: u32,
    token: String,
    secret: String,
    further: Vec<(String, String)>,
}

const FIRST: &str = "Temporary credentials";
const LAST: &str = "Token credentials";

/// Temporary credentials, consent, token credentials.
pub(crate) async fn log_in(
    definition: &OAuth1,
    wire: &Wire<'_>,
    browser: &dyn Browser,
) -> Result<OAuth1Token, Error> {
    let mut consent = endpoint(&definition.authorization_url, "authorization URL")?;
    endpoint(&definition.access_token_url, "access token URL")?;
    wire.hide(&definition.consumer_secret.as_str().into(), "consumer_secret");
    let callback = browser.listen(&definition.callback_url).await?;
    let first = OAuth1 {
        access_token: String::new(),
        access_token_secret: String::new(),
        verifier: String::new(),
        callback_url: callback.redirect_uri().to_owned(),
        ..definition.clone()
    };
    let (url, field) = (&definition.request_token_url, "request token URL");
    let temporary =
        credentials(FIRST, &post(&first, url, field, FIRST, wire).await?, wire, "temporary_token")?;
    // RFC 5849 §2.1: the sign that the callback was understood. Without it a login can be hijacked.
    if !temporary
        .further
        .iter()
        .any(|(name, value)| name == "oauth_callback_confirmed" && value == "true")
    {
        return Err(Error::Answer {
            step: FIRST,
            reason: "it does not confirm the callback (oauth_callback_confirmed)".to_owned(),
        });
    }
    consent.query_pairs_mut().append_pair("oauth_token", temporary.token.expose());
    let final_url = Secret::new(callback.authorize(consent.as_str()).await?);
    let verifier = verifier(&final_url, &temporary.token, wire)?;
    wire.hide(&verifier, "oauth_verifier");
    let second = OAuth1 { verifier: verifier.expose().to_owned(), ..temporary.apply(definition) };
    let answer =
        post(&second, &definition.access_token_url, "access token URL", LAST, wire).await?;
    credentials(LAST, &answer, wire, "access_token")
}

async fn post(
    definition: &OAuth1,
    url: &str,
    field: &'static str,
    step: &'static str,
    wire: &Wire<'_>,
) -> Result<HttpResponse, Error> {
    let url = endpoint(url, field)?;
    let mut definition = definition.clone();
    if definition.timestamp.trim().is_empty() {
        definition.timestamp = wire.now().as_second().to_string();
    }
    let request = Request { method: "POST", url: &url, form: &[], body_hash: None };
    let parameters = sign(&definition, &request, &Surroundings::default())?;
    for (name, value) in parameters.iter() {
        if name == "oauth_signature" {
            hide_everywhere(value, name, wire);
        }
    }
    let header = parameters.header(&definition.realm);
    let headers = vec![
        (header.name, header.value),
        ("Accept".to_owned(), Secret::from("application/x-www-form-urlencoded, */*;q=0.5")),
    ];
    wire.send(HttpRequest {
        title: step,
        method: "POST",
        url: url.into(),
        headers,
        body: Some(Secret::from("")),
    })
    .await
}

/// As it is and as the header writes it.
fn hide_everywhere(value: &str, name: &str, wire: &Wire<'_>) {
    wire.hide(&value.into(), name);
    let encoded: String = form_urlencoded::byte_serialize(value.as_bytes()).collect();
    if encoded != value {
        wire.hide(&encoded.into(), name);
    }
}

/// §2.1, §2.3: a form, whatever the content type says.
fn credentials(
    step: &'static str,
    answer: &HttpResponse,
    wire: &Wire<'_>,
    name: &str,
) -> Result<OAuth1Token, Error> {
    if !(200..300).contains(&answer.status) {
        let json = serde_json::from_slice::<serde_json::Value>(&answer.body).ok();
        return Err(refusal(step, answer, json.as_ref().and_then(|value| value.as_object()), wire));
    }
    let mut token = None;
    let mut secret = None;
    let mut further = Vec::new();
    for (known, value) in form_urlencoded::parse(answer.body.trim_ascii()) {
        match known.as_ref() {
            "oauth_token" => token = Some(Secret::new(value.into_owned())),
            "oauth_token_secret" => secret = Some(Secret::new(value.into_owned())),
            _ => further.push((wire.words(&known), wire.words(&value))),
        }
    }
    let missing = |what: &str| Error::Answer { step, reason: format!("there is no {what} in it") };
    let token = token.filter(|token| !token.is_empty()).ok_or_else(|| missing("oauth_token"))?;
    let secret = secret.ok_or_else(|| missing("oauth_token_secret"))?;
    wire.hide(&token, name);
    wire.hide(&secret, &format!("{name}_secret"));
    Ok(OAuth1Token { token, secret, further })
}

/// §2.2: the verifier, of the login that was begun.
fn verifier(final_url: &Secret, token: &Secret, wire: &Wire<'_>) -> Result<Secret, Error> {
    let refused = |reason: String| Error::Redirect { reason };
    let url = Url::parse(final_url.expose().trim())
        .map_err(|_| refused("what came back is no URL".to_owned()))?;
    let value = |name: &str| {
        url.query_pairs()
            .find(|(known, _)| known == name)
            .map(|(_, value)| Secret::new(value.into_owned()))
    };
    let verifier = value("oauth_verifier").filter(|text| !text.is_empty());
    match (value("oauth_token"), verifier) {
        (Some(found), Some(verifier)) if found == *token => Ok(verifier),
        (Some(found), _) if found != *token => {
            Err(refused("its oauth_token is another one than was sent".to_owned()))
        }
        _ => {
            let names: Vec<_> =
                url.query_pairs().map(|(name, _)| wire.words(&name)).take(10).collect();
            Err(refused(format!(
                "there is no oauth_verifier with an oauth_token in what came back (found: {})",
                if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
            )))
        }
    }
}
