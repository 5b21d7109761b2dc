use errand_model::{Capture, CaptureScope, Check, Operator, Request};
use serde::de::DeserializeOwned;

use super::field;
use super::rows::{self, Row};
use crate::yaml::{Data, Fault, Node};

const CHECK: &[&str] = &["expression", "operator", "value", "disabled", "description"];
const CAPTURE: &[&str] = &["type", "description", "phase", "selector", "variable", "disabled"];

pub(super) fn read_checks(runtime: &Node) -> Result<Vec<Check>, Fault> {
    rows::read(runtime, "assertions")
}

pub(super) fn read_captures(runtime: &Node) -> Result<Vec<Capture>, Fault> {
    rows::read(runtime, "actions")
}

pub(super) fn write(data: &mut Data, source: Option<&Node>, new: &Request, order: &[&str]) {
    rows::write(data, source, "assertions", &new.checks, order);
    rows::write(data, source, "actions", &new.captures, order);
}

/// A word of the specification as the model names it; the model's serde names are those words.
fn word<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
}

fn spelled<T: serde::Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

impl Row for Check {
    fn read(node: &Node) -> Result<Option<Self>, Fault> {
        let Some(operator) = word::<Operator>(&field::text(node, "operator")?) else {
            return Ok(None);
        };
        Ok(Some(Self {
            expression: field::text(node, "expression")?,
            operator,
            value: field::text(node, "value")?,
            description: field::prose(node, "description")?,
            enabled: !field::is_true(node, "disabled")?,
        }))
    }

    fn write(&self, old: Option<&Self>, item: &mut Data) {
        field::put_text(
            item,
            "expression",
            old.map(|o| &*o.expression),
            &self.expression,
            true,
            CHECK,
        );
        if old.is_none_or(|o| o.operator != self.operator) {
            item.put("operator", Data::text(spelled(self.operator)), CHECK);
        }
        field::put_text(item, "value", old.map(|o| &*o.value), &self.value, false, CHECK);
        field::put_prose(
            item,
            "description",
            old.map(|o| &*o.description),
            &self.description,
            CHECK,
        );
        field::put_enabled(item, old.map(|o| o.enabled), self.enabled, CHECK);
    }

    fn label(&self) -> &str {
        &self.expression
    }
}

impl Row for Capture {
    fn read(node: &Node) -> Result<Option<Self>, Fault> {
        let phase = field::text(node, "phase")?;
        let selector = field::map(node, "selector")?;
        let variable = field::map(node, "variable")?;
        let (Some(selector), Some(variable), "set-variable") =
            (selector, variable, &*field::text(node, "type")?)
        else {
            return Ok(None);
        };
        let method = field::text(selector, "method")?;
        let Some(scope) = word::<CaptureScope>(&field::text(variable, "scope")?) else {
            return Ok(None);
        };
        if !matches!(&*phase, "" | "after-response") || method != "jsonq" {
            return Ok(None);
        }
        Ok(Some(Self {
            expression: field::text(selector, "expression")?,
            variable: field::text(variable, "name")?,
            scope,
            description: field::prose(node, "description")?,
            enabled: !field::is_true(node, "disabled")?,
        }))
    }

    fn write(&self, old: Option<&Self>, item: &mut Data) {
        if old.is_none() {
            item.put("type", Data::text("set-variable"), CAPTURE);
            item.put("phase", Data::text("after-response"), CAPTURE);
        }
        field::put_prose(
            item,
            "description",
            old.map(|o| &*o.description),
            &self.description,
            CAPTURE,
        );
        item.edit("selector", CAPTURE, |selector| {
            const ORDER: &[&str] = &["expression", "method"];
            field::put_text(
                selector,
                "expression",
                old.map(|o| &*o.expression),
                &self.expression,
                true,
                ORDER,
            );
            if old.is_none() {
                selector.put("method", Data::text("jsonq"), ORDER);
            }
        });
        item.edit("variable", CAPTURE, |variable| {
            const ORDER: &[&str] = &["name", "scope"];
            field::put_text(
                variable,
                "name",
                old.map(|o| &*o.variable),
                &self.variable,
                true,
                ORDER,
            );
            if old.is_none_or(|o| o.scope != self.scope) {
                variable.put("scope", Data::text(spelled(self.scope)), ORDER);
            }
        });
        field::put_enabled(item, old.map(|o| o.enabled), self.enabled, CAPTURE);
    }

    fn label(&self) -> &str {
        &self.variable
    }
}
