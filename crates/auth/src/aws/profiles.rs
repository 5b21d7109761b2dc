//! The files of the AWS tools: `credentials` and `config`.

use zeroize::Zeroizing;

/// The profiles of both files.
pub(super) struct Profiles(Vec<Profile>);

/// A profile: what both files say of it.
pub(super) struct Profile {
    pub name: String,
    settings: Vec<(String, Zeroizing<String>)>,
}

impl Profiles {
    /// Reads both. What is in `credentials` comes before what is in `config`.
    pub fn read(credentials: Option<&str>, config: Option<&str>) -> Self {
        let mut profiles = Self(Vec::new());
        profiles.add(credentials.unwrap_or_default(), |section| Some(section));
        profiles.add(config.unwrap_or_default(), |section| match section {
            "default" => Some(section),
            _ => section.strip_prefix("profile").filter(|rest| rest.starts_with([' ', '\t'])),
        });
        profiles
    }

    /// The profile of this name.
    pub fn get(&self, name: &str) -> Option<&Profile> {
        self.0.iter().find(|profile| profile.name == name)
    }

    /// All names, for people.
    pub fn names(&self) -> String {
        let names: Vec<&str> = self.0.iter().map(|profile| profile.name.as_str()).collect();
        names.join(", ")
    }

    fn add(&mut self, text: &str, name_of: impl Fn(&str) -> Option<&str>) {
        let mut current = None;
        for line in text.lines() {
            // An indented line belongs to the setting above it (`s3 =`), none of which matters here.
            if line.starts_with([' ', '\t', '#', ';']) || line.trim().is_empty() {
                continue;
            }
            if let Some(section) = line.trim_end().strip_prefix('[') {
                let section = section.split(']').next().unwrap_or_default().trim();
                current = name_of(section).map(|name| self.at(name.trim().trim_matches('"')));
            } else if let (Some(at), Some((name, value))) = (current, line.split_once('=')) {
                let name = name.trim().to_ascii_lowercase();
                let value = Zeroizing::new(without_comment(value).to_owned());
                self.0[at].settings.push((name, value));
            }
        }
    }

    /// Where the profile of this name is, made if it is new.
    fn at(&mut self, name: &str) -> usize {
        self.0.iter().position(|profile| profile.name == name).unwrap_or_else(|| {
            self.0.push(Profile { name: name.to_owned(), settings: Vec::new() });
            self.0.len() - 1
        })
    }
}

impl Profile {
    /// A setting that is not empty. In a file that says it twice the first one counts.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.settings
            .iter()
            .find(|(known, value)| known == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }
}

/// A comment in a line begins after a blank.
fn without_comment(value: &str) -> &str {
    let ends = [" #", " ;", "\t#", "\t;"];
    let end = ends.iter().filter_map(|mark| value.find(mark)).min().unwrap_or(value.len());
    value[..end].trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_files_are_one() {
        let profiles = Profiles::read(
            Some(
                "# mine\n[default]\naws_access_key_id = A\naws_secret_access_key=b/c+d= # old\n\n[work]\nREGION = x\n",
            ),
            Some(
                "[default]\nregion = eu-west-1\naws_access_key_id = other\n[profile work]\nregion=y\ns3 =\n  region = no\n[profile \"two words\"]\nrole_arn = r\n[other]\nregion = z\n[sso-session work]\nregion = q\n",
            ),
        );
        let get = |name: &str, setting: &str| profiles.get(name).and_then(|p| p.get(setting));
        assert_eq!(get("default", "aws_access_key_id"), Some("A"));
        assert_eq!(get("default", "aws_secret_access_key"), Some("b/c+d="));
        assert_eq!(get("default", "region"), Some("eu-west-1"));
        assert_eq!(get("work", "region"), Some("x"));
        assert_eq!(get("two words", "role_arn"), Some("r"));
        assert_eq!(profiles.names(), "default, work, two words");
    }
}
