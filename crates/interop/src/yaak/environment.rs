//! Environments: those of a workspace, of a folder, and those to choose.

use errand_model::{Environment, Extensions, ItemEnvironment, Variable};
use serde_json::Value;

use super::template;
use crate::Scribe;
use crate::fields::{flag, list, named, scalar, text};

/// What an environment belongs to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Scope<'e> {
    /// Its variables always apply.
    Workspace,
    /// Its variables apply in the folder of that id.
    Folder(&'e str),
    /// It is chosen.
    Chosen,
}

impl<'e> Scope<'e> {
    /// As each version says it.
    pub(super) fn of(environment: &'e Value) -> Self {
        match text(environment, "parentModel") {
            "workspace" => Self::Workspace,
            "folder" => Self::Folder(text(environment, "parentId")),
            "environment" => Self::Chosen,
            _ if flag(environment, "base") == Some(true) => Self::Workspace,
            _ if environment.get("environmentId") == Some(&Value::Null) => Self::Workspace,
            _ => Self::Chosen,
        }
    }
}

/// The variables of an environment. Encrypted ones become secret, without a value.
pub(super) fn variables(environment: &Value, scribe: &mut Scribe<'_>) -> Vec<Variable> {
    let rows = list(environment, "variables").iter().map(|row| {
        let name = scalar(row, "name");
        let value = scalar(row, "value");
        let mut variable = Variable::new(name, "");
        variable.enabled = flag(row, "enabled") != Some(false);
        if template::is_encrypted(&value) {
            variable.secret = true;
            scribe.not_carried(
                format!("value of {}", variable.name),
                "it is encrypted with a key that only Yaak has: type it once, for the keychain",
            );
        } else {
            variable.value = template::read(&value, scribe);
        }
        variable
    });
    rows.collect()
}

/// An environment to choose.
pub(super) fn chosen(environment: &Value, scribe: &mut Scribe<'_>) -> ItemEnvironment {
    if flag(environment, "public") == Some(false) {
        scribe.not_carried("private", "environments are files: make secret what nobody is to see");
    }
    let found = Environment {
        name: named(text(environment, "name"), "Environment"),
        color: text(environment, "color").to_owned(),
        variables: variables(environment, scribe),
        ..Environment::default()
    };
    ItemEnvironment { environment: found, extensions: Extensions::new() }
}
