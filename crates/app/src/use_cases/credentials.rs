//! Credentials that must be had before a request can be sent: OAuth tokens.

use std::sync::Arc;

use errand_auth::{Secret, SystemClock};
use errand_engine::Settings;
use errand_model::{Auth, OAuth1, OAuth2};
use errand_oauth::{
    Browser, Fetch, Ports, TokenKey, TokenSet, Tokens, definition_id, oauth1_definition_id,
};
use errand_runner::{Filled, Plan, Supplied, effective_auth, fill};

use super::Order;
use tokio_util::task::AbortOnDropHandle;

use crate::App;
use crate::blocking::blocking;
use crate::errors;
use crate::login::FlowHttp;
use crate::session::{Session, lock};
use crate::wire::WireError;

/// What a process knows of tokens besides what the keychain holds.
pub(crate) struct TokenDesk {
    pub tokens: Tokens,
    /// The requests of the last flow of each token, for the inspector.
    flows: std::sync::Mutex<std::collections::HashMap<String, FlowHttp>>,
}

impl TokenDesk {
    pub fn new(tokens: Tokens) -> Self {
        Self { tokens, flows: std::sync::Mutex::default() }
    }

    /// Keeps what a flow sent, when it sent something.
    pub fn remember(&self, key: &TokenKey, http: &FlowHttp) {
        if http.count() > 0 {
            lock(&self.flows).insert(key.text(), http.clone());
        }
    }

    pub fn flow(&self, key: &TokenKey) -> Option<FlowHttp> {
        lock(&self.flows).get(&key.text()).cloned()
    }
}

/// A definition of an OAuth token, every field resolved, with what its flow needs.
pub(crate) struct Definition {
    pub scheme: Scheme,
    pub key: TokenKey,
    pub http: FlowHttp,
}

pub(crate) enum Scheme {
    OAuth2(Box<OAuth2>),
    OAuth1(Box<OAuth1>),
}

impl Session {
    /// The token's signer, when the request goes out with one. Nobody is asked for it.
    pub(super) async fn supplied(
        self: &Arc<Self>,
        order: &Arc<Order>,
    ) -> Result<Option<Supplied>, WireError> {
        if !needs_token(effective_auth(&order.plan.request, &order.plan.levels).0) {
            return Ok(None);
        }
        let (session, ordered) = (self.clone(), order.clone());
        let definition =
            blocking(move || session.definition(&ordered.plan, ordered.environment.clone()))
                .await?;
        let Some(definition) = definition else { return Ok(None) };
        if let Some(url) = definition.first_url()
            && let Some(url) = self.app.playground.start_for(&url).await
        {
            self.tell(&crate::wire::WorkspaceEvent::Playground { url });
        }
        // A task of its own: whoever cancels does not wait for a keychain.
        let app = self.app.clone();
        let fetching = tokio::spawn(async move {
            let supplied = app.supply(&definition).await;
            app.tokens.remember(&definition.key, &definition.http);
            supplied
        });
        AbortOnDropHandle::new(fetching)
            .await
            .map_err(|_| errors::broken())?
            .map(Some)
            .map_err(|error| with_way(error, order))
    }

    /// The definition in force in a plan; none when it has a fixed token or none at all. Blocks.
    pub(crate) fn definition(
        &self,
        plan: &Plan,
        environment: Option<String>,
    ) -> Result<Option<Definition>, WireError> {
        let Filled { auth, masks, identities, .. } =
            fill(plan).map_err(|error| errors::runner(&error))?;
        let (scheme, definition) = match auth {
            Auth::OAuth2(oauth2) => {
                let id = definition_id(&oauth2);
                (Scheme::OAuth2(oauth2), id)
            }
            Auth::OAuth1(oauth1) if three_legged(&oauth1) => {
                let id = oauth1_definition_id(&oauth1);
                (Scheme::OAuth1(oauth1), id)
            }
            _ => return Ok(None),
        };
        let settings = Settings { identities, ..plan.settings.clone() };
        Ok(Some(Definition {
            scheme,
            key: TokenKey { workspace: self.workspace_id(), environment, definition },
            http: FlowHttp::new(self.app.engine.clone(), &settings, masks),
        }))
    }
}

