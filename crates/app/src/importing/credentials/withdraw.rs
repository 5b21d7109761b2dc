use errand_model::{Collection, Environment, Folder, Item, Variable};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Credential;
use super::texts::Texts;
use crate::wire::WireError;

/// Takes every credential out of the collection: variables become secret and lose their value, and
/// everywhere else, examples and extensions included, `{{name}}` stands for it. `renamed` has the
/// name of each credential as it is in the end; a variable keeps its own.
///
/// Where the collection's own variables go into a folder (`below`), no secret is resolved there: they
/// are taken off, and whoever writes the collection declares them above it.
pub fn withdraw(
    collection: &mut Collection,
    credentials: &[Credential],
    names: &[String],
    below: bool,
) -> Result<(), WireError> {
    if credentials.is_empty() {
        return Ok(());
    }
    let texts = Texts::new(credentials, names)?;
    root(collection, credentials, names, below);
    texts.folder(&mut collection.root)?;
    texts.free(&mut collection.extensions, None);
    items(&texts, &mut collection.items)?;
    for (index, item) in collection.environments.iter_mut().enumerate() {
        environment(&mut item.environment, credentials, index);
        texts.environment(&mut item.environment, index)?;
        texts.free(&mut item.extensions, Some(index));
    }
    Ok(())
}

fn root(collection: &mut Collection, credentials: &[Credential], names: &[String], below: bool) {
    let own = |variable: &Variable| {
        credentials.iter().zip(names).find(|(credential, _)| {
            credential.is_variable
                && credential.environment.is_none()
                && credential.name == variable.name
                && credential.value == variable.value
        })
    };
    collection.root.defaults.variables.retain_mut(|variable| {
        let Some((_, name)) = own(variable) else { return true };
        if below && *name == variable.name {
            return false;
        }
        if below {
            variable.secret = false;
            variable.value = format!("{{{{{name}}}}}");
        } else {
            variable.secret = true;
            variable.value.clear();
        }
        true
    });
}

fn environment(environment: &mut Environment, credentials: &[Credential], index: usize) {
    for variable in &mut environment.variables {
        let is_one = credentials.iter().any(|credential| {
            credential.is_variable
                && credential.environment == Some(index)
                && credential.name == variable.name
                && credential.value == variable.value
        });
        if is_one {
            variable.secret = true;
            variable.value.clear();
        }
    }
}

fn items(texts: &Texts, all: &mut [Item]) -> Result<(), WireError> {
    for item in all {
        match item {
            Item::Folder(folder) => {
                texts.folder(&mut folder.folder)?;
                texts.free(&mut folder.extensions, None);
                items(texts, &mut folder.items)?;
            }
            Item::Request(item) => {
                plain(&mut item.request.variables);
                texts.model(&mut item.request)?;
                for example in &mut item.examples {
                    texts.model(example)?;
                }
                texts.free(&mut item.extensions, None);
            }
            Item::Other(other) => {
                if let Some(name) = texts.in_name(&other.name) {
                    other.name = name;
                }
                texts.free(&mut other.content, None);
            }
        }
    }
    Ok(())
}

/// Where no secret is resolved, a variable is plain and refers to one that is.
fn plain(variables: &mut [Variable]) {
    for variable in variables.iter_mut().filter(|variable| !variable.value.is_empty()) {
        variable.secret = false;
    }
}

impl Texts<'_> {
    fn folder(&self, folder: &mut Folder) -> Result<(), WireError> {
        plain(&mut folder.defaults.variables);
        plain(&mut folder.globals);
        self.model(folder)
    }

    fn environment(&self, environment: &mut Environment, index: usize) -> Result<(), WireError> {
        plain(&mut environment.variables);
        self.model_in(environment, Some(index))
    }

    /// A part of the model outside of environments.
    fn model<T: Serialize + DeserializeOwned>(&self, part: &mut T) -> Result<(), WireError> {
        self.model_in(part, None)
    }
}
