//! The requests of the workspace: one for each place a saved request takes a secret from.

use serde_json::{Value, json};

/// A saved request. `{P}` is the server that says everything back; `{{name}}` the secret of that place.
pub struct Saved {
    pub name: &'static str,
    pub method: &'static str,
    pub url: &'static str,
    /// The auth, as JSON; empty for none.
    pub auth: &'static str,
    /// What else the request has under `http`, as JSON; empty for nothing.
    pub http: &'static str,
    /// Its checks and captures, as JSON; empty for none.
    pub runtime: &'static str,
    /// Exit code of `errand send --fail`.
    pub exit: i32,
}

const PLAIN: Saved =
    Saved { name: "", method: "GET", url: "{P}/echo", auth: "", http: "", runtime: "", exit: 0 };

const fn auth(name: &'static str, auth: &'static str) -> Saved {
    Saved { name, auth, ..PLAIN }
}

const fn at(name: &'static str, url: &'static str, auth: &'static str, exit: i32) -> Saved {
    Saved { name, url, auth, exit, ..PLAIN }
}

const fn with(name: &'static str, http: &'static str) -> Saved {
    Saved { name, method: "POST", http, ..PLAIN }
}

#[rustfmt::skip]
pub const REQUESTS: &[Saved] = &[
    auth("basic", r#"{"type":"basic","username":"ada","password":"{{basic}}"}"#),
    auth("bearer", r#"{"type":"bearer","token":"{{bearer}}"}"#),
    auth("key_header", r#"{"type":"apikey","key":"X-Kitchen","value":"{{key_header}}","placement":"header"}"#),
    auth("key_query", r#"{"type":"apikey","key":"k","value":"{{key_query}}","placement":"query"}"#),
    auth("key_cookie", r#"{"type":"apikey","key":"k","value":"{{key_cookie}}","placement":"cookie"}"#),
    at("digest", "{P}/digest", r#"{"type":"digest","username":"ada","password":"{{digest}}"}"#, 0),
    at("ntlm", "{P}/ntlm", r#"{"type":"ntlm","username":"ada","password":"{{ntlm}}","domain":"P"}"#, 0),
    auth("hawk", r#"{"type":"hawk","id":"ada","key":"{{hawk}}"}"#),
    auth("wsse", r#"{"type":"wsse","username":"ada","password":"{{wsse}}"}"#),
    auth("edgegrid", r#"{"type":"edgegrid","clientToken":"{{edge_client_token}}","clientSecret":"{{edge_secret}}","accessToken":"{{edge_access_token}}"}"#),
    auth("aws", r#"{"type":"awsv4","accessKeyId":"AKIDEXAMPLE","secretAccessKey":"{{aws_secret}}","sessionToken":"{{aws_session}}","service":"s3","region":"eu-west-1"}"#),
    auth("aws_query", r#"{"type":"awsv4","accessKeyId":"AKIDEXAMPLE","secretAccessKey":"{{aws_secret}}","sessionToken":"{{aws_query}}","service":"s3","region":"eu-west-1","placement":"query"}"#),
    auth("oauth1", r#"{"type":"oauth1","consumerKey":"c","consumerSecret":"{{oauth1_consumer}}","accessToken":"t","accessTokenSecret":"{{oauth1_token}}","signatureMethod":"HMAC-SHA256"}"#),
    auth("oauth1_plain", r#"{"type":"oauth1","consumerKey":"c","consumerSecret":"{{oauth1_plain}}","signatureMethod":"PLAINTEXT"}"#),
    auth("oauth2", r#"{"type":"oauth2","flow":"client_credentials","accessTokenUrl":"{P}/token","credentials":{"clientId":"c","clientSecret":"{{client_secret}}"}}"#),
    auth("oauth2_post", r#"{"type":"oauth2","flow":"client_credentials","accessTokenUrl":"{P}/token","credentials":{"clientId":"c","clientSecret":"{{client_secret_post}}"},"clientAuthentication":"post","scope":"post","tokenConfig":{"placement":{"query":"t"}}}"#),
    auth("oauth2_owner", r#"{"type":"oauth2","flow":"resource_owner_password_credentials","accessTokenUrl":"{P}/token","credentials":{"clientId":"c"},"resourceOwner":{"username":"ada","password":"{{owner}}"},"tokenConfig":{"source":"id_token"}}"#),
    at("oauth2_refused", "{P}/echo", r#"{"type":"oauth2","flow":"client_credentials","accessTokenUrl":"{P}/refused","credentials":{"clientId":"c","clientSecret":"{{refused_client}}"}}"#, 3),
    auth("jwt", r#"{"type":"jwt","key":{"type":"text","value":"{{jwt}}"},"claims":"{\"sub\":\"ada\"}"}"#),
    auth("asap", r#"{"type":"asap","algorithm":"RS256","issuer":"ada","audience":"tea","keyId":"ada/1","privateKey":{"type":"text","value":"{{asap}}"}}"#),
    auth("netrc", r#"{"type":"netrc"}"#),
    at("passphrase", "https://localhost:{T}/", "", 0),
    with("header", r#"{"headers":[{"name":"X-Kitchen","value":"Spoon {{header}}"}]}"#),
    at("query", "{P}/echo?q={{query}}", "", 0),
    at("path", "{P}/echo/{{path}}", "", 0),
    with("body", r#"{"body":{"type":"json","data":"{\"note\": \"{{body}}\"}"}}"#),
    with("form", r#"{"body":{"type":"form-urlencoded","data":[{"name":"note","value":"{{form}}"}]}}"#),
    with("multipart", r#"{"body":{"type":"multipart-form","data":[{"name":"note","type":"text","value":"{{multipart}}"}]}}"#),
    Saved { name: "packed", url: "{P}/gzip?q={{packed}}", ..PLAIN },
    Saved { name: "check", runtime: r#"{"assertions":[{"expression":"res.body","operator":"eq","value":"{{check}}"}]}"#, exit: 1, ..PLAIN },
    at("redirected", "{P}/away", r#"{"type":"bearer","token":"{{redirected}}"}"#, 0),
    at("refused", "http://ada:{{refused}}@127.0.0.1:1/?q={{refused}}", "", 3),
    at("bad_port", "http://127.0.0.1:{{bad_port}}/", "", 2),
    Saved { name: "broken", http: r#"{"headers":[{"name":"X-Kitchen","value":"{{broken}}"}]}"#, exit: 2, ..PLAIN },
    Saved { name: "hung", url: "{P}/hang", auth: r#"{"type":"bearer","token":"{{hung}}"}"#, http: r#"{"headers":[{"name":"X-Kitchen","value":"{{hung}}"}]}"#, exit: 3, ..PLAIN },
    at("denied", "{P}/refused", r#"{"type":"basic","username":"ada","password":"{{denied}}"}"#, 1),
    at("no_tls", "{S}/echo?q={{no_tls}}", r#"{"type":"bearer","token":"{{no_tls}}"}"#, 3),
    Saved { name: "captured", url: "{P}/login", runtime: r#"{"actions":[{"type":"set-variable","phase":"after-response","selector":{"expression":"res.body.token","method":"jsonq"},"variable":{"name":"captured","scope":"environment"}}]}"#, ..PLAIN },
    auth("captured_used", r#"{"type":"bearer","token":"{{captured}}"}"#),
    at("cookie", "{P}/cookie", "", 0),
    at("cookie_again", "{P}/echo", "", 0),
    with("elsewhere", r#"{"headers":[{"name":"X-A","value":"{{dot_env}}"},{"name":"X-B","value":"{{source_file}}"},{"name":"X-C","value":"{{source_environment}}"},{"name":"X-D","value":"{{source_command}}"}]}"#),
    with("typed_env_var", r#"{"headers":[{"name":"X-Kitchen","value":"{{typed_env_var}}"}]}"#),
];

/// In the middle of which the command is ended.
#[rustfmt::skip]
pub const ENDED: &[Saved] = &[
    Saved { name: "killed", url: "{P}/stall?killed", auth: r#"{"type":"bearer","token":"{{killed}}"}"#, http: r#"{"headers":[{"name":"X-Kitchen","value":"{{killed}}"}]}"#, ..PLAIN },
    Saved { name: "aborted", url: "{P}/stall?aborted", auth: r#"{"type":"basic","username":"ada","password":"{{aborted}}"}"#, ..PLAIN },
];

impl Saved {
    /// The request's file: JSON, which is YAML.
    pub fn file(&self, filled: impl Fn(&str) -> String) -> String {
        let parsed = |text: &str| -> Value {
            let text = if text.is_empty() { "{}" } else { text };
            serde_json::from_str(&filled(text))
                .unwrap_or_else(|error| panic!("{}: {error}", self.name))
        };
        let mut http = parsed(self.http);
        http["method"] = self.method.into();
        http["url"] = filled(self.url).into();
        let mut file = json!({
            "info": { "name": self.name, "type": "http" },
            "http": http,
            "runtime": parsed(self.runtime),
        });
        if !self.auth.is_empty() {
            file["extensions"] = json!({ "errand": { "auth": parsed(self.auth) } });
        }
        serde_json::to_string_pretty(&file).unwrap_or_default()
    }

    /// Whether it uses the secret of that name.
    pub fn uses(&self, name: &str) -> bool {
        let reference = format!("{{{{{name}}}}}");
        [self.url, self.auth, self.http, self.runtime].iter().any(|text| text.contains(&reference))
    }
}
