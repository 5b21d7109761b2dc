//! `HashiCorp` Vault by its HTTP API: <https://developer.hashicorp.com/vault/api-docs>.

use errand_auth::{Http, HttpRequest, HttpResponse, Secret};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use url::{Host, Url};
use zeroize::Zeroizing;

use crate::json::{self, Wiped};
use crate::{Access, Error, Machine, complaint, files};

const WHAT: &str = "Vault";
const LOG_IN: &str = "Log in with `vault login`, or set VAULT_TOKEN before starting Errand.";
/// What stays as it is in a path's segment.
const SEGMENT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/');

/// Where a secret is.
pub(crate) struct Place<'a> {
    pub(crate) address: &'a str,
    pub(crate) path: &'a str,
    pub(crate) field: &'a str,
    pub(crate) namespace: &'a str,
}

/// A server, and who asks it.
pub(crate) struct Server {
    base: Url,
    namespace: String,
    token: Secret,
}

impl Server {
    /// By the source's fields, else by the variables and the file of the `vault` command. Besides,
    /// what to ask the user before the token goes there.
    pub(crate) async fn of(
        place: &Place<'_>,
        machine: &Machine,
    ) -> Result<(Self, Option<Access>), Error> {
        let own = machine.setting("VAULT_ADDR");
        let written =
            if place.address.is_empty() { own.unwrap_or_default() } else { place.address };
        if written.is_empty() {
            let reason = "is empty, and VAULT_ADDR is not set".to_owned();
            return Err(Error::Invalid { field: "server address", reason });
        }
        let base = address(written)?;
        let same = own
            .and_then(|own| Url::parse(own).ok())
            .is_some_and(|own| own.origin() == base.origin());
        let access = (!same && !is_loopback(&base)).then(|| Access::Server {
            credentials: "Vault token",
            address: base.origin().ascii_serialization(),
        });
        let namespace = if place.namespace.is_empty() {
            machine.setting("VAULT_NAMESPACE").unwrap_or_default()
        } else {
            place.namespace
        };
        let server = Self { base, namespace: namespace.to_owned(), token: token(machine).await? };
        Ok((server, access))
    }

    /// The secret's field. KV version 2 keeps its secrets below `data/`, which `vault kv get`
    /// leaves out and `vault read` does not: both are understood.
    pub(crate) async fn read(&self, place: &Place<'_>, http: &dyn Http) -> Result<Secret, Error> {
        let path = path(place.path)?;
        http.hide(&self.token, "••••••");
        let mount = self
            .get("Secret engine of Vault", &format!("sys/internal/ui/mounts/{path}"), http)
            .await?;
        let (second, mount) =
            if mount.status == 200 { version_two(&mount.body) } else { (false, String::new()) };
        let full = match path.strip_prefix(&mount) {
            Some(rest) if second && !rest.starts_with("data/") => format!("{mount}data/{rest}"),
            _ => path.clone(),
        };
        let answer = self.get("Secret of Vault", &full, http).await?;
        let (status, moved) = (answer.status, answer.header("location").map(complaint::clean));
        let body = Wiped::parse(&Zeroizing::new(answer.body));
        if status != 200 {
            return Err(self.explain(status, moved, body.as_ref(), place.path));
        }
        let body = body.ok_or_else(|| bad("it is not JSON"))?;
        for leaf in
            body.0.get("data").map(|data| Wiped(data.clone())).iter().flat_map(Wiped::leaves)
        {
            http.hide(&leaf, "••••••");
        }
        let what = format!("Vault's secret {}", place.path);
        json::field(
            fields(&body.0, second).ok_or_else(|| bad("it has no data"))?,
            place.field,
            &what,
        )
    }

    async fn get(
        &self,
        title: &'static str,
        path: &str,
        http: &dyn Http,
    ) -> Result<HttpResponse, Error> {
        let base = self.base.as_str().trim_end_matches('/');
        let mut headers = vec![
            ("X-Vault-Token".to_owned(), self.token.clone()),
            ("X-Vault-Request".to_owned(), Secret::from("true")),
        ];
        if !self.namespace.is_empty() {
            headers.push(("X-Vault-Namespace".to_owned(), Secret::from(self.namespace.as_str())));
        }
        let url = format!("{base}/v1/{}", utf8_percent_encode(path, SEGMENT));
        let request = HttpRequest { title, method: "GET", url, headers, body: None };
        http.send(request).await.map_err(|error| Error::Unreachable {
            what: format!("Vault at {}", self.base.origin().ascii_serialization()),
            reason: error.to_string().trim_end_matches('.').to_owned(),
        })
    }

