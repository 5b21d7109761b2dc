use errand_model::Variable;

/// The variables of a `.env` file. The environment of this process is not changed.
///
/// # Errors
/// In words, the line that is not `NAME=value`.
pub(crate) fn parse(text: &str) -> Result<Vec<Variable>, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut variables: Vec<Variable> = Vec::new();
    for line in dotenvy::from_read_iter(text.as_bytes()) {
        let (name, value) = line.map_err(|error| match error {
            // The line may hold a secret: only where it begins is said.
            dotenvy::Error::LineParse(line, _) => {
                let name =
                    line.split('=').next().unwrap_or_default().chars().take(40).collect::<String>();
                format!("the line that begins with {name:?} is not NAME=value")
            }
            other => other.to_string(),
        })?;
        match variables.iter_mut().find(|v| v.name == name) {
            Some(old) => old.value = value,
            None => variables.push(Variable::new(name, value)),
        }
    }
    Ok(variables)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn the_usual_forms() {
        let text = "# c\nA=1\nexport B='two # words'\nC=\"x\\ny\"\r\nD=${A}2\nA=3\n";
        let variables = parse(text).unwrap();
        let pairs: Vec<(&str, &str)> = variables.iter().map(|v| (&*v.name, &*v.value)).collect();
        assert_eq!(pairs, [("A", "3"), ("B", "two # words"), ("C", "x\ny"), ("D", "12")]);
        assert!(std::env::var("B").is_err());
    }

    #[test]
    fn a_bad_line_is_named_without_its_value() {
        let error = parse("OK=1\nBAD NAME=hunter2\n").unwrap_err();
        assert!(error.contains("BAD NAME") && !error.contains("hunter2"), "{error}");
    }
}
