//! Other editors' words in double braces as Errand's.

/// What a text in double braces is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The same.
    Same,
    /// This name, whole.
    Name(String),
    /// This name, without what the note says.
    Less(String, &'static str),
    /// A variable of the process's environment.
    Process(String),
    /// An entry of a `.env` file.
    DotEnv(String),
    /// Nothing: it stays as it is, for the reason of the note.
    Nothing(&'static str),
}

/// The meaning of the text between the braces.
pub(super) fn meaning(inner: &str) -> Meaning {
    let inner = inner.trim();
    let (word, rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    let rest = rest.trim().trim_start_matches('%');
    let name = |name: &str| Meaning::Name(name.to_owned());
    let less = |name: &str, note| Meaning::Less(name.to_owned(), note);
    match word {
        "$processEnv" if !rest.is_empty() => Meaning::Process(rest.to_owned()),
        "$dotenv" if !rest.is_empty() => Meaning::DotEnv(rest.to_owned()),
        "$shared" if !rest.is_empty() => name(rest),
        "$guid" | "$isoTimestamp" | "$randomUUID" | "$timestamp" | "$randomInt"
            if rest.is_empty() =>
        {
            Meaning::Same
        }
        "$uuid" | "$random.uuid" => name("$guid"),
        "$timestamp" => less("$timestamp", "without the offset"),
        "$randomInt" => less("$randomInt", "without its limits: from 0 to 1000"),
        "$datetime" | "$localDatetime" => match rest {
            "iso8601" => name("$isoTimestamp"),
            _ => Meaning::Nothing("dates in other formats than ISO 8601 are not made here"),
        },
        "$input" | "$input-askonce" | "$pick" | "$pick-askonce" | "$password" | "$prompt" => {
            Meaning::Nothing("nothing is asked before a request is sent; use a variable")
        }
        _ => {
            if let Some(variable) = word.strip_prefix("process.env.").or(word.strip_prefix("$env."))
            {
                return Meaning::Process(variable.to_owned());
            }
            if let Some(random) = word.strip_prefix("$random.") {
                return self::random(random);
            }
            if word.starts_with("$auth.token") || word.starts_with("$auth.idToken") {
                return Meaning::Nothing("a token is had by the request's auth");
            }
            if word.starts_with('$') && rest.is_empty() && known(word) {
                return Meaning::Same;
            }
            if word.starts_with('$') {
                return Meaning::Nothing("Errand makes no such value");
            }
            if let Some(variable) = inner.strip_prefix('%').filter(|name| is_name(name)) {
                return Meaning::Less(variable.to_owned(), "without its percent-encoding");
            }
            if is_name(inner) {
                Meaning::Same
            } else {
                Meaning::Nothing("scripts in braces do not run here")
            }
        }
    }
}

/// `JetBrains`' `$random.…`.
fn random(word: &str) -> Meaning {
    let bare = word.split('(').next().unwrap_or_default();
    let less = |name: &str| Meaning::Less(name.to_owned(), "without its limits");
    match bare {
        "integer" => less("$randomInt"),
        "email" => Meaning::Name("$randomEmail".to_owned()),
        "alphabetic" | "alphanumeric" => less("$randomAlphaNumeric"),
        _ => Meaning::Nothing("Errand makes no such value"),
    }
}

/// Names that people use beyond the editors' own, such as Postman's `$randomCity`.
fn known(word: &str) -> bool {
    word.strip_prefix("$random")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// What may be the name of a variable, rather than a script.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|c| c.is_alphanumeric() || "_-.$:/ ".contains(c))
        && !text.starts_with("new ")
        && !text.contains("await ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_editors_have_a_meaning() {
        assert_eq!(meaning("$guid"), Meaning::Same);
        assert_eq!(meaning(" host "), Meaning::Same);
        assert_eq!(meaning("$uuid"), Meaning::Name("$guid".into()));
        assert_eq!(meaning("$processEnv %USER"), Meaning::Process("USER".into()));
        assert_eq!(meaning("$dotenv TOKEN"), Meaning::DotEnv("TOKEN".into()));
        assert_eq!(meaning("process.env.A"), Meaning::Process("A".into()));
        assert_eq!(meaning("$datetime iso8601"), Meaning::Name("$isoTimestamp".into()));
        assert!(
            matches!(meaning("$randomInt 1 2"), Meaning::Less(name, _) if name == "$randomInt")
        );
        assert!(matches!(meaning("$random.integer(1,"), Meaning::Less(..)));
        assert!(matches!(meaning("$datetime 'DD'"), Meaning::Nothing(_)));
        assert!(matches!(meaning("new Date().toString()"), Meaning::Nothing(_)));
    }
}
