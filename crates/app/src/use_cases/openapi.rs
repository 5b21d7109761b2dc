//! Places that stay linked with the description they were imported from.

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
