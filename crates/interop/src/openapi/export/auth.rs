//! Auth as security schemes and requirements.

use errand_model::{ApiKeyPlace, Auth, Flow, OAuth2};
use serde_json::{Map, Value, json};

use super::super::document::Document;
use super::super::operation::Context;
use crate::{Receipt, Scribe};

/// The schemes of a description, and those that requests add.
pub(super) struct Securing<'d> {
    known: Option<&'d Map<String, Value>>,
    new: Vec<(String, Value)>,
}

impl<'d> Securing<'d> {
    pub fn of(document: &'d Document) -> Self {
        let components = document.root.get("components");
        let known =
            components.and_then(|all| all.get("securitySchemes")).and_then(Value::as_object);
        Self { known, new: Vec::new() }
    }

    /// The `security` of an operation; none where it is the description's own.
    pub fn security(
        &mut self,
        own: &Auth,
        inherited: &Auth,
        scribe: &mut Scribe<'_>,
    ) -> Option<Value> {
        let auth = if *own == Auth::Inherit { inherited } else { own };
        match auth {
            Auth::Inherit => None,
            Auth::None => Some(json!([])),
            auth => self.requirement(auth, scribe),
        }
    }

    fn requirement(&mut self, auth: &Auth, scribe: &mut Scribe<'_>) -> Option<Value> {
        let Some((name, scheme)) = scheme(auth) else {
            let why = "A description has no word for it";
            scribe.not_carried(format!("auth {}", auth.scheme()), why);
            return None;
        };
        let scopes: Vec<&str> = match auth {
            Auth::OAuth2(oauth) => oauth.scope.split_whitespace().collect(),
            _ => Vec::new(),
        };
        let name = self.place(name, scheme);
        Some(json!([{ name: scopes }]))
    }

    /// The name of a scheme, added where it is not there yet.
    fn place(&mut self, name: &str, scheme: Value) -> String {
        let known = self.known.into_iter().flatten();
        let all: Vec<(&String, &Value)> =
            known.chain(self.new.iter().map(|(name, value)| (name, value))).collect();
        if let Some(found) = all.iter().find(|one| alike(one.1, &scheme)) {
            return found.0.clone();
        }
        let mut chosen = name.to_owned();
        let mut number = 2;
        while all.iter().any(|one| *one.0 == chosen) {
            chosen = format!("{name}{number}");
            number += 1;
        }
        self.new.push((chosen.clone(), scheme));
        chosen
    }

    /// Writes the schemes, and the security of the whole when it is not what the description says.
    pub fn finish(
        mut self,
        root: &mut Value,
        defaults: &Auth,
        context: &Context<'_>,
        receipt: &mut Receipt,
    ) {
        let mut unread = Receipt::default();
        let was =
            root.get("security").map(|all| context.schemes.secured(all, &mut unread.at("")).auth);
        if was.unwrap_or_default() != *defaults {
            match self.security(defaults, &Auth::Inherit, &mut receipt.at("")) {
                Some(security) => root["security"] = security,
                None => {
                    root.as_object_mut().map(|root| root.shift_remove("security"));
                }
            }
        }
        if self.new.is_empty() {
            return;
        }
        let Value::Object(root) = root else { return };
        let components = root.entry("components").or_insert_with(|| json!({}));
        let Value::Object(components) = components else { return };
        if let Value::Object(schemes) =
            components.entry("securitySchemes").or_insert_with(|| json!({}))
        {
            schemes.extend(self.new);
        }
    }
}

/// Whether two schemes are the same but for words and scopes.
fn alike(a: &Value, b: &Value) -> bool {
    let told = |value: &Value| {
        let mut value = value.clone();
        if let Value::Object(object) = &mut value {
            object.retain(|key, _| {
                !key.starts_with("x-") && !["description", "bearerFormat"].contains(&key.as_str())
            });
            for flow in object.get_mut("flows").and_then(Value::as_object_mut).into_iter().flatten()
            {
                flow.1.as_object_mut().map(|flow| flow.shift_remove("scopes"));
            }
        }
        value
    };
    told(a) == told(b)
}

fn scheme(auth: &Auth) -> Option<(&'static str, Value)> {
    let http = |scheme: &str| json!({ "type": "http", "scheme": scheme });
    Some(match auth {
        Auth::Basic { .. } => ("basic", http("basic")),
        Auth::Bearer { .. } => ("bearer", http("bearer")),
        Auth::Digest { .. } => ("digest", http("digest")),
        Auth::Negotiate { .. } => ("negotiate", http("negotiate")),
        Auth::Jwt(_) => {
            ("bearer", json!({ "type": "http", "scheme": "bearer", "bearerFormat": "JWT" }))
        }
        Auth::ApiKey { key, placement, .. } => {
            let place = match placement {
                ApiKeyPlace::Header => "header",
                ApiKeyPlace::Query => "query",
                ApiKeyPlace::Cookie => "cookie",
            };
            ("apiKey", json!({ "type": "apiKey", "in": place, "name": key }))
        }
        Auth::OAuth2(oauth) => ("oauth2", oauth2(oauth)?),
        _ => return None,
    })
}

fn oauth2(oauth: &OAuth2) -> Option<Value> {
    let plain = |url: &str| url.replace("{{base_url}}", "");
    if !oauth.issuer.is_empty() && oauth.access_token_url.is_empty() {
        let url =
            format!("{}/.well-known/openid-configuration", oauth.issuer.trim_end_matches('/'));
        return Some(json!({ "type": "openIdConnect", "openIdConnectUrl": url }));
    }
    let name = match oauth.flow {
        Flow::AuthorizationCode => "authorizationCode",
        Flow::ClientCredentials => "clientCredentials",
        Flow::ResourceOwnerPasswordCredentials => "password",
        Flow::Implicit => "implicit",
        _ => return None,
    };
    let mut flow = Map::new();
    for (key, url, wanted) in [
        (
            "authorizationUrl",
            &oauth.authorization_url,
            ["authorizationCode", "implicit"].contains(&name),
        ),
        ("tokenUrl", &oauth.access_token_url, name != "implicit"),
        ("refreshUrl", &oauth.refresh_token_url, !oauth.refresh_token_url.is_empty()),
    ] {
        if wanted {
            flow.insert(key.to_owned(), json!(plain(url)));
        }
    }
    let scopes: Map<_, _> =
        oauth.scope.split_whitespace().map(|scope| (scope.to_owned(), json!(""))).collect();
    flow.insert("scopes".to_owned(), Value::Object(scopes));
    Some(json!({ "type": "oauth2", "flows": { name: flow } }))
}
