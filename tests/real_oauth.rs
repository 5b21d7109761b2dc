//! The real command and a real OpenID provider: what it gives is had, kept, refreshed and shown as it wants it.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::thread;

use errand_tests::browser::{Browser, Messenger};
use errand_tests::counterparts::oidc::{Manner, OpenIdProvider};
use errand_tests::desktop::Desktop;
use errand_tests::terminal::{Ran, Terminal};
use serde_json::Value;

/// A request to the provider's API, authorised by a flow: `http` is what the file format has room for.
fn orders(terminal: &Terminal<'_>, name: &str, flow: &str, http: &str, own: &str) {
    terminal.request(name, "{{api}}/orders", &oauth2(flow, http), &format!("{OWN}{own}"));
}

fn oauth2(flow: &str, http: &str) -> String {
    format!(
        "  auth:\n    type: oauth2\n    flow: {flow}\n    scope: openid offline_access orders:read\n{http}"
    )
}

const OWN: &str = "      issuer: '{{issuer}}'\n      resource: '{{api}}'\n";

fn client(id: &str, secret: &str) -> String {
    format!("    credentials:\n      clientId: {id}\n      clientSecret: '{secret}'\n")
}

/// Somebody at a desktop, with what the provider gave them in the environment and in the keyring.
fn at<'desktop>(desktop: &'desktop Desktop, provider: &OpenIdProvider) -> Terminal<'desktop> {
    let terminal = Terminal::at(desktop);
    let (issuer, api) = (provider.issuer(), provider.api());
    let secrets = ["client_secret", "client_key"];
    terminal.environment(&[("issuer", &issuer), ("api", &api)], &secrets, "");
    terminal.keep("client_secret", &provider.secret());
    terminal.keep("client_key", &provider.client_key());
    terminal
}

/// A login that waits; what it says is read as it comes.
struct Login {
    child: Child,
    said: BufReader<std::process::ChildStderr>,
}

impl Login {
    fn start(mut command: Command) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("errand: {error}"));
        let said = child.stderr.take().unwrap_or_else(|| panic!("no pipe"));
        Self { child, said: BufReader::new(said) }
    }

    /// What stands after `part` in the next line with it.
    #[track_caller]
    fn after(&mut self, part: &str) -> String {
        let mut all = String::new();
        loop {
            let mut line = String::new();
            let length = self.said.read_line(&mut line).unwrap_or_default();
            assert!(length > 0, "not said: {part:?} in {all}");
            if let Some((_, rest)) = line.split_once(part) {
                return rest.trim().to_owned();
            }
            all.push_str(&line);
        }
    }

    fn end(mut self) -> Ran {
        let mut err = String::new();
        let _ = self.said.read_to_string(&mut err);
        let output = self.child.wait_with_output();
        let output = output.unwrap_or_else(|error| panic!("errand: {error}"));
        let out = String::from_utf8_lossy(&output.stdout).into_owned();
        Ran { code: output.status.code(), out, err }
    }
}

/// Begins a login of that request; the answer is the address that the system's browser was given.
#[track_caller]
fn begin(terminal: &Terminal<'_>, messenger: &Messenger, arguments: &[&str]) -> (Login, String) {
    let mut command = terminal.command(&["auth", "login"]);
    command.args(arguments).env("BROWSER", messenger.command());
    let login = Login::start(command);
    (login, messenger.address())
}

#[track_caller]
fn status(terminal: &Terminal<'_>, file: &str, code: i32) -> Value {
    terminal.errand(&["auth", "status", file, "--json"]).exits(code).json()
}

