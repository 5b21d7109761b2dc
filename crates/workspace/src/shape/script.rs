use errand_model::{Script, ScriptPhase};

use super::field;
use super::rows::{self, Row};
use crate::yaml::{Data, Fault, Node};

const ROW: &[&str] = &["type", "code"];

pub(super) fn read(holder: &Node, key: &str) -> Result<Vec<Script>, Fault> {
    rows::read(holder, key)
}

impl Row for Script {
    fn read(node: &Node) -> Result<Option<Self>, Fault> {
        let phase = match field::text(node, "type")?.as_str() {
            "before-request" => ScriptPhase::BeforeRequest,
            "after-response" => ScriptPhase::AfterResponse,
            "tests" => ScriptPhase::Tests,
            "hooks" => ScriptPhase::Hooks,
            _ => return Ok(None),
        };
        Ok(Some(Self { phase, code: field::text(node, "code")? }))
    }

    fn write(&self, old: Option<&Self>, item: &mut Data) {
        if old.is_none_or(|o| o.phase != self.phase) {
            item.put("type", Data::text(self.label()), ROW);
        }
        field::put_text(item, "code", old.map(|o| &*o.code), &self.code, true, ROW);
    }

    fn label(&self) -> &'static str {
        match self.phase {
            ScriptPhase::BeforeRequest => "before-request",
            ScriptPhase::AfterResponse => "after-response",
            ScriptPhase::Tests => "tests",
            ScriptPhase::Hooks => "hooks",
        }
    }
}
