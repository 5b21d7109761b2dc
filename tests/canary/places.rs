//! Every place a secret can enter by, each with a value of its own that is nowhere else in the world.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::path::{Path, PathBuf};

use errand_tests::desktop::Desktop;
use errand_tests::traces::{Find, Hunt};

/// A place, and what is to be seen of it.
pub struct Place {
    /// Its name, which is that of its variable where it has one.
    pub name: &'static str,
    /// Where the secret enters.
    pub enters: &'static str,
    /// The files it is in because somebody put it there, relative to the home folder.
    pub origin: &'static [&'static str],
    /// Whether the value itself is on the wire, rather than what was computed with it.
    pub travels: bool,
}

const fn place(name: &'static str, enters: &'static str, travels: bool) -> Place {
    Place { name, enters, origin: &[], travels }
}

const fn written(
    name: &'static str,
    enters: &'static str,
    origin: &'static [&'static str],
) -> Place {
    Place { name, enters, origin, travels: true }
}

/// The values of a test.
pub struct Canaries {
    places: Vec<(&'static Place, String)>,
    given: std::cell::RefCell<BTreeMap<&'static str, u32>>,
}

impl Canaries {
    pub fn new(tables: &[&'static [Place]]) -> Self {
        let places = tables.iter().flat_map(|table| table.iter());
        let places = places.map(|place| (place, value())).collect();
        Self { places, given: std::cell::RefCell::default() }
    }

    /// The value of a place: letters and digits.
    #[track_caller]
    pub fn of(&self, name: &str) -> &str {
        let found = self.places.iter().find(|(place, _)| place.name == name);
        let (place, value) = found.unwrap_or_else(|| panic!("no place is named {name:?}"));
        *self.given.borrow_mut().entry(place.name).or_default() += 1;
        value
    }

    /// The same with letters that every way of writing it escapes differently.
    #[track_caller]
    pub fn sharp(&self, name: &str) -> String {
        format!("{}/+=&%\"~", self.of(name))
    }

    /// A value that cannot be chosen: what is looked for is a part of it.
    pub fn set(&mut self, name: &str, value: &str) {
        let found = self.places.iter_mut().find(|(place, _)| place.name == name);
        let (place, old) = found.unwrap_or_else(|| panic!("no place is named {name:?}"));
        value.clone_into(old);
        *self.given.get_mut().entry(place.name).or_default() += 1;
    }

    pub fn hunt(&self) -> Hunt {
        Hunt::new(self.places.iter().map(|(place, value)| (place.name, value.as_str())))
    }

    pub fn places(&self) -> impl Iterator<Item = &'static Place> {
        self.places.iter().map(|(place, _)| *place)
    }

    /// Places in the table that the test did not come by.
    pub fn untried(&self) -> Vec<&'static str> {
        let given = self.given.borrow();
        self.places().map(|place| place.name).filter(|name| !given.contains_key(name)).collect()
    }

    /// The names of the secrets whose values the keyring has, in whatever form: typed ones, tokens, and what is
    /// kept whole, such as a jar of cookies.
    pub fn in_keyring(&self, desktop: &Desktop) -> BTreeSet<String> {
        let mut kept = Vec::new();
        for service in ["errand", "errand.tokens", "errand.blobs"] {
            let search = ["search", "--all", "--unlock", "service", service];
            let found = desktop.command("secret-tool").args(search).output();
            kept.extend(found.unwrap_or_else(|error| panic!("no secret-tool: {error}")).stdout);
        }
        self.hunt().in_bytes(&kept).into_iter().map(|find| find.name).collect()
    }

    /// What was found, less what somebody put there and what the keyring keeps.
    pub fn leaks(&self, home: &Path, found: Vec<Find>) -> Vec<Find> {
        let keyrings = home.join("data/keyrings");
        let origin = |find: &Find| -> Vec<PathBuf> {
            let place = self.places().find(|place| place.name == find.name);
            place.into_iter().flat_map(|place| place.origin).map(|file| home.join(file)).collect()
        };
        found
            .into_iter()
            .filter(|find| !find.path.starts_with(&keyrings))
            .filter(|find| !origin(find).iter().any(|file| find.path.starts_with(file)))
            .collect()
    }
}

/// 24 letters and digits, begun with letters of both cases so that a text of one case is another text.
fn value() -> String {
    let mut number = u128::from(RandomState::new().build_hasher().finish()) << 64;
    number |= u128::from(RandomState::new().build_hasher().finish());
    let letters = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    let mut text = "Qx".to_owned();
    for _ in 0..22 {
        let count = letters.len() as u128;
        text.push(char::from(letters[usize::try_from(number % count).unwrap_or_default()]));
        number /= count;
    }
    text
}

