//! Tokens as people handle them: look at, log in, refresh, revoke, copy, log out.

use std::sync::Arc;
use std::time::Duration;

use errand_auth::SystemClock;
use errand_model::{Auth, Flow, Request};
use errand_oauth::{OAuth1Token, ShownToken, TokenSet, needs_person};
use errand_vault::KeychainState;
use jiff::Timestamp;

use tokio_util::task::AbortOnDropHandle;

use super::credentials::{Definition, Scheme};
use crate::blocking::{blocking, within};
use crate::dispatch::Events;
use crate::errors;
use crate::login::Window;
use crate::session::Session;
use crate::wire::{
    AuthPlace, ClaimsView, CopyToken, Empty, FinishLogin, LogIn, LoginEvent, Revealed, Text,
    TokenState, TokenView, TokenWhich, WireError,
};

/// How long a look at a token waits for the keychain's state.
const PATIENCE: Duration = Duration::from_secs(1);

impl Session {
    pub(crate) async fn token(self: &Arc<Self>, args: AuthPlace) -> Result<TokenView, WireError> {
        // To look at a token is no reason to have the system ask for a password; the secrets in its
        // definition are not asked for either.
        let vault = self.app.vault.clone();
        let (locked, in_session) = blocking(move || {
            let asked = vault.clone();
            let locked = within(PATIENCE, move || asked.state()) == Some(KeychainState::Locked);
            Ok((locked, vault.has_session_tokens()))
        })
        .await?;
        if locked && !in_session {
            let flow = if let Auth::OAuth2(oauth2) = &args.auth { Some(oauth2.flow) } else { None };
            return Ok(out_of_sight(flow.is_none_or(needs_person)));
        }
        let definition = self.definition_at(args).await?;
        if locked && !self.app.vault.is_token_session_only(&definition.key.text()) {
            return Ok(out_of_sight(definition.needs_person()));
        }
        Ok(self.token_view(&definition, None).await)
    }

    pub(crate) async fn log_in(
        self: &Arc<Self>,
        args: LogIn,
        events: Events<LoginEvent>,
    ) -> Result<TokenView, WireError> {
        let cancel = self.register(&args.login)?;
        let login = args.login.clone();
        let session = self.clone();
        // A task of its own: whoever cancels does not wait for a keychain.
        let work = tokio::spawn(async move { session.log_in_with(args, events).await });
        let result = tokio::select! {
            biased;
            () = cancel.cancelled() => Err(WireError::new("cancelled", "The login was cancelled.")),
            result = AbortOnDropHandle::new(work) => {
                result.unwrap_or_else(|_| Err(errors::broken()))
            }
        };
        self.unregister(&login);
        self.app.logins.forget(&login);
        result
    }

    async fn log_in_with(
        self: &Arc<Self>,
        args: LogIn,
        events: Events<LoginEvent>,
    ) -> Result<TokenView, WireError> {
        let definition = self.definition_at(args.place).await?;
        if let Some(url) = definition.first_url()
            && let Some(url) = self.app.playground.start_for(&url).await
        {
            self.tell(&crate::wire::WorkspaceEvent::Playground { url });
        }
        let tell = events.clone();
        let window = Window::new(
            args.login,
            self.app.logins.clone(),
            Arc::new(move |event| tell.send(&event)),
        );
        let ports = definition.ports(Some(&window));
        let tokens = &self.app.tokens.tokens;
        let result = match &definition.scheme {
            Scheme::OAuth2(oauth2) => tokens.login(&definition.key, oauth2, &ports).await.map(drop),
            Scheme::OAuth1(oauth1) => {
                tokens.oauth1_login(&definition.key, oauth1, &ports).await.map(drop)
            }
        };
        self.app.tokens.remember(&definition.key, &definition.http);
        for hop in definition.http.hops() {
            events.send(&LoginEvent::Hop { hop: Box::new(hop) });
        }
        result.map_err(|error| errors::oauth(&error))?;
        Ok(self.token_view(&definition, None).await)
    }

    pub(crate) async fn finish_login(&self, args: FinishLogin) -> Result<Empty, WireError> {
        self.app.logins.finish(&args.login, &args.url)?;
        Ok(Empty {})
    }