impl Definition {
    pub fn ports<'a>(&'a self, browser: Option<&'a dyn Browser>) -> Ports<'a> {
        Ports { http: &self.http, browser, clock: &SystemClock }
    }

    /// Whether somebody must consent before there is a token.
    pub fn needs_person(&self) -> bool {
        match &self.scheme {
            Scheme::OAuth2(oauth2) => errand_oauth::needs_person(oauth2.flow),
            Scheme::OAuth1(_) => true,
        }
    }

    /// Where its flow begins, so that the playground is there when it begins there.
    pub fn first_url(&self) -> Option<String> {
        let urls = match &self.scheme {
            Scheme::OAuth2(oauth2) => {
                vec![&oauth2.issuer, &oauth2.authorization_url, &oauth2.access_token_url]
            }
            Scheme::OAuth1(oauth1) => vec![&oauth1.request_token_url],
        };
        urls.into_iter().find(|url| !url.is_empty()).cloned()
    }
}

impl App {
    async fn supply(&self, definition: &Definition) -> Result<Supplied, WireError> {
        let ports = definition.ports(None);
        let clock: Arc<SystemClock> = Arc::new(SystemClock);
        match &definition.scheme {
            Scheme::OAuth2(oauth2) => {
                let set = self
                    .tokens
                    .tokens
                    .token(&definition.key, oauth2, &ports, Fetch::Silent)
                    .await
                    .map_err(|error| errors::oauth(&error))?;
                let signer = self
                    .tokens
                    .tokens
                    .signer(oauth2, &set, clock)
                    .map_err(|error| errors::oauth(&error))?;
                Ok(Supplied { signer, secrets: secrets_of(&set), warnings: set.warnings, apart: 0 })
            }
            Scheme::OAuth1(oauth1) => {
                let token = self
                    .tokens
                    .tokens
                    .oauth1(&definition.key, oauth1, &ports, Fetch::Silent)
                    .await
                    .map_err(|error| errors::oauth(&error))?;
                let filled = Auth::OAuth1(Box::new(token.apply(oauth1)));
                let signer = errand_auth::signer(&filled, &errand_auth::Surroundings::default())
                    .map_err(|error| errors::oauth(&error.into()))?
                    .ok_or_else(|| errors::oauth(&errand_auth::Error::NoToken.into()))?;
                let secrets = vec![
                    (token.token, "{{access_token}}".to_owned()),
                    (token.secret, "{{access_token_secret}}".to_owned()),
                ];
                Ok(Supplied { signer, secrets, warnings: Vec::new(), apart: 0 })
            }
        }
    }
}

/// Where to log in, when that is what is missing.
fn with_way(error: WireError, order: &Order) -> WireError {
    if error.code != "login-needed" {
        return error;
    }
    let path = order.path.as_deref().unwrap_or(".");
    let environment =
        order.environment.as_ref().map(|name| format!(" -e \"{name}\"")).unwrap_or_default();
    error
        .hint(format!("Log in in the Auth tab, or with: errand auth login \"{path}\"{environment}"))
}

/// Whether a scheme's token is had by a flow.
fn needs_token(auth: &Auth) -> bool {
    match auth {
        Auth::OAuth2(_) => true,
        Auth::OAuth1(oauth1) => three_legged(oauth1),
        _ => false,
    }
}

/// Whether the token of OAuth 1 is had by the three-legged flow rather than given.
fn three_legged(oauth1: &OAuth1) -> bool {
    !oauth1.access_token_url.trim().is_empty() && oauth1.access_token.trim().is_empty()
}

/// Everything in a set that must not be seen, each with what is shown for it.
pub(crate) fn secrets_of(set: &TokenSet) -> Vec<(Secret, String)> {
    let named = [
        (Some(&set.access_token), "{{access_token}}"),
        (set.refresh_token.as_ref(), "{{refresh_token}}"),
        (set.id_token.as_ref(), "{{id_token}}"),
    ];
    named
        .into_iter()
        .filter_map(|(secret, shown)| Some((secret?.clone(), shown.to_owned())))
        .collect()
}
