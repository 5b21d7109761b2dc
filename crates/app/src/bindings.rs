//! The TypeScript side of the seam, written from the command table.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use ts_rs::{Config, TS, TypeVisitor};

use crate::commands::command_table;
#[allow(clippy::wildcard_imports, reason = "the table names every wire type")]
use crate::wire::*;

/// Declarations by name, so that the file is the same at every run.
struct Declarations<'a> {
    config: &'a Config,
    by_name: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // Types without an output path are built-in: string, Array, …
        if T::output_path().is_none() {
            T::visit_dependencies(self);
            T::visit_generics(self);
            return;
        }
        let name = T::ident(self.config);
        if self.by_name.contains_key(&name) {
            return;
        }
        let docs = T::docs().unwrap_or_default();
        self.by_name.insert(name, format!("{docs}export {}\n", T::decl(self.config)));
        T::visit_dependencies(self);
    }
}

/// The whole of `ui/src/ipc/generated/commands.ts`.
pub fn typescript() -> String {
    let config = Config::new().with_large_int("number");
    let mut seen = Declarations { config: &config, by_name: BTreeMap::new() };
    let mut table = String::from("export interface Commands {\n");
    let mut names = Vec::new();

    macro_rules! write_table {
        ($($(#[doc = $doc:literal])* $name:ident($args:ty) -> $result:ty $(, $event:ty)?;)*) => {$(
            <Declarations<'_> as TypeVisitor>::visit::<$args>(&mut seen);
            <Declarations<'_> as TypeVisitor>::visit::<$result>(&mut seen);
            #[allow(unused_mut, unused_assignments, reason = "not every command streams")]
            let mut event = String::from("never");
            $(
                <Declarations<'_> as TypeVisitor>::visit::<$event>(&mut seen);
                event = <$event as TS>::name(&config);
            )?
            let name = camel_case(stringify!($name));
            let doc = concat!($($doc),*).trim();
            let args = <$args as TS>::name(&config);
            let result = <$result as TS>::name(&config);
            let _ = writeln!(
                table,
                "  /** {doc} */\n  {name}: {{ args: {args}; result: {result}; event: {event} }};"
            );
            names.push(name);
        )*};
    }
    command_table!(write_table);
    table.push_str("}\n");

    // The error type is in no signature: it is what every command may fail with.
    <Declarations<'_> as TypeVisitor>::visit::<WireError>(&mut seen);

    let mut text = String::from(
        "// Written by `make bindings` from crates/app/src/commands.rs and wire/. Do not edit.\n\n",
    );
    for declaration in seen.by_name.values() {
        text.push_str(declaration);
        text.push('\n');
    }
    text.push_str(&table);
    text
}

/// `save_ui_state` as the UI says it: `saveUiState`.
pub(crate) fn camel_case(snake: &str) -> String {
    let mut out = String::with_capacity(snake.len());
    let mut upper = false;
    for letter in snake.chars() {
        if letter == '_' {
            upper = true;
        } else if upper {
            out.extend(letter.to_uppercase());
            upper = false;
        } else {
            out.push(letter);
        }
    }
    out
}