    fn explain(
        &self,
        status: u16,
        moved: Option<String>,
        body: Option<&Wiped>,
        path: &str,
    ) -> Error {
        let said = said(body).unwrap_or_else(|| format!("status {status}"));
        let lower = said.to_ascii_lowercase();
        let at = format!("Vault at {}", self.base.origin().ascii_serialization());
        match status {
            503 => Error::Locked {
                what: at,
                said,
                unlock: "Somebody who holds keys must run `vault operator unseal`.".to_owned(),
            },
            400 | 403 if lower.contains("token") => {
                Error::Locked { what: at, said, unlock: LOG_IN.to_owned() }
            }
            403 => Error::Denied {
                what: format!("Vault's secret {path}"),
                said,
                hint: format!("Ask for a policy with \"read\" on it. {LOG_IN}"),
            },
            404 => Error::NotFound {
                what: format!("secret {path} in {at}"),
                hint: if deleted(body) {
                    "Its newest version was deleted: `vault kv undelete` brings it back.".to_owned()
                } else {
                    "Check the path with `vault kv list`, and the namespace.".to_owned()
                },
            },
            300..400 => {
                bad(&format!("it redirects to {}: write that address", moved.unwrap_or_default()))
            }
            _ => Error::Failed { what: at, said },
        }
    }
}

fn address(written: &str) -> Result<Url, Error> {
    let wrong = |reason: &str| Error::Invalid {
        field: "server address",
        reason: format!("{reason}: \"{written}\""),
    };
    let url = Url::parse(written.trim()).map_err(|_| wrong("is not a URL"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(wrong("is not an http or https URL"));
    }
    if url.query().is_some() || !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("has more than scheme, host, port and path"));
    }
    Ok(url)
}

pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn path(written: &str) -> Result<String, Error> {
    let path = written.trim().trim_matches('/');
    let path = path.strip_prefix("v1/").unwrap_or(path);
    let reason = if path.is_empty() {
        "is empty"
    } else if path.split('/').any(|segment| matches!(segment, "" | "." | "..")) {
        "has an empty, `.` or `..` step"
    } else {
        return Ok(path.to_owned());
    };
    Err(Error::Invalid { field: "path", reason: reason.to_owned() })
}

async fn token(machine: &Machine) -> Result<Secret, Error> {
    const LONGEST: usize = 64 * 1024;
    let locked = |said: &str| Error::Locked {
        what: WHAT.to_owned(),
        said: said.to_owned(),
        unlock: LOG_IN.to_owned(),
    };
    let token = match (machine.setting("VAULT_TOKEN"), machine.in_home(".vault-token")) {
        (Some(token), _) => Secret::from(token.trim()),
        (None, Some(file)) if file.is_file() => {
            Secret::from(files::content(&file, LONGEST).await?.expose().trim())
        }
        _ => return Err(locked("there is no token")),
    };
    if token.is_empty() || token.expose().contains(|c: char| !c.is_ascii_graphic()) {
        return Err(locked("the token in VAULT_TOKEN or ~/.vault-token is damaged"));
    }
    Ok(token)
}

/// Whether the mount is a KV version 2, and its path with a slash at the end.
fn version_two(body: &[u8]) -> (bool, String) {
    let answer: Value = serde_json::from_slice(body).unwrap_or_default();
    let text =
        |path: &str| answer.pointer(path).and_then(Value::as_str).unwrap_or_default().to_owned();
    (text("/data/options/version") == "2", text("/data/path"))
}

/// The secret's own fields: in version 2 beside `metadata`, below `data`.
fn fields(body: &Value, second: bool) -> Option<&serde_json::Map<String, Value>> {
    let data = body.get("data")?.as_object()?;
    let inner = data.get("data").and_then(Value::as_object);
    match inner {
        Some(inner)
            if second || data.get("metadata").is_some_and(|m| m.get("version").is_some()) =>
        {
            Some(inner)
        }
        _ => Some(data),
    }
}

fn said(body: Option<&Wiped>) -> Option<String> {
    let first = body?.0.get("errors")?.as_array()?.iter().filter_map(Value::as_str);
    let said: Vec<String> = first.map(|text| complaint::clean(&text.replace('\n', " "))).collect();
    (!said.is_empty()).then(|| said.join("; "))
}

fn deleted(body: Option<&Wiped>) -> bool {
    body.and_then(|body| body.0.pointer("/data/metadata")).is_some_and(Value::is_object)
}

fn bad(reason: &str) -> Error {
    Error::BadAnswer { what: WHAT.to_owned(), reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_cannot_climb() {
        assert_eq!(path("/v1/secret/data/shop/"), Ok("secret/data/shop".to_owned()));
        for wrong in ["", "/", "a/../sys", "a//b", "./a"] {
            assert!(matches!(path(wrong), Err(Error::Invalid { .. })), "{wrong}");
        }
    }

    #[test]
    fn addresses_are_http() {
        assert!(
            address("http://127.0.0.1:8200").is_ok()
                && address("https://v.example/prefix/").is_ok()
        );
        for wrong in ["", "v.example", "file:///etc", "http://u:p@h", "http://h/?q"] {
            assert!(matches!(address(wrong), Err(Error::Invalid { .. })), "{wrong}");
        }
    }

    #[test]
    fn both_versions_have_their_fields() {
        let one = serde_json::json!({ "data": { "data": { "a": 1 }, "metadata": "mine" } });
        assert_eq!(
            fields(&one, false).map(serde_json::Map::len),
            Some(2),
            "a secret may look like that"
        );
        let two =
            serde_json::json!({ "data": { "data": { "a": 1 }, "metadata": { "version": 3 } } });
        assert!(fields(&two, false).is_some_and(|fields| fields.contains_key("a")));
    }
}
