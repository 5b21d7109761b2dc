//! The flows: from a definition to tokens.

mod authorization;
mod device;
mod finish;
mod grants;
mod oauth1;
mod redirect;
mod token_care;

use errand_model::{Flow, OAuth2};

use crate::endpoint::Context;
use crate::{Error, Ports, TokenSet};

pub(crate) use grants::refresh;
pub use oauth1::OAuth1Token;
pub(crate) use oauth1::log_in as log_in_oauth1;
pub(crate) use token_care::{introspect, revoke};

/// Whether a flow needs a person who consents.
pub fn needs_person(flow: Flow) -> bool {
    matches!(flow, Flow::AuthorizationCode | Flow::Implicit | Flow::DeviceCode)
}

/// Gets tokens by the definition's flow.
pub(crate) async fn obtain(context: &Context<'_>, ports: &Ports<'_>) -> Result<TokenSet, Error> {
    let browser = || {
        ports.browser.ok_or_else(|| Error::LoginNeeded {
            reason: "a person must consent, and nobody can be asked here".to_owned(),
        })
    };
    match context.definition.flow {
        Flow::AuthorizationCode => authorization::code(context, browser()?).await,
        Flow::Implicit => authorization::implicit(context, browser()?).await,
        Flow::DeviceCode => device::log_in(context, browser()?).await,
        Flow::ClientCredentials => grants::client_credentials(context).await,
        Flow::ResourceOwnerPasswordCredentials => grants::password(context).await,
        Flow::JwtBearer => grants::jwt_bearer(context).await,
        Flow::TokenExchange => grants::exchange(context).await,
    }
}

/// `scope`, `audience` and `resource`, which several requests have.
fn what_for(form: &mut crate::form::Form, definition: &OAuth2) {
    form.push("scope", definition.scope.trim());
    form.push("audience", definition.audience.as_str());
    for resource in definition.resource.split_whitespace() {
        form.push("resource", resource);
    }
}
