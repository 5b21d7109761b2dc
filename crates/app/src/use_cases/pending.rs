//! Temporary.
use crate::dispatch::Events;
use crate::session::Session;
use crate::wire::*;
use std::sync::Arc;

fn pending<T>() -> Result<T, WireError> {
    Err(WireError::new("pending", "Not yet."))
}

impl Session {
    pub(crate) async fn token(self: &Arc<Self>, _: AuthPlace) -> Result<TokenView, WireError> {
        pending()
    }
    pub(crate) async fn log_in(
        self: &Arc<Self>,
        _: LogIn,
        _: Events<LoginEvent>,
    ) -> Result<TokenView, WireError> {
        pending()
    }
    pub(crate) async fn finish_login(self: &Arc<Self>, _: FinishLogin) -> Result<Empty, WireError> {
        pending()
    }
    pub(crate) async fn refresh_token(
        self: &Arc<Self>,
        _: AuthPlace,
    ) -> Result<TokenView, WireError> {
        pending()
    }
    pub(crate) async fn revoke_token(
        self: &Arc<Self>,
        _: AuthPlace,
    ) -> Result<TokenView, WireError> {
        pending()
    }
    pub(crate) async fn introspect_token(
        self: &Arc<Self>,
        _: AuthPlace,
    ) -> Result<Text, WireError> {
        pending()
    }
    pub(crate) async fn log_out(self: &Arc<Self>, _: AuthPlace) -> Result<TokenView, WireError> {
        pending()
    }
    pub(crate) async fn copy_token(self: &Arc<Self>, _: CopyToken) -> Result<Revealed, WireError> {
        pending()
    }
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
    pub(crate) async fn find_literals(
        self: &Arc<Self>,
        _: FindLiterals,
    ) -> Result<Vec<LiteralFound>, WireError> {
        pending()
    }
    pub(crate) async fn keep_as_secret(
        self: &Arc<Self>,
        _: KeepAsSecret,
    ) -> Result<KeptAsSecret, WireError> {
        pending()
    }
    pub(crate) async fn secret_commands(
        self: &Arc<Self>,
        _: Empty,
    ) -> Result<Vec<CommandApproval>, WireError> {
        pending()
    }
    pub(crate) async fn approve_command(
        self: &Arc<Self>,
        _: ApproveCommand,
    ) -> Result<Vec<CommandApproval>, WireError> {
        pending()
    }
    pub(crate) async fn sharing(self: &Arc<Self>, _: Empty) -> Result<SharingView, WireError> {
        pending()
    }
    pub(crate) async fn create_identity(
        self: &Arc<Self>,
        _: Empty,
    ) -> Result<SharingView, WireError> {
        pending()
    }
    pub(crate) async fn save_recipients(
        self: &Arc<Self>,
        _: SaveRecipients,
    ) -> Result<SharingView, WireError> {
        pending()
    }
    pub(crate) async fn seal_secrets(
        self: &Arc<Self>,
        _: SealSecrets,
    ) -> Result<Sealed, WireError> {
        pending()
    }
    pub(crate) async fn read_shared(self: &Arc<Self>, _: Empty) -> Result<SharedPlan, WireError> {
        pending()
    }
    pub(crate) async fn take_shared(
        self: &Arc<Self>,
        _: TakeShared,
    ) -> Result<SharedPlan, WireError> {
        pending()
    }
}