/// Kept in the keychain as variables of an environment, and used by requests of the workspace.
#[rustfmt::skip]
pub const KEYCHAIN: &[Place] = &[
    place("basic", "password of Basic", true),
    place("bearer", "token of Bearer", true),
    place("key_header", "API key in a header", true),
    place("key_query", "API key in the query", true),
    place("key_cookie", "API key in a cookie", true),
    place("digest", "password of Digest", false),
    place("ntlm", "password of NTLM", false),
    place("hawk", "key of Hawk", false),
    place("wsse", "password of WSSE", false),
    place("edge_client_token", "client token of EdgeGrid", true),
    place("edge_secret", "client secret of EdgeGrid", false),
    place("edge_access_token", "access token of EdgeGrid", true),
    place("aws_secret", "secret access key of AWS", false),
    place("aws_session", "session token of AWS", true),
    place("aws_query", "session token of AWS, signed in the query", true),
    place("oauth1_consumer", "consumer secret of OAuth 1", false),
    place("oauth1_token", "token secret of OAuth 1", false),
    place("oauth1_plain", "consumer secret of OAuth 1, PLAINTEXT", true),
    place("client_secret", "client secret of OAuth 2", true),
    place("client_secret_post", "client secret of OAuth 2 in a body", true),
    place("owner", "password of a resource owner", true),
    place("refused_client", "client secret that the provider refuses", true),
    place("jwt", "secret of a JWT", false),
    place("asap", "private key of ASAP", false),
    place("passphrase", "passphrase of a client certificate", false),
    place("header", "secret variable in a header", true),
    place("query", "secret variable in the query", true),
    place("path", "secret variable in the path", true),
    place("body", "secret variable in a JSON body", true),
    place("form", "secret variable in a form", true),
    place("multipart", "secret variable in a part", true),
    place("packed", "secret variable that comes back compressed", true),
    place("check", "secret variable in a check's value", false),
    place("redirected", "token of a request that leads elsewhere", true),
    place("refused", "password in the URL of a server that is not there", false),
    place("bad_port", "secret variable in a URL that is none", false),
    place("broken", "secret variable with a line break in a header", false),
    place("hung", "token of a request that times out", true),
    place("denied", "password that the server refuses", true),
    place("no_tls", "token for a server that does not speak TLS", false),
    place("killed", "token of a request in the middle of which the command is killed", true),
    place("aborted", "token of a request in the middle of which the command aborts", true),
    // The answer that brings it is no echo: it is the user's to look at, and kept as it came.
    written("captured", "token in an answer, captured into a secret variable", &["data/errand/bodies"]),
];

/// Kept elsewhere, or given by a server.
#[rustfmt::skip]
pub const ELSEWHERE: &[Place] = &[
    written("netrc", "password in .netrc", &[".netrc"]),
    written("dot_env", "variable of a .env file", &["tea/.env"]),
    written("source_file", "secret from a file", &["tea/secret.txt"]),
    place("source_environment", "secret from an environment variable", true),
    place("source_command", "secret from the output of a command", true),
    place("access_token", "access token from a token endpoint", true),
    place("refresh_token", "refresh token from a token endpoint", false),
    place("id_token", "claim of an ID token", false),
    place("cookie", "cookie that a server sets", true),
];

/// Typed on a command line.
#[rustfmt::skip]
pub const TYPED: &[Place] = &[
    place("typed_user", "errand send -u", true),
    place("typed_key", "errand send -H 'X-Api-Key: …'", true),
    place("typed_bearer", "errand send -H 'Authorization: Bearer …'", true),
    place("typed_cookie", "errand send -H 'Cookie: …'", true),
    place("typed_json", "errand send --json '{\"password\": …}'", true),
    place("typed_data", "errand send -d 'password=…'", true),
    place("typed_form", "errand send -F 'password=…'", true),
    place("typed_url", "password in a URL of errand send", true),
    place("typed_query", "access_token in a URL of errand send", true),
    place("typed_var", "errand send --var access_token=…", true),
    place("typed_env_var", "errand run --env-var, the name a secret's", true),
    place("typed_proxy", "errand send --proxy http://user:…@host", true),
    place("typed_refused", "password in the URL of a server that is not there", false),
    place("typed_broken", "errand send -H without its colon", false),
];
