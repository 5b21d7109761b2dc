/// One argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub text: String,
    /// Byte offset of its start in the source.
    pub at: usize,
}

/// What a command reads from its standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stdin {
    File(String),
    Text(String),
}

/// One command of a script.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Command {
    pub words: Vec<Word>,
    pub stdin: Option<Stdin>,
    /// Shell variables that became `{{name}}`.
    pub variables: Vec<String>,
    /// Whether it has `$(…)` or backticks, which nothing runs here.
    pub substitutions: bool,
}

impl Command {
    /// Drops a prompt, `sudo`, and assignments before the command's name.
    pub fn skip_to_curl(&mut self) {
        let skipped = self
            .words
            .iter()
            .take_while(|word| {
                matches!(word.text.as_str(), "$" | "%" | ">" | "sudo" | "time")
                    || is_assignment(&word.text)
            })
            .count();
        self.words.drain(..skipped);
    }
}

fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty()
            && !name.starts_with(|c: char| c.is_ascii_digit())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    })
}

/// `curl`, `curl.exe`, or a path to one of them.
pub(super) fn is_curl_name(word: &str) -> bool {
    let name = word.rsplit(['/', '\\']).next().unwrap_or(word);
    name.eq_ignore_ascii_case("curl") || name.eq_ignore_ascii_case("curl.exe")
}