#[test]
fn a_person_logs_in_once_and_requests_go_out_with_the_token() {
    let (provider, desktop) = (OpenIdProvider::start(), Desktop::start());
    let terminal = at(&desktop, &provider);
    orders(&terminal, "orders", "authorization_code", &client(OpenIdProvider::PUBLIC, ""), "");
    let sent = terminal.errand(&["send", "orders.yml"]).exits(3);
    sent.says("errand auth login orders.yml -e Test");
    assert_eq!(status(&terminal, "orders.yml", 1)["state"], "none");

    let (messenger, browser) = (Messenger::at(&desktop), Browser::start(&desktop));
    // Turned down first: the provider's word, and nothing is kept.
    let (login, address) = begin(&terminal, &messenger, &["orders.yml"]);
    browser.open(&address);
    browser.cancel();
    login.end().exits(3).says("access_denied");
    assert_eq!(status(&terminal, "orders.yml", 1)["state"], "none");

    let (login, address) = begin(&terminal, &messenger, &["orders.yml", "-v"]);
    for part in ["code_challenge_method=S256", "state=", "nonce="] {
        assert!(address.contains(part), "{part} in {address}");
    }
    browser.open(&address);
    browser.log_in("ada");
    let done = login.end().exits(0);
    done.says("Logged in, for ");
    done.says("> POST /token");
    let told = terminal.gets("orders");
    assert_eq!((&told["subject"], &told["client"]), (&"ada".into(), &"public".into()), "{told}");

    let view = status(&terminal, "orders.yml", 0);
    assert_eq!(view["state"], "valid", "{view}");
    let id = view["idClaims"]["json"].as_str().unwrap_or_default();
    assert!(id.contains("\"sub\": \"ada\"") && view["idClaims"]["checked"] == true, "{view}");
    // Refreshed on demand, then revoked: the provider knows neither token any more.
    let _ = terminal.errand(&["auth", "refresh", "orders.yml"]).exits(0);
    let again = terminal.gets("orders");
    assert_ne!(again["token"], told["token"], "another token");
    let _ = terminal.errand(&["auth", "revoke", "orders.yml"]).exits(0);
    assert_eq!(status(&terminal, "orders.yml", 1)["state"], "none");
    let _ = terminal.errand(&["send", "orders.yml"]).exits(3);
}

#[test]
fn tokens_are_bound_to_a_key_after_a_pushed_request() {
    let provider = OpenIdProvider::with(Manner { dpop_nonce: true, ..Manner::default() });
    let desktop = Desktop::start();
    let terminal = at(&desktop, &provider);
    let own = "      pushedAuthorization: true\n      dpop: true\n";
    let credentials = client(OpenIdProvider::BASIC, "{{client_secret}}");
    orders(&terminal, "bound", "authorization_code", &credentials, own);
    let (messenger, browser) = (Messenger::at(&desktop), Browser::start(&desktop));
    let (login, address) = begin(&terminal, &messenger, &["bound.yml"]);
    assert!(address.contains("request_uri=") && !address.contains("code_challenge"), "{address}");
    browser.open(&address);
    browser.log_in("grace");
    let _ = login.end().exits(0);
    let told = terminal.gets("bound");
    assert_eq!(told["subject"], "grace", "{told}");
    assert!(told["bound"]["jkt"].is_string(), "{told}");
    assert_eq!(status(&terminal, "bound.yml", 0)["tokenType"], "DPoP");
    // The key is kept with the token, so a refreshed one is bound to it, too.
    let _ = terminal.errand(&["auth", "refresh", "bound.yml"]).exits(0);
    assert_eq!(terminal.gets("bound")["bound"], told["bound"]);
}

#[test]
fn a_code_is_entered_elsewhere() {
    let (provider, desktop) = (OpenIdProvider::start(), Desktop::start());
    let terminal = at(&desktop, &provider);
    orders(&terminal, "device", "device_code", &client(OpenIdProvider::PUBLIC, ""), "");
    let browser = Browser::start(&desktop);
    let mut login = Login::start(terminal.command(&["auth", "login", "device.yml"]));
    let address = login.after("Or open ");
    browser.open(&address);
    browser.agree();
    browser.log_in("linus");
    let _ = login.end().exits(0);
    assert_eq!(terminal.gets("device")["subject"], "linus");
}

