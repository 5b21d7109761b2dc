//! Security schemes and requirements as auth, their credentials as secret variables.

use std::collections::HashSet;

use errand_model::{
    ApiKeyPlace, Auth, ClientCredentials, Flow, Header, OAuth2, Param, ParamKind, ResourceOwner,
    Variable,
};
use serde_json::Value;

use super::document::{Document, entries, list, text};
use super::text::snake;
use crate::Scribe;

/// What a requirement adds to a request.
#[derive(Default)]
pub(super) struct Secured {
    pub auth: Auth,
    pub headers: Vec<Header>,
    pub params: Vec<Param>,
}

/// The schemes of a description with the variables that their credentials are in.
pub(super) struct Schemes<'d> {
    all: Vec<Scheme<'d>>,
}

struct Scheme<'d> {
    name: &'d str,
    value: &'d Value,
    kind: Kind,
    /// Names of variables: key or token; or user and password; or client id and secret.
    first: String,
    second: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    ApiKey,
    Basic,
    Bearer,
    Digest,
    Ntlm,
    Negotiate,
    OAuth2,
    OpenId,
    MutualTls,
    Unknown,
}

impl<'d> Schemes<'d> {
    pub fn of(document: &'d Document) -> Self {
        let mut taken = HashSet::new();
        let components = document.root.get("components").unwrap_or(&Value::Null);
        let schemes = components.get("securitySchemes").into_iter().flat_map(entries);
        let all =
            schemes.map(|(name, value)| Scheme::of(name, document.resolve(value), &mut taken));
        Self { all: all.collect() }
    }

    /// The credentials, without values.
    pub fn variables(&self) -> Vec<Variable> {
        let mut found: Vec<Variable> = Vec::new();
        for scheme in &self.all {
            for (name, secret) in scheme.credentials() {
                if !name.is_empty() && !found.iter().any(|one| one.name == name) {
                    let mut variable = Variable::new(name, "");
                    variable.secret = secret;
                    variable.description =
                        super::text::line(&text(scheme.value, "description"), 200);
                    found.push(variable);
                }
            }
        }
        found
    }

    /// The first alternative that Errand can do. A receipt line names the others.
    pub fn secured(&self, requirements: &Value, scribe: &mut Scribe<'_>) -> Secured {
        let alternatives: Vec<&Value> = list(requirements).filter(|one| one.is_object()).collect();
        if alternatives.iter().all(|one| entries(one).next().is_none()) {
            return Secured { auth: Auth::None, ..Secured::default() };
        }
        let named = |one: &Value| {
            let schemes: Vec<_> = entries(one).map(|(name, _)| name.as_str()).collect();
            if schemes.is_empty() { "no auth".to_owned() } else { schemes.join(" and ") }
        };
        let chosen = alternatives.iter().find_map(|one| Some((*one, self.met(one, scribe)?)));
        let Some((requirement, secured)) = chosen else {
            let all: Vec<_> = alternatives.iter().map(|one| named(one)).collect();
            let why = format!("Errand has no auth for {}", all.join(" or "));
            scribe.set_aside("security", why, "extensions.openapi");
            return Secured::default();
        };
        let others: Vec<_> =
            alternatives.iter().filter(|one| **one != requirement).map(|one| named(one)).collect();
        if !others.is_empty() {
            let note =
                format!("{} is used; {} would do too", named(requirement), others.join(" or "));
            scribe.converted_keeping("security", note, "extensions.openapi");
        }
        secured
    }

    /// All schemes of one requirement; none when one of them cannot be done.
    fn met(&self, requirement: &Value, scribe: &mut Scribe<'_>) -> Option<Secured> {
        let mut found = Vec::new();
        for (name, scopes) in entries(requirement) {
            found.push((self.all.iter().find(|one| one.name == name)?, scopes));
        }
        let keys_only = found.iter().filter(|(scheme, _)| scheme.kind != Kind::ApiKey);
        let others = keys_only.filter(|(scheme, _)| scheme.kind != Kind::MutualTls).count();
        if found.is_empty() || others > 1 || found.iter().any(|one| one.0.kind == Kind::Unknown) {
            return None;
        }
        let mut secured = Secured { auth: Auth::None, ..Secured::default() };
        // A key can go beside another scheme as a row; nothing else can.
        found.sort_by_key(|(scheme, _)| scheme.kind == Kind::ApiKey);
        for (scheme, scopes) in found {
            if scheme.kind == Kind::MutualTls {
                let why = "A client certificate is set in the settings of the collection";
                scribe.set_aside(format!("mutualTLS {}", scheme.name), why, "extensions.openapi");
            } else if secured.auth == Auth::None {
                secured.auth = scheme.auth(scopes, scribe)?;
            } else {
                scheme.row(&mut secured);
                let note = format!("{} is a row beside the auth", scheme.name);
                scribe.converted_keeping("security", note, "extensions.openapi");
            }
        }
        Some(secured)
    }
}

impl<'d> Scheme<'d> {
    fn of(name: &'d str, value: &'d Value, taken: &mut HashSet<String>) -> Self {
        let kind = kind(value);
        let mut word = |word: &str| {
            if taken.insert(word.to_owned()) {
                return word.to_owned();
            }
            let long = format!("{}_{word}", snake(name));
            taken.insert(long.clone());
            long
        };
        let (first, second) = match kind {
            Kind::ApiKey => (word(&snake(name)), String::new()),
            Kind::Bearer => (word("token"), String::new()),
            Kind::Basic | Kind::Digest | Kind::Ntlm => (word("username"), word("password")),
            Kind::OAuth2 | Kind::OpenId => (word("client_id"), word("client_secret")),
            _ => (String::new(), String::new()),
        };
        Self { name, value, kind, first, second }
    }

