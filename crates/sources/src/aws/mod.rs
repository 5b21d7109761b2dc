//! AWS Secrets Manager by its HTTP API (`GetSecretValue`, JSON 1.1), signed like any other request.

mod settings;

use errand_auth::{
    AwsSettings, Http, HttpRequest, HttpResponse, Payload, Place, Secret, Surroundings, Unsigned,
};
use errand_model::{Auth, AwsV4};
use serde_json::Value;
use url::Url;
use zeroize::Zeroizing;

use crate::json::{self, Wiped};
use crate::{Access, Error, Machine, complaint, hashicorp};

const SERVICE: &str = "secretsmanager";
const LOG_IN: &str = "Log in with `aws sso login` or `aws configure`, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY before starting Errand. Of a profile with SSO or a role, `aws configure export-credentials --format env` prints keys.";

/// Which secret, and by whose keys.
pub(crate) struct Wanted<'a> {
    pub(crate) secret: &'a str,
    pub(crate) field: &'a str,
    pub(crate) region: &'a str,
    pub(crate) profile: &'a str,
    pub(crate) endpoint: &'a str,
}

/// An endpoint, and what the AWS tools keep on this machine.
pub(crate) struct Endpoint {
    url: Url,
    region: String,
    settings: AwsSettings,
}

impl Endpoint {
    /// Besides, what to ask the user before a signed request goes there.
    pub(crate) async fn of(
        wanted: &Wanted<'_>,
        machine: &Machine,
    ) -> Result<(Self, Option<Access>), Error> {
        let settings = settings::settings(machine).await?;
        let region = settings::region(wanted, machine, &settings)?;
        let own = ["AWS_ENDPOINT_URL_SECRETS_MANAGER", "AWS_ENDPOINT_URL"]
            .iter()
            .find_map(|name| machine.setting(name));
        let written = match (wanted.endpoint, own) {
            ("", None) => {
                let end = if region.starts_with("cn-") { ".cn" } else { "" };
                format!("https://{SERVICE}.{region}.amazonaws.com{end}/")
            }
            ("", Some(own)) => own.to_owned(),
            (endpoint, _) => endpoint.to_owned(),
        };
        let reason = || format!("is not an http or https URL: \"{written}\"");
        let url = Url::parse(&written)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https") && url.host().is_some())
            .ok_or_else(|| Error::Invalid { field: "endpoint", reason: reason() })?;
        let trusted = wanted.endpoint.is_empty()
            || own
                .and_then(|own| Url::parse(own).ok())
                .is_some_and(|own| own.origin() == url.origin())
            || is_amazon(&url)
            || hashicorp::is_loopback(&url);
        let access = (!trusted).then(|| Access::Server {
            credentials: "AWS keys",
            address: url.origin().ascii_serialization(),
        });
        Ok((Self { url, region, settings }, access))
    }

    pub(crate) async fn read(&self, wanted: &Wanted<'_>, http: &dyn Http) -> Result<Secret, Error> {
        let what = format!("AWS's secret \"{}\"", wanted.secret);
        let body = serde_json::json!({ "SecretId": wanted.secret }).to_string();
        let request = self.signed(wanted, body, http)?;
        let answer = http.send(request).await.map_err(|error| Error::Unreachable {
            what: format!("AWS Secrets Manager at {}", self.url.origin().ascii_serialization()),
            reason: error.to_string().trim_end_matches('.').to_owned(),
        })?;
        let HttpResponse { status, body, .. } = answer;
        let json = Wiped::parse(&Zeroizing::new(body));
        if status != 200 {
            return Err(explain(status, json.as_ref(), wanted));
        }
        let bad = |reason: &str| Error::BadAnswer { what: what.clone(), reason: reason.to_owned() };
        let json = json.ok_or_else(|| bad("it is not JSON"))?;
        let Some(text) = json.0.get("SecretString").and_then(Value::as_str) else {
            let binary = json.0.get("SecretBinary").is_some();
            return Err(if binary {
                Error::NotText { what }
            } else {
                bad("it has no SecretString")
            });
        };
        let whole = Secret::from(text);
        http.hide(&whole, "••••••");
        if wanted.field.is_empty() {
            return Ok(whole);
        }
        let fields = Wiped::parse(text.as_bytes());
        for leaf in fields.iter().flat_map(Wiped::leaves) {
            http.hide(&leaf, "••••••");
        }
        let fields = fields.as_ref().and_then(|fields| fields.0.as_object()).ok_or_else(|| {
            Error::NoField {
                what: what.clone(),
                field: format!("field \"{}\"", wanted.field),
                hint: "Its value is no JSON object: leave the field empty for the whole of it."
                    .to_owned(),
            }
        })?;
        json::field(fields, wanted.field, &what)
    }