#[test]
fn a_client_proves_itself_in_each_way() {
    let (provider, desktop) = (OpenIdProvider::start(), Desktop::start());
    let terminal = at(&desktop, &provider);
    let key = "      clientAuthentication: private_key_jwt\n      clientKeyAlgorithm: ES256\n      clientKeyId: client\n      clientKey:\n        type: text\n        value: '{{client_key}}'\n";
    let placed = format!("{}      placement: body\n", client("post", "{{client_secret}}"));
    for (name, credentials, own) in [
        (OpenIdProvider::BASIC, client("basic", "{{client_secret}}"), ""),
        (OpenIdProvider::POST, placed, ""),
        (
            OpenIdProvider::SECRET_JWT,
            client("secret-jwt", "{{client_secret}}"),
            "      clientAuthentication: client_secret_jwt\n",
        ),
        (OpenIdProvider::KEY_JWT, client("key-jwt", ""), key),
    ] {
        // Nobody logs in: no scope that is about a person.
        orders(&terminal, name, "client_credentials", &credentials, own);
        let told = terminal.gets(name);
        assert_eq!(told["client"], name, "{told}");
    }
    // Fetched once, kept in the keyring.
    let first = terminal.gets("basic");
    assert_eq!(terminal.gets("basic")["token"], first["token"]);

    // The provider says what a token of its own is worth, and forgets it when asked to.
    let opaque = format!(
        "  auth:\n    type: oauth2\n    flow: client_credentials\n{}",
        client("basic", "{{client_secret}}")
    );
    terminal.request("opaque", "{{issuer}}/me", &opaque, "      issuer: '{{issuer}}'\n");
    let _ = terminal.errand(&["auth", "login", "opaque.yml"]).exits(0);
    let asked = terminal.errand(&["auth", "status", "opaque.yml", "--introspect"]).exits(0);
    assert_eq!(
        (&asked.json()["active"], &asked.json()["client_id"]),
        (&true.into(), &"basic".into())
    );
    let _ = terminal.errand(&["auth", "revoke", "opaque.yml"]).exits(0);
    assert_eq!(status(&terminal, "opaque.yml", 0)["state"], "none");

    // A client that cannot prove itself: the server's words are told, and what is kept stays.
    orders(&terminal, "basic", "client_credentials", &client("basic", "of-another-client"), "");
    let refused = terminal.errand(&["auth", "login", "basic.yml"]).exits(3);
    refused.says("invalid_client");
    refused.says("client authentication failed");
    assert!(!refused.err.contains("of-another-client"), "{refused:?}");
    assert_eq!(terminal.gets("basic")["token"], first["token"]);
    let _ = terminal.errand(&["auth", "logout", "basic.yml"]).exits(0);
    terminal.errand(&["send", "basic.yml"]).exits(3).says("invalid_client");
}

#[test]
fn a_client_proves_itself_by_its_certificate() {
    let provider = OpenIdProvider::with(Manner { mutual_tls: true, ..Manner::default() });
    let desktop = Desktop::start();
    let terminal = at(&desktop, &provider);
    let (secure, certificates) = provider.secure();
    let (certificate, key) = certificates.client();
    let settings = serde_json::json!({ "sending": { "authorities": [certificates.authority()] } });
    let folder = desktop.home().join("config/errand");
    std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(folder.join("settings.json"), settings.to_string()))
        .unwrap_or_else(|error| panic!("cannot write the settings: {error}"));
    let certificates = format!(
        "clientCertificates:\n  - domain: 127.0.0.1\n    type: pem\n    certificateFilePath: '{}'\n    privateKeyFilePath: '{}'\n",
        certificate.display(),
        key.display()
    );
    let (issuer, api) = (provider.issuer(), provider.api());
    let plain = [("issuer", issuer.as_str()), ("api", api.as_str()), ("secure", &secure)];
    let own = "      clientAuthentication: tls_client_auth\n";
    let credentials = client(OpenIdProvider::MUTUAL_TLS, "");
    orders(&terminal, "mutual", "client_credentials", &credentials, own);
    terminal.environment(&plain, &[], &certificates);
    let told = terminal.gets("mutual");
    assert_eq!(told["client"], OpenIdProvider::MUTUAL_TLS, "{told}");
    assert!(told["bound"]["x5t#S256"].is_string(), "{told}");
}

