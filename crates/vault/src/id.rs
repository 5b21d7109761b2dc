use std::fmt::Write as _;

/// Which secret: its workspace, its environment (none for the collection's own), its name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SecretId {
    /// The workspace's id, which does not change when its folder moves.
    pub workspace: String,
    /// The environment's name.
    pub environment: Option<String>,
    /// The variable's name.
    pub name: String,
}

impl SecretId {
    /// An id from its parts.
    pub fn new(workspace: &str, environment: Option<&str>, name: &str) -> Self {
        Self {
            workspace: workspace.to_owned(),
            environment: environment.map(str::to_owned),
            name: name.to_owned(),
        }
    }

    /// `workspace/environment/name`, as the keychain's user name. A `/` or `%` within a part is
    /// percent-encoded; without an environment the middle is empty.
    pub fn user(&self) -> String {
        let mut user = String::new();
        escape(&mut user, &self.workspace);
        user.push('/');
        escape(&mut user, self.environment.as_deref().unwrap_or_default());
        user.push('/');
        escape(&mut user, &self.name);
        user
    }

    /// The id that [`SecretId::user`] wrote; none for a text it never writes.
    pub fn parse(user: &str) -> Option<Self> {
        let mut parts = user.split('/').map(unescape);
        let (workspace, environment, name) = (parts.next()??, parts.next()??, parts.next()??);
        let id = Self { workspace, environment: Some(environment).filter(|e| !e.is_empty()), name };
        parts.next().is_none().then_some(id)
    }
}

fn escape(into: &mut String, part: &str) {
    for c in part.chars() {
        if matches!(c, '/' | '%') || c.is_control() {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                // Writing to a String never fails.
                let _ = write!(into, "%{byte:02X}");
            }
        } else {
            into.push(c);
        }
    }
}

fn unescape(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let pair = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&pair).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_back_from_their_user_names() {
        for id in [
            SecretId::new("w", Some("staging"), "token"),
            SecretId::new("w", None, "token"),
            SecretId::new("a/b", Some("50%"), "n\0l/ü"),
        ] {
            assert_eq!(SecretId::parse(&id.user()), Some(id));
        }
        assert_eq!(SecretId::new("w", Some("e"), "n").user(), "w/e/n");
        assert_ne!(
            SecretId::new("a/b", None, "c").user(),
            SecretId::new("a", Some("b"), "c").user()
        );
    }

    #[test]
    fn other_programs_entries_are_no_ids() {
        for user in ["", "a", "a/b", "a/b/c/d", "%/b/c", "a/%zz/c", "a/%ff/c"] {
            assert_eq!(SecretId::parse(user), None, "{user}");
        }
    }
}
