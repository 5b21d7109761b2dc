//! `JetBrains`' `Security` blocks of environments: OAuth 2.0 by a name that requests refer to.

use std::collections::BTreeMap;

use errand_model::{
    Auth, ClientAuthentication, ClientCredentials, Flow, OAuth2, Pkce, ResourceOwner, TokenConfig,
    TokenKind, TokenPlacement, Variable,
};
use serde_json::Value;

/// Ways to sign in by name.
#[derive(Default)]
pub(super) struct Security {
    known: BTreeMap<String, OAuth2>,
}

impl Security {
    /// Takes the `Security` object of an environment. Returns the secret variables that it needs, and
    /// names that were known already with other fields.
    pub fn add(&mut self, block: &Value) -> (Vec<Variable>, Vec<String>) {
        let (mut variables, mut differing) = (Vec::new(), Vec::new());
        for (name, fields) in block["Auth"].as_object().into_iter().flatten() {
            let mut made = oauth2(fields);
            for (field, word, of) in [
                ("Client Secret", "client_secret", &mut made.credentials.client_secret),
                ("Password", "password", &mut made.resource_owner.password),
            ] {
                let Some(value) = fields[field].as_str().filter(|value| !value.is_empty()) else {
                    continue;
                };
                if value.starts_with("{{") && value.ends_with("}}") {
                    value.clone_into(of);
                    continue;
                }
                let variable = format!("{name}_{word}");
                *of = format!("{{{{{variable}}}}}");
                variables.push(Variable { secret: true, ..Variable::new(variable, value) });
            }
            let before = self.known.entry(name.clone()).or_insert_with(|| made.clone());
            if *before != made {
                differing.push(name.clone());
            }
        }
        (variables, differing)
    }

    /// The auth that an Authorization header with `{{$auth.token("name")}}` means.
    pub fn of_header(&self, value: &str) -> Option<Auth> {
        let (before, rest) = value.split_once("{{$auth.")?;
        let (kind, rest) = rest.split_once('(')?;
        let name = rest.split(')').next()?.trim_matches(['"', '\'', ' ']);
        let mut auth = self.known.get(name)?.clone();
        if kind == "idToken" {
            auth.token_config.source = TokenKind::IdToken;
        }
        before.trim().clone_into(&mut auth.header_prefix);
        if auth.header_prefix.eq_ignore_ascii_case("bearer") {
            auth.header_prefix.clear();
        }
        Some(Auth::OAuth2(Box::new(auth)))
    }
}

fn oauth2(fields: &Value) -> OAuth2 {
    let text = |key: &str| fields[key].as_str().unwrap_or_default().to_owned();
    let flow = match text("Grant Type").as_str() {
        "Client Credentials" => Flow::ClientCredentials,
        "Password" => Flow::ResourceOwnerPasswordCredentials,
        "Implicit" => Flow::Implicit,
        "Device Authorization" => Flow::DeviceCode,
        _ => Flow::AuthorizationCode,
    };
    let client_authentication = match text("Client Credentials").as_str() {
        "in body" => ClientAuthentication::Post,
        "none" => ClientAuthentication::None,
        _ => ClientAuthentication::Basic,
    };
    let scope = match &fields["Scope"] {
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
        other => other.as_str().unwrap_or_default().to_owned(),
    };
    OAuth2 {
        flow,
        client_authentication,
        scope,
        authorization_url: text("Auth URL"),
        access_token_url: text("Token URL"),
        device_authorization_url: text("Device Auth URL"),
        callback_url: text("Redirect URL"),
        audience: text("Audience"),
        credentials: ClientCredentials {
            client_id: text("Client ID"),
            client_secret: String::new(),
        },
        resource_owner: ResourceOwner { username: text("Username"), password: String::new() },
        // JetBrains leaves it out unless asked.
        pkce: Pkce {
            disabled: flow == Flow::AuthorizationCode
                && fields["PKCE"].as_bool() != Some(true)
                && !fields["PKCE"].is_object(),
            method: String::new(),
        },
        token_config: TokenConfig {
            id: String::new(),
            placement: TokenPlacement::default(),
            source: TokenKind::AccessToken,
        },
        ..OAuth2::default()
    }
}