/// As if its time had passed: the one token in the keyring says so.
fn expire(desktop: &Desktop) {
    let tool = |verb: &[&str], attributes: &[String]| {
        let mut command = desktop.command("secret-tool");
        command.args(verb).args(attributes).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    };
    let all = ["service".to_owned(), "errand.tokens".to_owned()];
    let found = tool(&["search", "--all", "--unlock"], &all).output();
    let found = found.unwrap_or_else(|error| panic!("secret-tool: {error}"));
    let told = [found.stdout, found.stderr].concat();
    let told = String::from_utf8_lossy(&told);
    let attributes: Vec<String> = told
        .lines()
        .filter_map(|line| line.strip_prefix("attribute.")?.split_once(" = "))
        .filter(|(name, _)| *name != "xdg:schema")
        .flat_map(|(name, value)| [name.to_owned(), value.to_owned()])
        .collect();
    let kept = tool(&["lookup"], &attributes).output();
    let kept = kept.unwrap_or_else(|error| panic!("secret-tool: {error}"));
    let mut token: Value = serde_json::from_slice(&kept.stdout)
        .unwrap_or_else(|error| panic!("{error}: not one token in {attributes:?}"));
    for time in ["obtained_at", "expires_at"] {
        token[time] = "2020-01-01T00:00:00Z".into();
    }
    assert!(tool(&["clear"], &attributes).status().is_ok_and(|status| status.success()));
    let mut store = tool(&["store", "--label=token"], &attributes);
    let mut child = store.stdin(Stdio::piped()).spawn().unwrap_or_else(|error| panic!("{error}"));
    if let Some(mut input) = child.stdin.take() {
        let written = input.write_all(token.to_string().as_bytes());
        written.unwrap_or_else(|error| panic!("{error}"));
    }
    assert!(child.wait().is_ok_and(|status| status.success()));
}

const REMEMBER: &str = "
runtime:
  actions:
    - type: set-variable
      phase: after-response
      selector:
        expression: $.token
        method: jsonq
      variable:
        name: first
        scope: environment
";

const COMPARE: &str = "
runtime:
  assertions:
    - expression: res.body.token
      operator: eq
      value: \"{{first}}\"
";

#[test]
fn an_expired_token_is_refreshed_once_for_all() {
    let (provider, desktop) = (OpenIdProvider::start(), Desktop::start());
    let terminal = at(&desktop, &provider);
    let credentials = client(OpenIdProvider::PUBLIC, "");
    for number in 1..=20 {
        let then = if number == 1 { REMEMBER } else { COMPARE };
        let http = format!("{credentials}{then}");
        orders(&terminal, &format!("{number:02}"), "authorization_code", &http, "");
    }
    let (messenger, browser) = (Messenger::at(&desktop), Browser::start(&desktop));
    let (login, address) = begin(&terminal, &messenger, &["01.yml"]);
    browser.open(&address);
    browser.log_in("ada");
    let _ = login.end().exits(0);
    let before = terminal.gets("01")["token"].clone();

    expire(&desktop);
    assert_eq!(status(&terminal, "01.yml", 0)["state"], "expired");
    let ran = terminal.errand(&["run", ".", "-r", "json"]).exits(0);
    let report = ran.json();
    assert_eq!(
        (&report["summary"]["requests"], &report["summary"]["checks"]),
        (&20.into(), &19.into())
    );
    let after = terminal.gets("01")["token"].clone();
    assert_ne!(after, before, "it was refreshed");

    // Several processes at the same moment: one of them refreshes, and the others take what it got.
    expire(&desktop);
    terminal.request("plain", "{{api}}/orders", &oauth2("authorization_code", &credentials), OWN);
    let tokens: Vec<Value> = thread::scope(|scope| {
        let send = || terminal.gets("plain")["token"].clone();
        let sends: Vec<_> = (0..5).map(|_| scope.spawn(send)).collect();
        let ended = sends.into_iter().map(thread::ScopedJoinHandle::join);
        ended.map(|token| token.unwrap_or_else(|_| panic!("a send failed"))).collect()
    });
    assert!(tokens.iter().all(|token| *token == tokens[0] && *token != after), "{tokens:?}");
}
