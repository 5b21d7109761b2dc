//! What a server does with credentials of several kinds: the valid one, none, wrong ones, another
//! environment's.

use std::sync::Arc;

use errand_model::{Auth, Request};
use errand_runner::{Flaw, Spoiled, Supplied, can_expire, effective_auth, fill, own};
use tokio_util::sync::CancellationToken;

use super::Order;
use crate::blocking::blocking;
use crate::dispatch::{EventSink, Events};
use crate::errors;
use crate::literals::is_credential_name;
use crate::session::Session;
use crate::wire::{
    AuthCheck, AuthCheckRow, AuthVariant, AuthVerdict, CheckAuth, Exchange, WireError,
};

/// In the order they are sent.
const VARIANTS: [AuthVariant; 6] = [
    AuthVariant::Valid,
    AuthVariant::Nothing,
    AuthVariant::Wrong,
    AuthVariant::Tampered,
    AuthVariant::Expired,
    AuthVariant::OtherEnvironment,
];

/// What becomes of a variant before it is sent.
enum Made {
    Order(Box<Order>, Option<Supplied>),
    /// There is no such credential, and why.
    Skipped(String),
}

impl Session {
    /// Sends a request once with each kind of credential, one after the other.
    pub async fn check_auth(
        self: &Arc<Self>,
        args: CheckAuth,
        rows: Events<AuthCheckRow>,
    ) -> Result<AuthCheck, WireError> {
        let cancel = self.register(&args.exchange)?;
        let result = self.check_each(&args, &rows, &cancel).await;
        self.unregister(&args.exchange);
        result
    }

    /// The same for a face without a table of commands; each row goes to `report`.
    pub async fn check_auth_of(
        self: &Arc<Self>,
        args: CheckAuth,
        report: EventSink,
    ) -> Result<AuthCheck, WireError> {
        self.check_auth(args, report.typed()).await
    }

    async fn check_each(
        self: &Arc<Self>,
        args: &CheckAuth,
        events: &Events<AuthCheckRow>,
        cancel: &CancellationToken,
    ) -> Result<AuthCheck, WireError> {
        let mut check = AuthCheck { rows: Vec::new(), holes: 0 };
        let mut valid = None;
        for variant in VARIANTS {
            if variant == AuthVariant::OtherEnvironment && args.other_environment.is_none() {
                continue;
            }
            let row = match self.made(args, variant).await? {
                Made::Skipped(note) => skipped(args, variant, note),
                Made::Order(order, supplied) => {
                    let result =
                        self.run_with(*order, supplied, &EventSink::none().typed(), cancel).await;
                    let exchange = match result {
                        Ok(exchange) => exchange,
                        // Without the valid credential there is nothing to compare with.
                        Err(error) if variant == AuthVariant::Valid => return Err(error),
                        Err(error) => {
                            let row = skipped(args, variant, error.message);
                            events.send(&row);
                            check.rows.push(row);
                            continue;
                        }
                    };
                    if variant == AuthVariant::Valid {
                        valid = exchange.status;
                    }
                    judged(args, variant, exchange, valid)
                }
            };
            check.holes += u32::from(row.verdict == AuthVerdict::Hole);
            events.send(&row);
            check.rows.push(row);
            if cancel.is_cancelled() {
                break;
            }
        }
        Ok(check)
    }

    /// The request with one kind of credential.
    async fn made(
        self: &Arc<Self>,
        args: &CheckAuth,
        variant: AuthVariant,
    ) -> Result<Made, WireError> {
        let (session, request, path) = (self.clone(), args.request.clone(), args.path.clone());
        let name = format!("{} {variant:?}", args.exchange);
        let other = args.other_environment.clone();
        let order = blocking(move || {
            let mut order =
                session.order_in(&name, path.clone(), request.clone(), session.environment())?;
            if matches!(order.plan.request.auth, Auth::Inherit) {
                let (auth, _) = effective_auth(&order.plan.request, &order.plan.levels);
                order.plan.request.auth = auth.clone();
            }
            if order.plan.request.auth == Auth::None && typed(&order.plan.request).is_none() {
                return Err(WireError::new("no-auth", "The request has no credentials to check.")
                    .hint("Choose a scheme in the Auth tab first."));
            }
            match variant {
                AuthVariant::Nothing => {
                    let request = &mut order.plan.request;
                    request.auth = Auth::None;
                    request.headers.retain(|header| !is_credential_name(&header.name));
                    for level in &mut order.plan.levels {
                        level.defaults.headers.retain(|row| !is_credential_name(&row.name));
                    }
                }
                AuthVariant::OtherEnvironment => {
                    // Their credentials, this one's server.
                    let theirs = session.order_in(&name, path, request, other.clone())?;
                    let filled = fill(&theirs.plan).map_err(|error| errors::runner(&error))?;
                    order.plan.request.auth = filled.auth;
                    order.environment = other;
                }
                _ => {}
            }
            Ok(order)
        })
        .await?;
        let flaw = match variant {
            AuthVariant::Wrong => Flaw::Wrong,
            AuthVariant::Tampered => Flaw::Tampered,
            AuthVariant::Expired => Flaw::Expired,
            AuthVariant::Valid | AuthVariant::Nothing => {
                return Ok(Made::Order(Box::new(order), None));
            }
            AuthVariant::OtherEnvironment => {
                return Ok(if order.plan.request.auth == Auth::None {
                    Made::Skipped("That environment has no credentials for it.".to_owned())
                } else {
                    Made::Order(Box::new(order), None)
                });
            }
        };
        self.spoiled(order, flaw).await
    }