    fn signed(
        &self,
        wanted: &Wanted<'_>,
        body: String,
        http: &dyn Http,
    ) -> Result<HttpRequest, Error> {
        let plain = vec![
            ("Content-Type".to_owned(), "application/x-amz-json-1.1".to_owned()),
            ("X-Amz-Target".to_owned(), "secretsmanager.GetSecretValue".to_owned()),
        ];
        let host = &self.url[url::Position::BeforeHost..url::Position::AfterPort];
        let mut seen = plain.clone();
        seen.push(("Host".to_owned(), host.to_owned()));
        let auth = Auth::AwsV4(AwsV4 {
            service: SERVICE.to_owned(),
            region: self.region.clone(),
            profile_name: wanted.profile.to_owned(),
            ..AwsV4::default()
        });
        let keys = |error: errand_auth::Error| Error::Locked {
            what: "AWS".to_owned(),
            said: error.to_string().trim_end_matches('.').to_owned(),
            unlock: LOG_IN.to_owned(),
        };
        let surroundings = Surroundings { aws: self.settings.clone(), ..Surroundings::default() };
        let unsigned =
            Unsigned { method: "POST", url: &self.url, headers: &seen, payload: &Json(&body) };
        let mut signer = errand_auth::signer(&auth, &surroundings).map_err(keys)?;
        let additions = match signer.as_mut().map(|signer| signer.sign(&unsigned)).transpose() {
            Ok(all) => all.map(|all| all.additions).unwrap_or_default(),
            Err(error) => return Err(keys(error)),
        };
        let mut headers: Vec<(String, Secret)> =
            plain.into_iter().map(|(name, value)| (name, Secret::new(value))).collect();
        for addition in additions {
            if addition.place == Place::Header {
                http.hide(&addition.value, &addition.shown);
                headers.push((addition.name, addition.value));
            }
        }
        let (title, url) = ("Secret of AWS Secrets Manager", self.url.to_string());
        Ok(HttpRequest { title, method: "POST", url, headers, body: Some(Secret::new(body)) })
    }
}

/// A request's body, as a signer reads it.
struct Json<'a>(&'a str);

impl Payload for Json<'_> {
    fn length(&self) -> Option<u64> {
        Some(self.0.len() as u64)
    }

    fn read(&self, take: &mut dyn FnMut(&[u8])) -> std::io::Result<()> {
        take(self.0.as_bytes());
        Ok(())
    }
}

fn is_amazon(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    url.scheme() == "https"
        && [".amazonaws.com", ".amazonaws.com.cn", ".api.aws"].iter().any(|end| host.ends_with(end))
}

fn explain(status: u16, json: Option<&Wiped>, wanted: &Wanted<'_>) -> Error {
    let text = |name: &str| {
        json.and_then(|json| json.0.get(name)).and_then(Value::as_str).unwrap_or_default()
    };
    let kind = text("__type").rsplit('#').next().unwrap_or_default();
    let message = if text("message").is_empty() { text("Message") } else { text("message") };
    let said = match (kind, message) {
        ("", "") => format!("status {status}"),
        (kind, "") => kind.to_owned(),
        (kind, message) => complaint::clean(&format!("{kind}: {message}")),
    };
    let what = format!("AWS's secret \"{}\"", wanted.secret);
    match kind {
        "ResourceNotFoundException" => Error::NotFound {
            what: format!("secret \"{}\" in AWS Secrets Manager", wanted.secret),
            hint: format!("AWS said: {said}. Check its name, the region and the account."),
        },
        "AccessDeniedException" | "DecryptionFailure" => Error::Denied {
            what,
            said,
            hint: "Ask for secretsmanager:GetSecretValue on it, and kms:Decrypt on its key."
                .to_owned(),
        },
        "UnrecognizedClientException"
        | "ExpiredTokenException"
        | "ExpiredToken"
        | "InvalidClientTokenId"
        | "InvalidSignatureException"
        | "SignatureDoesNotMatch"
        | "IncompleteSignature"
        | "MissingAuthenticationToken" => {
            Error::Locked { what: "AWS".to_owned(), said, unlock: LOG_IN.to_owned() }
        }
        _ => Error::Failed { what, said },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_amazon_is_amazon() {
        for (url, amazon) in [
            ("https://secretsmanager.eu-west-1.amazonaws.com/", true),
            ("https://secretsmanager.cn-north-1.amazonaws.com.cn/", true),
            ("http://secretsmanager.eu-west-1.amazonaws.com/", false),
            ("https://amazonaws.com.evil.example/", false),
            ("https://evil-amazonaws.com/", false),
        ] {
            assert_eq!(Url::parse(url).is_ok_and(|url| is_amazon(&url)), amazon, "{url}");
        }
    }
}