    pub(crate) async fn refresh_token(
        self: &Arc<Self>,
        args: AuthPlace,
    ) -> Result<TokenView, WireError> {
        let definition = self.definition_at(args).await?;
        let Scheme::OAuth2(oauth2) = &definition.scheme else {
            return Err(not_for_oauth1("refreshed"));
        };
        let ports = definition.ports(None);
        let tokens = &self.app.tokens.tokens;
        // Without a refresh token, a flow that needs nobody gets a new one.
        let has_refresh =
            self.kept(&definition).await?.is_some_and(|set| set.refresh_token.is_some());
        let result = if has_refresh || needs_person(oauth2.flow) {
            tokens.refresh(&definition.key, oauth2, &ports).await
        } else {
            tokens.login(&definition.key, oauth2, &ports).await
        };
        self.app.tokens.remember(&definition.key, &definition.http);
        let problem = result.err().map(|error| errors::oauth(&error));
        Ok(self.token_view(&definition, problem).await)
    }

    pub(crate) async fn revoke_token(
        self: &Arc<Self>,
        args: AuthPlace,
    ) -> Result<TokenView, WireError> {
        let definition = self.definition_at(args).await?;
        let Scheme::OAuth2(oauth2) = &definition.scheme else {
            return Err(not_for_oauth1("revoked"));
        };
        let ports = definition.ports(None);
        let result = self.app.tokens.tokens.revoke(&definition.key, oauth2, &ports).await;
        self.app.tokens.remember(&definition.key, &definition.http);
        result.map_err(|error| errors::oauth(&error))?;
        Ok(self.token_view(&definition, None).await)
    }

    pub(crate) async fn introspect_token(
        self: &Arc<Self>,
        args: AuthPlace,
    ) -> Result<Text, WireError> {
        let definition = self.definition_at(args).await?;
        let Scheme::OAuth2(oauth2) = &definition.scheme else {
            return Err(not_for_oauth1("introspected"));
        };
        let ports = definition.ports(None);
        let result = self.app.tokens.tokens.introspect(&definition.key, oauth2, &ports).await;
        self.app.tokens.remember(&definition.key, &definition.http);
        let answer = result.map_err(|error| errors::oauth(&error))?;
        Ok(Text { text: serde_json::to_string_pretty(&answer).unwrap_or_default() })
    }

    pub(crate) async fn log_out(self: &Arc<Self>, args: AuthPlace) -> Result<TokenView, WireError> {
        let definition = self.definition_at(args).await?;
        let (app, key) = (self.app.clone(), definition.key.clone());
        blocking(move || app.tokens.tokens.logout(&key).map_err(|error| errors::oauth(&error)))
            .await?;
        Ok(self.token_view(&definition, None).await)
    }

    pub(crate) async fn copy_token(
        self: &Arc<Self>,
        args: CopyToken,
    ) -> Result<Revealed, WireError> {
        let definition = self.definition_at(args.place).await?;
        let missing =
            || WireError::new("no-token", "There is no such token.").hint("Log in, then copy it.");
        let secret = match &definition.scheme {
            Scheme::OAuth2(_) => {
                let set = self.kept(&definition).await?.ok_or_else(missing)?;
                match args.which {
                    TokenWhich::Access => Some(set.access_token),
                    TokenWhich::Refresh => set.refresh_token,
                    TokenWhich::Id => set.id_token,
                }
            }
            Scheme::OAuth1(_) => self.kept_oauth1(&definition).await?.map(|token| token.token),
        };
        Ok(Revealed { value: secret.ok_or_else(missing)?.expose().to_owned() })
    }

    async fn kept(&self, definition: &Definition) -> Result<Option<TokenSet>, WireError> {
        let (app, key) = (self.app.clone(), definition.key.clone());
        blocking(move || {
            let kept = app.tokens.tokens.state(&key, &SystemClock);
            kept.map_err(|error| errors::oauth(&error))
        })
        .await
    }

    async fn kept_oauth1(&self, definition: &Definition) -> Result<Option<OAuth1Token>, WireError> {
        let (app, key) = (self.app.clone(), definition.key.clone());
        blocking(move || {
            let kept = app.tokens.tokens.oauth1_state(&key);
            kept.map_err(|error| errors::oauth(&error))
        })
        .await
    }

