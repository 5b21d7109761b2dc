//! The auth in force: its fields resolved, its files read, its signer made.

mod adapter;
mod certificates;
mod files;
mod spoiled;

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use errand_auth::{Secret, Signer};
use errand_engine::ClientIdentity;
use errand_model::Auth;
use serde_json::Value;

pub(crate) use adapter::Adapter;
pub(crate) use certificates::identities;
pub use spoiled::{Flaw, Spoiled, can_expire};

use crate::Error;
use crate::masks::Masks;
use crate::plan::{Plan, effective_auth};
use crate::resolve::{Resolver, warnings_of};

/// The auth in force for a request, every field resolved and every key file read.
pub struct Filled {
    /// The scheme.
    pub auth: Auth,
    /// The secrets in it.
    pub masks: Masks,
    /// The client certificates of the plan.
    pub identities: Vec<ClientIdentity>,
    /// Variables without a value.
    pub warnings: Vec<String>,
}

/// Credentials that were had elsewhere, such as a token: they stand for the plan's own auth.
pub struct Supplied {
    /// Puts them onto requests.
    pub signer: Box<dyn Signer>,
    /// What in them is secret, each with what is shown for it.
    pub secrets: Vec<(Secret, String)>,
    /// What the user should know.
    pub warnings: Vec<String>,
    /// Keeps its connections apart from those of others with the same secrets.
    pub apart: u64,
}

/// Resolves the auth in force. Blocks, as it may read files.
pub fn fill(plan: &Plan) -> Result<Filled, Error> {
    let mut resolver = Resolver::new(&plan.scopes);
    let auth = resolved(plan, &mut resolver)?;
    let identities = identities(plan, &mut resolver);
    Ok(Filled { auth, identities, warnings: warnings_of(&resolver), masks: resolver.masks })
}

/// The plan's own credentials as if they were supplied; none when it has none. Blocks.
pub fn own(plan: &Plan) -> Result<Option<Supplied>, Error> {
    let mut resolver = Resolver::new(&plan.scopes);
    let auth = resolved(plan, &mut resolver)?;
    let signer = signer(&auth, &mut resolver)?;
    Ok(signer.map(|signer| Supplied {
        signer,
        secrets: Vec::new(),
        warnings: Vec::new(),
        apart: 0,
    }))
}

pub(crate) fn resolved(plan: &Plan, resolver: &mut Resolver<'_>) -> Result<Auth, Error> {
    let (auth, _) = effective_auth(&plan.request, &plan.levels);
    if matches!(auth, Auth::Inherit) {
        return Ok(Auth::None);
    }
    let mut auth = rendered(auth, resolver)?;
    files::read_keys(&mut auth, &plan.base, resolver)?;
    Ok(auth)
}

/// Every text of a scheme rendered, wherever it is: words of its own have no braces.
fn rendered(auth: &Auth, resolver: &mut Resolver<'_>) -> Result<Auth, Error> {
    let mut value = serde_json::to_value(auth).map_err(|error| Error::fields(&error))?;
    render_all(&mut value, resolver);
    serde_json::from_value(value).map_err(|error| Error::fields(&error))
}

fn render_all(value: &mut Value, resolver: &mut Resolver<'_>) {
    match value {
        Value::String(text) if text.contains("{{") => *text = resolver.text(text).text,
        Value::Array(items) => items.iter_mut().for_each(|item| render_all(item, resolver)),
        Value::Object(map) => map.values_mut().for_each(|value| render_all(value, resolver)),
        _ => {}
    }
}

/// The signer of the auth in force; none when there is nothing to sign with.
pub(crate) fn signer(
    auth: &Auth,
    resolver: &mut Resolver<'_>,
) -> Result<Option<Box<dyn Signer>>, Error> {
    if let Auth::Other { scheme } = auth {
        resolver.warnings.insert(format!(
            "The auth \"{scheme}\" was not applied: this version does not know it."
        ));
        return Ok(None);
    }
    Ok(errand_auth::signer(auth, &files::surroundings(auth)?)?)
}

/// What tells one identity from another, for the pool: the whole of the auth in force. In-process,
/// never stored.
pub(crate) fn identity(auth: &Auth, supplied: Option<&Supplied>) -> u64 {
    let mut hasher = DefaultHasher::new();
    if let Ok(text) = serde_json::to_string(auth) {
        zeroize::Zeroizing::new(text).hash(&mut hasher);
    }
    if let Some(supplied) = supplied {
        supplied.apart.hash(&mut hasher);
        for (secret, _) in &supplied.secrets {
            secret.expose().hash(&mut hasher);
        }
    }
    hasher.finish()
}
