//! Addresses of ports: the variable that stands for the host, and what comes after it.

use errand_model::{Environment, ItemEnvironment, Variable};

use super::definitions::Port;

/// The hosts of all ports of a source, each with its variable.
#[derive(Default)]
pub(super) struct Hosts {
    /// Scheme and authority, as typed.
    all: Vec<String>,
}

/// What is wrong with the address of a port.
pub(super) type Doubt = Option<&'static str>;

impl Hosts {
    /// The address of a port as a URL that begins with a variable.
    pub fn url(&mut self, port: Port<'_>) -> (String, Doubt) {
        let space = port.protocol.space();
        let address = port.element.and_then(|one| one.child(space, "address"));
        let location = address.map(|one| one.text_of("location")).unwrap_or_default();
        let (base, path, doubt) = split(location);
        let at = self.all.iter().position(|known| known == base).unwrap_or_else(|| {
            self.all.push(base.to_owned());
            self.all.len() - 1
        });
        (format!("{{{{{}}}}}{path}", variable(at)), doubt)
    }

    /// The hosts as an environment; none when there are none.
    pub fn environment(self, name: &str) -> Option<ItemEnvironment> {
        if self.all.is_empty() {
            return None;
        }
        let variables = self.all.into_iter().enumerate();
        let variables = variables.map(|(at, base)| Variable::new(variable(at), base)).collect();
        let environment =
            Environment { name: name.to_owned(), variables, ..Environment::default() };
        Some(ItemEnvironment { environment, ..ItemEnvironment::default() })
    }
}

fn variable(at: usize) -> String {
    if at == 0 { "base_url".to_owned() } else { format!("base_url_{}", at + 1) }
}

/// Scheme and authority, and the rest.
fn split(location: &str) -> (&str, &str, Doubt) {
    if location.is_empty() {
        return ("http://localhost", "", Some("The description has none: fill in base_url"));
    }
    let rest = ["http://", "https://"].into_iter().find_map(|scheme| {
        let start = location.get(..scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(scheme.len())
    });
    match rest {
        Some(start) => {
            let end = location[start..].find(['/', '?', '#']);
            let end = end.map_or(location.len(), |end| start + end);
            (&location[..end], &location[end..], None)
        }
        None => (location, "", Some("It is no HTTP address: look at the variable of its host")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_told_from_paths() {
        assert_eq!(split("http://a.example:80/b?c=d"), ("http://a.example:80", "/b?c=d", None));
        assert_eq!(split("HTTPS://a.example"), ("HTTPS://a.example", "", None));
        assert_eq!(split("http://a.example?x"), ("http://a.example", "?x", None));
        assert_eq!(split("REPLACE_ME").0, "REPLACE_ME");
        assert!(split("").2.is_some());
    }
}