    /// The definition that a place has or inherits.
    async fn definition_at(self: &Arc<Self>, place: AuthPlace) -> Result<Definition, WireError> {
        let session = self.clone();
        blocking(move || {
            let request = Request { auth: place.auth, ..place.request.unwrap_or_default() };
            let around = session.around(&place.path, &request, &[], None)?;
            let settings = session.app.engine_settings();
            let plan = around.plan(request, settings, false, false);
            session.definition(&plan, session.environment())?.ok_or_else(|| {
                WireError::new("no-flow", "This auth has no token that could be fetched.")
                    .hint("Choose OAuth 2.0, or OAuth 1.0 with an access token URL.")
            })
        })
        .await
    }

    async fn token_view(
        self: &Arc<Self>,
        definition: &Definition,
        problem: Option<WireError>,
    ) -> TokenView {
        let hops = self.app.tokens.flow(&definition.key).map(|flow| flow.hops());
        let mut view = TokenView { hops: hops.unwrap_or_default(), problem, ..empty() };
        match &definition.scheme {
            Scheme::OAuth1(_) => {
                view.needs_person = true;
                match self.kept_oauth1(definition).await {
                    Ok(Some(_)) => {
                        view.state = TokenState::Valid;
                        "OAuth 1.0".clone_into(&mut view.token_type);
                    }
                    Ok(None) => {}
                    Err(error) => unknown(&mut view, error),
                }
            }
            Scheme::OAuth2(oauth2) => {
                view.needs_person = needs_person(oauth2.flow);
                view.can_revoke = !oauth2.revocation_url.is_empty() || !oauth2.issuer.is_empty();
                view.can_introspect =
                    !oauth2.introspection_url.is_empty() || !oauth2.issuer.is_empty();
                match self.kept(definition).await {
                    Ok(Some(set)) => {
                        view.session_only =
                            self.app.vault.is_token_session_only(&definition.key.text());
                        describe(&mut view, set, oauth2.flow);
                    }
                    Ok(None) => {}
                    Err(error) => unknown(&mut view, error),
                }
            }
        }
        view
    }
}

fn not_for_oauth1(done: &str) -> WireError {
    WireError::new("oauth1", format!("An OAuth 1.0 token cannot be {done}."))
        .hint("Log out here, and take the access back at the provider.")
}

fn empty() -> TokenView {
    TokenView {
        state: TokenState::None,
        token_type: String::new(),
        scopes: Vec::new(),
        obtained_at: None,
        expires_at: None,
        session_only: false,
        needs_person: false,
        can_refresh: false,
        can_revoke: false,
        can_introspect: false,
        access_claims: None,
        id_claims: None,
        problem: None,
        hops: Vec::new(),
    }
}

/// What is known of a token in a keychain that is locked.
fn out_of_sight(needs_person: bool) -> TokenView {
    let mut view = TokenView { needs_person, ..empty() };
    let error = errors::vault(&errand_vault::Error::Locked);
    unknown(&mut view, error.hint("Log in, refresh or send to have it unlocked."));
    view
}

fn unknown(view: &mut TokenView, error: WireError) {
    view.state = TokenState::Unknown;
    view.problem = Some(error);
}

fn describe(view: &mut TokenView, set: TokenSet, flow: Flow) {
    let claims = set.claims();
    view.state =
        if set.is_expired(Timestamp::now()) { TokenState::Expired } else { TokenState::Valid };
    view.access_claims = claims.access.as_ref().map(shown);
    view.id_claims = claims.id.as_ref().map(shown);
    view.obtained_at = Some(set.obtained_at.to_string());
    view.expires_at = set.expires_at.map(|end| end.to_string());
    view.can_refresh = set.refresh_token.is_some() || !needs_person(flow);
    view.token_type = set.token_type;
    view.scopes = set.scopes;
    if let Some(warning) = set.warnings.first() {
        view.problem = view.problem.take().or_else(|| Some(WireError::new("token", warning)));
    }
}

fn shown(token: &ShownToken) -> ClaimsView {
    let content = serde_json::json!({ "header": token.header, "claims": token.claims });
    ClaimsView {
        json: serde_json::to_string_pretty(&content).unwrap_or_default(),
        checked: token.unverified.is_none(),
        note: token.unverified.clone().unwrap_or_else(|| "The signature was checked.".to_owned()),
    }
}
