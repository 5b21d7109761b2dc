use errand_model::{Variable, VariableType};

use super::rows::{self, Row};
use super::secret_source::SOURCES;
use super::{extension, field, secret_source};
use crate::yaml::{Data, Fault, Item, Node, NodeKind};

const ROW: &[&str] = &["secret", "name", "value", "type", "description", "disabled"];

/// Variables of a request or folder, where the specification has no secret ones: those are plain
/// rows without a value, named in the extension.
pub(super) fn read_scoped(holder: &Node, file: &Node) -> Result<Vec<Variable>, Fault> {
    let secrets = extension::secrets(file);
    let mut variables: Vec<Variable> = rows::read(holder, "variables")?;
    for variable in variables.iter_mut().filter(|v| secrets.contains(&v.name)) {
        variable.secret = true;
        variable.value.clear();
    }
    secret_source::read(file, SOURCES, &mut variables)?;
    Ok(variables)
}

pub(super) fn write_scoped(
    data: &mut Data,
    source: Option<&Node>,
    old: &[Variable],
    new: &[Variable],
    order: &[&str],
) {
    if old == new {
        return;
    }
    let plain: Vec<Variable> = new
        .iter()
        .map(|v| {
            if v.secret {
                Variable { secret: false, value: String::new(), ..v.clone() }
            } else {
                v.clone()
            }
        })
        .collect();
    rows::write(data, source, "variables", &plain, order);
}

impl Row for Variable {
    fn read(node: &Node) -> Result<Option<Self>, Fault> {
        let secret = field::is_true(node, "secret")?;
        let (value, kind) = if secret {
            (String::new(), kind(&field::text(node, "type")?))
        } else {
            node.get("value").map_or(Ok(Default::default()), typed)?
        };
        Ok(Some(Self {
            name: field::text(node, "name")?,
            value,
            kind,
            description: field::prose(node, "description")?,
            secret,
            source: None,
            enabled: !field::is_true(node, "disabled")?,
        }))
    }

    fn write(&self, old: Option<&Self>, item: &mut Data) {
        if self.secret && old.is_none_or(|o| !o.secret) {
            item.put("secret", Data::Bool(true), ROW);
            item.remove("value");
        }
        if !self.secret && old.is_some_and(|o| o.secret) {
            item.remove("secret");
            item.remove("type");
        }
        field::put_text(item, "name", old.map(|o| &*o.name), &self.name, true, ROW);
        let changed = old.is_none_or(|o| {
            o.value != self.value || o.kind != self.kind || o.secret != self.secret
        });
        if changed && self.secret {
            if self.kind == VariableType::String {
                item.remove("type");
            } else {
                item.put("type", Data::text(spelled(self.kind)), ROW);
            }
        } else if changed {
            self.write_value(item);
        }
        field::put_prose(item, "description", old.map(|o| &*o.description), &self.description, ROW);
        field::put_enabled(item, old.map(|o| o.enabled), self.enabled, ROW);
    }

    fn label(&self) -> &str {
        &self.name
    }
}

trait Value {
    fn write_value(&self, item: &mut Data);
}

impl Value for Variable {
    /// The value in the form that stands there: of several variants only the selected one changes.
    fn write_value(&self, item: &mut Data) {
        let value = match self.kind {
            VariableType::String => Data::text(&self.value),
            kind => Data::Map(vec![
                ("type".to_owned(), Data::text(spelled(kind))),
                ("data".to_owned(), Data::text(&self.value)),
            ]),
        };
        if let Some(Data::List(variants)) = item.get("value") {
            let mut variants = variants.clone();
            let at = variants
                .iter()
                .position(|v| v.get("selected") == Some(&Data::Bool(true)))
                .unwrap_or(0);
            if let Some(variant) = variants.get_mut(at) {
                variant.put("value", value, &[]);
                item.put("value", Data::List(variants), ROW);
                return;
            }
        }
        item.put("value", value, ROW);
    }
}

/// A value: text, `{type, data}`, or variants of these.
fn typed(node: &Node) -> Result<(String, VariableType), Fault> {
    match &node.resolved().kind {
        NodeKind::List { items, .. } => {
            let selected = |i: &&Item| field::is_true(&i.node, "selected").unwrap_or(false);
            let variant = items.iter().find(selected).or(items.first());
            variant.and_then(|v| v.node.get("value")).map_or(Ok(Default::default()), typed)
        }
        NodeKind::Map { .. } => Ok((field::text(node, "data")?, kind(&field::text(node, "type")?))),
        _ => Ok((field::scalar(node, "value")?, VariableType::String)),
    }
}

fn kind(word: &str) -> VariableType {
    match word {
        "number" => VariableType::Number,
        "boolean" => VariableType::Boolean,
        "null" => VariableType::Null,
        "object" => VariableType::Object,
        _ => VariableType::String,
    }
}

fn spelled(kind: VariableType) -> &'static str {
    match kind {
        VariableType::String => "string",
        VariableType::Number => "number",
        VariableType::Boolean => "boolean",
        VariableType::Null => "null",
        VariableType::Object => "object",
    }
}