    async fn spoiled(self: &Arc<Self>, order: Order, flaw: Flaw) -> Result<Made, WireError> {
        let order = Arc::new(order);
        let mut supplied = self.supplied(&order).await?;
        if supplied.is_none() {
            let order = order.clone();
            supplied =
                blocking(move || own(&order.plan).map_err(|error| errors::runner(&error))).await?;
        }
        let Some(supplied) = supplied else {
            return Ok(Made::Skipped(
                "The credential is a typed header; choose a scheme in the Auth tab to have it spoiled."
                    .to_owned(),
            ));
        };
        let is_token = match &order.plan.request.auth {
            Auth::Jwt(_) | Auth::Asap(_) => true,
            _ => {
                supplied.secrets.first().is_some_and(|(secret, _)| can_expire(secret.expose()))
                    || bearer_expires(&order)
            }
        };
        if flaw == Flaw::Expired && !is_token {
            return Ok(Made::Skipped(
                "This scheme's credentials do not say when they end.".to_owned(),
            ));
        }
        let spoiled = Supplied {
            signer: Box::new(Spoiled::new(supplied.signer, flaw)),
            apart: flaw as u64 + 1,
            ..supplied
        };
        let order = Arc::try_unwrap(order)
            .map_err(|_| WireError::new("internal", "The check could not go on."))?;
        Ok(Made::Order(Box::new(order), Some(spoiled)))
    }
}

/// Whether the bearer token that a plan resolves to says when it ends.
fn bearer_expires(order: &Order) -> bool {
    fill(&order.plan).is_ok_and(
        |filled| matches!(&filled.auth, Auth::Bearer { token } if can_expire(token.trim())),
    )
}

/// A header that is a credential by its name.
fn typed(request: &Request) -> Option<&str> {
    let mut rows = request.headers.iter().filter(|row| row.enabled);
    rows.find(|row| is_credential_name(&row.name)).map(|row| row.name.as_str())
}

fn title(args: &CheckAuth, variant: AuthVariant) -> String {
    match variant {
        AuthVariant::Valid => "The valid credential".to_owned(),
        AuthVariant::Nothing => "No credential".to_owned(),
        AuthVariant::Wrong => "A wrong credential".to_owned(),
        AuthVariant::Tampered => "The valid one, tampered with".to_owned(),
        AuthVariant::Expired => "One whose time is over".to_owned(),
        AuthVariant::OtherEnvironment => {
            format!("That of {}", args.other_environment.as_deref().unwrap_or_default())
        }
    }
}

fn skipped(args: &CheckAuth, variant: AuthVariant, note: String) -> AuthCheckRow {
    AuthCheckRow {
        variant,
        title: title(args, variant),
        exchange: None,
        verdict: AuthVerdict::Skipped,
        note,
    }
}

fn judged(
    args: &CheckAuth,
    variant: AuthVariant,
    exchange: Exchange,
    valid: Option<u16>,
) -> AuthCheckRow {
    let (verdict, note) = verdict(variant, exchange.status, valid);
    AuthCheckRow {
        variant,
        title: title(args, variant),
        exchange: Some(Box::new(exchange)),
        verdict,
        note,
    }
}

/// What a status means for a kind of credential.
fn verdict(variant: AuthVariant, status: Option<u16>, valid: Option<u16>) -> (AuthVerdict, String) {
    let Some(status) = status else {
        return (AuthVerdict::Unclear, "There was no answer.".to_owned());
    };
    let (verdict, note) = match (variant, status) {
        (AuthVariant::Valid, 200..=399) => (AuthVerdict::Good, "Let in, as it should be."),
        (AuthVariant::Valid, 401 | 403) => (
            AuthVerdict::Refused,
            "Refused, though it should be let in: the other rows say little.",
        ),
        (AuthVariant::Valid, _) => {
            (AuthVerdict::Unclear, "Neither let in nor refused: the other rows say little.")
        }
        (_, 401 | 403) => (AuthVerdict::Good, "Refused, as it should be."),
        (_, 200..=299) => (AuthVerdict::Hole, "Let in, though it should be refused."),
        (_, 300..=399) => {
            (AuthVerdict::Unclear, "Sent elsewhere, perhaps to log in: look at the answer.")
        }
        (_, 429) => (AuthVerdict::Unclear, "Too many requests: nothing can be said."),
        (_, status) if Some(status) == valid => {
            (AuthVerdict::Unclear, "The same answer as to the valid credential.")
        }
        (_, 400..=499) => (AuthVerdict::Unusual, "Not let in, but 401 or 403 would say so."),
        (_, _) => (AuthVerdict::Unusual, "The server failed over it instead of refusing it."),
    };
    (verdict, note.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_let_in_without_right_is_a_hole() {
        let of = |variant, status| verdict(variant, status, Some(200)).0;
        assert_eq!(of(AuthVariant::Valid, Some(204)), AuthVerdict::Good);
        assert_eq!(of(AuthVariant::Valid, Some(401)), AuthVerdict::Refused);
        assert_eq!(of(AuthVariant::Nothing, Some(401)), AuthVerdict::Good);
        assert_eq!(of(AuthVariant::Tampered, Some(200)), AuthVerdict::Hole);
        assert_eq!(of(AuthVariant::Expired, Some(302)), AuthVerdict::Unclear);
        assert_eq!(of(AuthVariant::Wrong, Some(404)), AuthVerdict::Unusual);
        assert_eq!(of(AuthVariant::Wrong, Some(500)), AuthVerdict::Unusual);
        assert_eq!(of(AuthVariant::Wrong, None), AuthVerdict::Unclear);
        // A 404 for everybody says nothing about who is asking.
        assert_eq!(verdict(AuthVariant::Wrong, Some(404), Some(404)).0, AuthVerdict::Unclear);
    }
}
