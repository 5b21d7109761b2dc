//! jq programs, run by jaq.

use std::io::Write;

use jaq_core::{
    Compiler, Ctx, Vars, data,
    load::{Arena, File, Loader},
    unwrap_valr,
};
use jaq_json::{Val, read};

use crate::{Error, Result, depth, filter::Output};

/// Bytes a program may print. One that goes on for ever is ended by it.
const MOST_OUTPUT: u64 = 1 << 30;

/// Runs `program` on each JSON value in `bytes`; writes a line for each result and returns how many there are.
pub(crate) fn run(bytes: &[u8], program: &str, out: &mut Output) -> Result<u64> {
    depth::check("JSON", depth::json(bytes))?;
    let filter = compile(program)?;
    let mut count = 0;
    for input in read::parse_many(bytes) {
        let input =
            input.map_err(|error| Error::Format { format: "JSON", message: error.to_string() })?;
        let context = Ctx::<data::JustLut<Val>>::new(&filter.lut, Vars::new([]));
        for value in filter.id.run((context, input)).map(unwrap_valr) {
            let value = value.map_err(|error| failed(error.to_string()))?;
            writeln!(out, "{value}")?;
            count += 1;
            if out.len() > MOST_OUTPUT {
                return Err(failed(format!("it printed more than {MOST_OUTPUT} bytes")));
            }
        }
    }
    Ok(count)
}

fn compile(program: &str) -> Result<jaq_core::Filter<data::JustLut<Val>>> {
    let expression = |message: String| Error::Expression { language: "The jq program", message };
    let arena = Arena::default();
    let definitions = jaq_core::defs().chain(jaq_std::defs()).chain(jaq_json::defs());
    let modules = Loader::new(definitions).load(&arena, File { code: program, path: () }).map_err(
        |errors| {
            expression(first(
                &errors.iter().map(|(_, error)| load_error(error)).collect::<Vec<_>>(),
            ))
        },
    )?;
    let functions = jaq_core::funs().chain(jaq_std::funs()).chain(jaq_json::funs());
    Compiler::default().with_funs(functions).compile(modules).map_err(|errors| {
        let names = errors.iter().flat_map(|(_, errors)| errors);
        expression(first(
            &names
                .map(|(name, what)| format!("\"{name}\" is an undefined {}", what.as_str()))
                .collect::<Vec<_>>(),
        ))
    })
}

fn load_error(error: &jaq_core::load::Error<&str>) -> String {
    use jaq_core::load::Error as Load;
    match error {
        Load::Io(errors) => {
            errors.first().map_or_else(String::new, |(path, error)| format!("{path}: {error}"))
        }
        Load::Lex(errors) => errors.first().map_or_else(String::new, |(expected, rest)| {
            format!("expected {} at \"{}\"", expected.as_str(), short(rest))
        }),
        Load::Parse(errors) => errors.first().map_or_else(String::new, |(expected, rest)| {
            format!("expected {} at \"{}\"", expected.as_str(), short(rest))
        }),
    }
}

fn short(text: &str) -> String {
    text.chars().take(30).collect()
}

fn first(messages: &[String]) -> String {
    messages.first().cloned().unwrap_or_else(|| "it is not a program".to_owned())
}

fn failed(message: String) -> Error {
    Error::Filter { language: "jq", message }
}
