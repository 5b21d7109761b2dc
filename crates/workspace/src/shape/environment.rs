use errand_model::{Environment, Variable};

use super::secret_source::SOURCES;
use super::{field, rows, secret_source};
use crate::yaml::{Data, Fault, Node, NodeKind};

pub(super) const FILE: &[&str] = &[
    "name",
    "color",
    "description",
    "variables",
    "externalSecrets",
    "clientCertificates",
    "extends",
    "dotEnvFilePath",
    "extensions",
];

/// An environment; one without a name is named after its file.
pub(crate) fn read_environment(file: &Node, stem: &str) -> Result<Environment, Fault> {
    if !matches!(file.resolved().kind, NodeKind::Map { .. }) {
        return Err(file.fault("An environment must be a map with \"name\" and \"variables\"."));
    }
    let filled = |text: String| Some(text).filter(|t| !t.is_empty());
    let mut variables: Vec<Variable> = rows::read(file, "variables")?;
    secret_source::read(file, SOURCES, &mut variables)?;
    Ok(Environment {
        name: filled(field::text(file, "name")?).unwrap_or_else(|| stem.to_owned()),
        color: field::text(file, "color")?,
        description: field::prose(file, "description")?,
        extends: filled(field::text(file, "extends")?),
        dot_env_file: filled(field::text(file, "dotEnvFilePath")?),
        variables,
        client_certificates: rows::read(file, "clientCertificates")?,
    })
}

/// Sets in `file` what differs between the environment that `source` holds and `new`.
pub(crate) fn write_environment(
    file: &mut Data,
    source: Option<&Node>,
    stem: &str,
    new: &Environment,
) {
    let stored = source.and_then(|node| read_environment(node, stem).ok());
    let fresh = stored.is_none();
    let old = stored.unwrap_or_default();
    let named = (!fresh).then_some(old.name.as_str());
    if fresh || old.name != new.name {
        field::put_text(file, "name", named, &new.name, true, FILE);
    }
    field::put_text(file, "color", Some(&old.color), &new.color, false, FILE);
    field::put_prose(file, "description", Some(&old.description), &new.description, FILE);
    rows::write(file, source, "variables", &new.variables, FILE);
    secret_source::write(file, SOURCES, &old.variables, &new.variables, FILE);
    rows::write(file, source, "clientCertificates", &new.client_certificates, FILE);
    let plain = |text: &Option<String>| text.clone().unwrap_or_default();
    field::put_text(file, "extends", Some(&plain(&old.extends)), &plain(&new.extends), false, FILE);
    field::put_text(
        file,
        "dotEnvFilePath",
        Some(&plain(&old.dot_env_file)),
        &plain(&new.dot_env_file),
        false,
        FILE,
    );
}
