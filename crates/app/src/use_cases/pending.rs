//! Temporary.
use crate::dispatch::Events;
use crate::session::Session;
use crate::wire::*;
use std::sync::Arc;

fn pending<T>() -> Result<T, WireError> {
    Err(WireError::new("pending", "Not yet."))
}

impl Session {
    pub(crate) async fn providers(
        self: &Arc<Self>,
        _: Empty,
    ) -> Result<Vec<ProviderView>, WireError> {
        pending()
    }
    pub(crate) async fn check_auth(
        self: &Arc<Self>,
        _: CheckAuth,
        _: Events<AuthCheckRow>,
    ) -> Result<AuthCheck, WireError> {
        pending()
    }
}
