//! The authenticator at work: when it is asked, and how often.

use crate::additions::{self, Added};
use crate::authenticate::{Again, Authenticator, Unsent};
use crate::error::Error;
use crate::outcome::ResponseHead;
use crate::prepare::Plan;
use crate::redirect::Step;
use crate::settings::{HttpVersion, Settings};

/// How often a challenge is answered before it stands.
const MAX_ROUNDS: u32 = 5;

/// The authenticator of an exchange, if it has one.
#[derive(Default)]
pub(crate) struct Authorization {
    authenticator: Option<Box<dyn Authenticator>>,
    own_connection: bool,
    /// Whether a request has gone out over the connection of its own.
    spoken: bool,
    rounds: u32,
    pub(crate) added: Added,
    /// Why challenges were not met.
    pub(crate) notes: Vec<String>,
}

impl Authorization {
    pub(crate) fn new(authenticator: Option<Box<dyn Authenticator>>) -> Self {
        let own_connection = authenticator.as_ref().is_some_and(|it| it.needs_one_connection());
        Self { authenticator, own_connection, ..Self::default() }
    }

    /// Whether `step` is authorized: it is for the first request's origin, and so were all before.
    fn covers(&self, step: &Step, settings: &Settings) -> bool {
        self.authenticator.is_some() && (!step.left_origin || settings.forward_authorization)
    }

    /// Whether `step` has a connection of its own.
    pub(crate) fn owns_connection(&self, step: &Step, settings: &Settings) -> bool {
        self.own_connection && self.covers(step, settings)
    }

    /// The settings that `step` is sent with: an identity proven to a connection is HTTP/1's.
    pub(crate) fn settings(&self, step: &Step, settings: &Settings) -> Settings {
        let mut settings = settings.clone();
        if self.owns_connection(step, &settings) {
            settings.version = HttpVersion::Http1;
        }
        settings
    }

    /// Tells that the next request of its own connection goes over a new one.
    pub(crate) fn connection_opens(&mut self) {
        if let (true, Some(authenticator)) = (self.spoken, &mut self.authenticator) {
            authenticator.connection_lost();
        }
        self.spoken = true;
    }

    /// Puts the credentials onto what `step` sends.
    pub(crate) async fn authorize(
        &mut self,
        step: &Step,
        settings: &Settings,
        plan: &mut Plan,
    ) -> Result<(), Error> {
        if !self.covers(step, settings) {
            return Ok(());
        }
        let Some(authenticator) = &mut self.authenticator else { return Ok(()) };
        let unsent = Unsent {
            method: &step.method,
            url: &step.url,
            headers: &plan.headers,
            body: &step.body,
        };
        let authorized = authenticator
            .authorize(unsent)
            .await
            .map_err(|failure| Error::Auth { message: failure.message })?;
        self.added.remember(&authorized);
        additions::apply(authorized, plan).await
    }

    /// Whether `head` asks to send the same step again, and may.
    pub(crate) fn repeats(
        &mut self,
        step: &Step,
        settings: &Settings,
        head: &ResponseHead,
    ) -> bool {
        if !self.covers(step, settings) {
            return false;
        }
        let Some(authenticator) = &mut self.authenticator else { return false };
        match authenticator.challenged(head) {
            Ok(Again::No) => false,
            Ok(Again::Yes) if self.rounds < MAX_ROUNDS => {
                self.rounds += 1;
                true
            }
            Ok(Again::Yes) => {
                self.notes.push(format!(
                    "The server asked for credentials again after {MAX_ROUNDS} tries; its last answer stands."
                ));
                false
            }
            Err(failure) => {
                self.notes.push(failure.message);
                false
            }
        }
    }

    /// A redirect leads on: challenges are counted anew.
    pub(crate) fn next_step(&mut self, left_origin: bool) {
        self.rounds = 0;
        if left_origin {
            self.spoken = false;
            self.added = Added::default();
        }
    }
}
