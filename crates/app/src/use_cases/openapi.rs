//! Places that stay linked with the description they were imported from.

use errand_model::Collection;

use crate::importing::Incoming;
use crate::session::Session;
use crate::wire::{ApiDifference, ApplyApiDifference, Imported, OpenApiDifference, WireError};

impl Session {
    pub(crate) async fn open_api_difference(
        &self,
        _: OpenApiDifference,
    ) -> Result<ApiDifference, WireError> {
        Err(WireError::new("not-built", "Differences are being built."))
    }

    pub(crate) async fn apply_api_difference(
        &self,
        _: ApplyApiDifference,
    ) -> Result<Imported, WireError> {
        Err(WireError::new("not-built", "Differences are being built."))
    }
}

impl Session {
    /// The place in the open workspace that was imported from the same description.
    pub(super) fn linked(&self, _incoming: &Incoming) -> Option<String> {
        None
    }
}

/// Notes where a description is, for later differences.
pub(super) fn remember(_collection: &mut Collection, _origin: Option<&str>) {}