    /// Variables, and whether they are secret.
    fn credentials(&self) -> Vec<(String, bool)> {
        let (first, second) = (self.first.clone(), self.second.clone());
        match self.kind {
            Kind::ApiKey | Kind::Bearer => vec![(first, true)],
            Kind::OAuth2 if self.flow().is_some_and(|flow| flow.0 == "password") => vec![
                (first, false),
                (second, true),
                ("username".to_owned(), false),
                ("password".to_owned(), true),
            ],
            _ => vec![(first, false), (second, true)],
        }
    }

    fn auth(&self, scopes: &Value, scribe: &mut Scribe<'_>) -> Option<Auth> {
        let (first, second) = (braced(&self.first), braced(&self.second));
        Some(match self.kind {
            Kind::ApiKey => Auth::ApiKey {
                key: text(self.value, "name"),
                value: first,
                placement: match text(self.value, "in").as_str() {
                    "query" => ApiKeyPlace::Query,
                    "cookie" => ApiKeyPlace::Cookie,
                    _ => ApiKeyPlace::Header,
                },
            },
            Kind::Basic => Auth::Basic { username: first, password: second },
            Kind::Digest => Auth::Digest { username: first, password: second },
            Kind::Ntlm => Auth::Ntlm { username: first, password: second, domain: String::new() },
            Kind::Negotiate => Auth::Negotiate { service: String::new(), delegate: false },
            Kind::Bearer => Auth::Bearer { token: first },
            Kind::OAuth2 | Kind::OpenId => Auth::OAuth2(Box::new(self.oauth2(scopes, scribe)?)),
            Kind::MutualTls | Kind::Unknown => return None,
        })
    }

    /// The flow that is used, by preference: name and flow object.
    fn flow(&self) -> Option<(&'static str, &'d Value)> {
        let flows = self.value.get("flows")?;
        ["authorizationCode", "clientCredentials", "password", "deviceAuthorization", "implicit"]
            .into_iter()
            .find_map(|name| Some((name, flows.get(name)?)))
    }

    fn oauth2(&self, scopes: &Value, scribe: &mut Scribe<'_>) -> Option<OAuth2> {
        let wanted: Vec<&str> = list(scopes).filter_map(Value::as_str).collect();
        let mut auth = OAuth2 {
            credentials: ClientCredentials {
                client_id: braced(&self.first),
                client_secret: braced(&self.second),
            },
            scope: wanted.join(" "),
            ..OAuth2::default()
        };
        if self.kind == Kind::OpenId {
            let url = text(self.value, "openIdConnectUrl");
            let issuer = url.trim_end_matches("/.well-known/openid-configuration");
            issuer.clone_into(&mut auth.issuer);
            if !wanted.contains(&"openid") {
                let scope = format!("openid {}", auth.scope);
                scope.trim().clone_into(&mut auth.scope);
            }
            return Some(auth);
        }
        let (name, flow) = self.flow()?;
        let others: Vec<_> = self
            .value
            .get("flows")
            .into_iter()
            .flat_map(entries)
            .map(|(other, _)| other.as_str())
            .filter(|other| *other != name && !other.starts_with("x-"))
            .collect();
        if !others.is_empty() {
            let note = format!("The flow {name} is used; there is {} too", others.join(", "));
            scribe.converted_keeping(format!("oauth2 {}", self.name), note, "extensions.openapi");
        }
        auth.flow = match name {
            "clientCredentials" => Flow::ClientCredentials,
            "password" => Flow::ResourceOwnerPasswordCredentials,
            "deviceAuthorization" => Flow::DeviceCode,
            "implicit" => Flow::Implicit,
            _ => Flow::AuthorizationCode,
        };
        if name == "password" {
            auth.resource_owner =
                ResourceOwner { username: braced("username"), password: braced("password") };
        }
        auth.authorization_url = absolute(text(flow, "authorizationUrl"));
        auth.access_token_url = absolute(text(flow, "tokenUrl"));
        auth.refresh_token_url = absolute(text(flow, "refreshUrl"));
        auth.device_authorization_url = absolute(text(flow, "deviceAuthorizationUrl"));
        Some(auth)
    }

    /// The key as a row of a request that has another auth.
    fn row(&self, secured: &mut Secured) {
        let (key, value) = (text(self.value, "name"), braced(&self.first));
        match text(self.value, "in").as_str() {
            "query" => secured.params.push(Param {
                name: key,
                value,
                kind: ParamKind::Query,
                description: String::new(),
                enabled: true,
            }),
            "cookie" => secured.headers.push(Header::new("Cookie", format!("{key}={value}"))),
            _ => secured.headers.push(Header::new(key, value)),
        }
    }
}

fn kind(value: &Value) -> Kind {
    match text(value, "type").as_str() {
        "apiKey" => Kind::ApiKey,
        "oauth2" => Kind::OAuth2,
        "openIdConnect" => Kind::OpenId,
        "mutualTLS" => Kind::MutualTls,
        "http" => match text(value, "scheme").to_ascii_lowercase().as_str() {
            "basic" => Kind::Basic,
            "bearer" => Kind::Bearer,
            "digest" => Kind::Digest,
            "ntlm" => Kind::Ntlm,
            "negotiate" => Kind::Negotiate,
            _ => Kind::Unknown,
        },
        _ => Kind::Unknown,
    }
}

fn braced(name: &str) -> String {
    format!("{{{{{name}}}}}")
}

/// An address that begins with the path of the service.
fn absolute(url: String) -> String {
    if url.starts_with('/') { format!("{{{{base_url}}}}{url}") } else { url }
}
