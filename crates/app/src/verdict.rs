//! Whether an answer is as it should be, and what is taken from it.

use errand_body::Source;
use errand_model::CaptureScope;
use errand_runner::{Captured, Finished, Subject, capture, evaluate};
use errand_template::{Value, render};
use errand_vault::{Secret, SecretId};

use crate::literals::is_credential_name;
use crate::session::{Session, lock};
use crate::use_cases::Order;
use crate::wire::{CaptureResult, CheckResult, Exchange};

/// Evaluates the request's checks.
pub fn checks(order: &Order, finished: &Finished, exchange: &Exchange) -> Vec<CheckResult> {
    let wanted = order.plan.request.checks.iter().filter(|check| check.enabled);
    with_subject(finished, exchange, |subject| {
        wanted
            .map(|check| {
                let value = render(&check.value, &order.plan.scopes);
                let result = evaluate(check, &value, subject);
                CheckResult {
                    check: result.check,
                    passed: result.passed,
                    actual: result.actual.unwrap_or_default(),
                    message: result.message,
                }
            })
            .collect()
    })
}

fn with_subject<T>(
    finished: &Finished,
    exchange: &Exchange,
    use_it: impl FnOnce(&Subject) -> T,
) -> T {
    let headers: Vec<(String, String)> = exchange
        .hops
        .last()
        .map(|hop| {
            hop.headers.iter().map(|header| (header.name.clone(), header.value.clone())).collect()
        })
        .unwrap_or_default();
    let body = finished
        .body
        .as_ref()
        .and_then(|body| body.source().ok())
        .unwrap_or_else(|| Source::from_bytes(Vec::new()));
    use_it(&Subject {
        status: exchange.status.unwrap_or_default(),
        reason: &exchange.reason,
        headers: &headers,
        time_ms: exchange.duration_us / 1000,
        size: finished.body.as_ref().map_or(0, errand_body::Body::len),
        body: &body,
    })
}

impl Session {
    /// Takes what the request's captures ask for, for the requests after this one.
    ///
    /// Captured values live in memory until the session ends: what an answer holds is often a token,
    /// and a file is no place for it. One whose variable the environment declares secret goes into
    /// the keychain.
    pub(crate) fn take_captures(
        &self,
        order: &Order,
        finished: &Finished,
        exchange: &Exchange,
    ) -> Vec<CaptureResult> {
        let wanted = order.plan.request.captures.iter().filter(|capture| capture.enabled);
        let taken: Vec<Captured> = with_subject(finished, exchange, |subject| {
            wanted.map(|wanted| capture(wanted, subject)).collect()
        });
        taken.into_iter().map(|captured| self.keep(order, captured)).collect()
    }

    fn keep(&self, order: &Order, captured: Captured) -> CaptureResult {
        let variable = captured.capture.variable.clone();
        let Some(value) = captured.value else {
            return CaptureResult { variable, value: None, error: Some(captured.message) };
        };
        let failed = |error: String| CaptureResult {
            variable: variable.clone(),
            value: None,
            error: Some(error),
        };
        if let Some(id) = self.secret_target(order, captured.capture.scope, &variable) {
            return match self.app.vault.set(&id, &Secret::new(value)) {
                Ok(_) => CaptureResult {
                    variable, value: Some("••••••".to_owned()), error: None
                },
                Err(error) => failed(error.to_string()),
            };
        }
        let secret = is_credential_name(&variable);
        let shown = if secret { "••••••".to_owned() } else { shortened(&value) };
        if let Some(opened) = self.try_open() {
            let value = if secret { Value::secret(value) } else { value.into() };
            lock(&opened.runtime).insert(variable.clone(), value);
        }
        CaptureResult { variable, value: Some(shown), error: None }
    }

    /// Where a captured value belongs in the keychain, if its variable is a secret of the environment.
    fn secret_target(
        &self,
        order: &Order,
        scope: CaptureScope,
        variable: &str,
    ) -> Option<SecretId> {
        let opened = self.try_open()?;
        let environment =
            order.environment.as_deref().filter(|_| scope == CaptureScope::Environment)?;
        let known = opened.workspace.resolve_environment(environment).ok()?;
        let secret =
            known.iter().any(|found| found.variable.secret && found.variable.name == variable);
        secret.then(|| SecretId::new(opened.workspace.id(), Some(environment), variable))
    }
}

/// At most 200 characters, for a list.
fn shortened(value: &str) -> String {
    let mut text: String = value.chars().take(200).collect();
    if text.len() < value.len() {
        text.push('…');
    }
    text
}
