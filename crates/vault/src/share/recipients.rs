use super::ShareError;

/// Somebody who can open what is sealed.
#[derive(Clone)]
pub struct Recipient {
    /// A name for people; may be empty.
    pub name: String,
    pub(super) key: age::x25519::Recipient,
}

impl Recipient {
    pub(super) fn new(name: &str, key: age::x25519::Recipient) -> Self {
        Self { name: one_line(name), key }
    }

    /// Of a name and a public key `age1…`.
    ///
    /// # Errors
    /// [`ShareError::Recipient`], with line 1, for a text that is no such key.
    pub fn parse(name: &str, public_key: &str) -> Result<Self, ShareError> {
        Ok(Self::new(name, key(public_key.trim(), 1)?))
    }

    /// `age1…`
    pub fn public_key(&self) -> String {
        self.key.to_string()
    }
}

/// The people of a list: a key on each line, its owner's name in the comment right above. The
/// command `age -R` reads the same. A key that is there twice counts once.
///
/// # Errors
/// [`ShareError::Recipient`] with the line that is no public key.
pub fn parse_recipients(list: &str) -> Result<Vec<Recipient>, ShareError> {
    let list = list.strip_prefix('\u{feff}').unwrap_or(list);
    let (mut found, mut name): (Vec<Recipient>, &str) = (Vec::new(), "");
    for (number, line) in list.lines().map(str::trim).enumerate() {
        if let Some(comment) = line.strip_prefix('#') {
            name = comment.trim();
            continue;
        }
        if !line.is_empty() {
            let recipient = Recipient::new(name, key(line, number + 1)?);
            if !found.iter().any(|known| known.public_key() == recipient.public_key()) {
                found.push(recipient);
            }
        }
        name = "";
    }
    Ok(found)
}

/// The list as a text that [`parse_recipients`] reads, by name.
pub fn write_recipients(recipients: &[Recipient]) -> String {
    let mut sorted: Vec<&Recipient> = recipients.iter().collect();
    sorted.sort_by_key(|recipient| (recipient.name.to_lowercase(), recipient.public_key()));
    let mut list = "# Who can open secrets.age: one public key a line, its owner's name above it.\n# Whoever is added can open it once the secrets are sealed again.\n".to_owned();
    for recipient in sorted {
        list.push('\n');
        if !recipient.name.is_empty() {
            list.extend(["# ", &recipient.name, "\n"]);
        }
        list.push_str(&recipient.public_key());
        list.push('\n');
    }
    list
}

fn key(text: &str, line: usize) -> Result<age::x25519::Recipient, ShareError> {
    let wrong = |reason: &str| ShareError::Recipient { line, reason: reason.to_owned() };
    if text.to_ascii_uppercase().contains("AGE-SECRET-KEY-") {
        return Err(wrong(
            "holds a private key, which everybody can read now: remove it, and make a new key",
        ));
    }
    text.parse().map_err(|_| {
        let shown: String = text.chars().filter(|c| !c.is_control()).take(20).collect();
        wrong(&format!("is not a public key \"age1…\" but begins with \"{shown}\": correct or remove it, or make it a comment with #"))
    })
}

fn one_line(name: &str) -> String {
    name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Identity;

    #[test]
    fn lists_come_back() {
        let [anna, ben] = [Identity::generate(), Identity::generate()];
        let people =
            [ben.recipient("Ben\n# x"), anna.recipient("anna"), Identity::generate().recipient("")];
        let list = write_recipients(&people);
        let read = parse_recipients(&list).expect("a list");
        let names: Vec<&str> = read.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["", "anna", "Ben # x"]);
        assert_eq!(write_recipients(&read), list);
        let twice = format!("{list}\n{}\n", anna.public_key());
        assert_eq!(parse_recipients(&twice).map(|all| all.len()), Ok(3));
    }

    #[test]
    fn a_wrong_line_is_named() {
        let key = Identity::generate().public_key();
        for (list, wrong) in [
            (format!("# A\n{key}\nage1short\n"), 3),
            ("ssh-ed25519 AAAA me@host".to_owned(), 1),
            (format!("{key} # Anna\n"), 1),
            (format!("{key}\n\nAGE-SECRET-KEY-1CANARY\n"), 3),
        ] {
            match parse_recipients(&list) {
                Err(error @ ShareError::Recipient { line, .. }) => {
                    assert_eq!(line, wrong, "{list}");
                    assert!(!error.to_string().contains("CANARY"));
                }
                _ => panic!("{list}"),
            }
        }
    }
}
