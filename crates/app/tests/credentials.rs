//! Credentials through the whole core: found, kept, fetched from elsewhere, checked; never in a file.
#![allow(clippy::expect_used, missing_docs, reason = "a test")]

mod common;

use common::{Place, Server, files, ok, open, request, text, without_a_keychain};
use errand_app::Session;
use serde_json::{Value, json};

/// A response for whoever asks with this header value; 401 for all others.
fn guard(name: &'static str, value: &'static str) -> Server {
    Server::new(move |head| {
        let wanted = format!("{name}: {value}").to_lowercase();
        if head.lines().any(|line| line.to_lowercase() == wanted) {
            return ok("welcome");
        }
        b"HTTP/1.1 401 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".to_vec()
    })
}

fn with(mut request: Value, key: &str, value: Value) -> Value {
    request[key] = value;
    request
}

/// The files of the place that hold this text.
fn holding(place: &Place, text: &str) -> Vec<String> {
    let found = files(place.folder.path()).into_iter().filter(|path| {
        std::fs::read(path)
            .is_ok_and(|bytes| bytes.windows(text.len()).any(|here| here == text.as_bytes()))
    });
    found.map(|path| path.display().to_string()).collect()
}

#[tokio::test]
async fn a_typed_credential_becomes_a_secret_of_the_collection() {
    if !without_a_keychain("a_typed_credential_becomes_a_secret_of_the_collection") {
        return;
    }
    let place = Place::new().await;
    let server = guard("authorization", "Bearer typed-canary-value");
    let typed = with(
        request("GET", &server.url("/")),
        "auth",
        json!({ "type": "bearer", "token": "typed-canary-value" }),
    );
    let found = place.call("findLiterals", json!({ "request": typed, "folder": null })).await;
    assert_eq!(text(&found[0]["suggestion"]), "token", "{found}");
    assert_eq!(text(&found[0]["literal"]), "typed-canary-value");
    let args = json!({ "environment": null, "name": "token", "value": "typed-canary-value" });
    let kept = place.call("keepAsSecret", args.clone()).await;
    assert_eq!(
        (text(&kept["reference"]), text(&kept["state"])),
        ("{{token}}".to_owned(), "sessionOnly".to_owned())
    );
    // Twice the same is the same one; another value gets another name.
    assert_eq!(place.call("keepAsSecret", args).await["name"], "token");
    let other = json!({ "environment": null, "name": "token", "value": "another" });
    assert_eq!(place.call("keepAsSecret", other).await["name"], "token_2");

    let referring = with(typed, "auth", json!({ "type": "bearer", "token": "{{token}}" }));
    let exchange = place.send(referring).await;
    assert_eq!(exchange["status"], 200, "{exchange}");
    assert_eq!(holding(&place, "typed-canary-value"), Vec::<String>::new());
}

#[tokio::test]
async fn drafts_and_history_leave_typed_credentials_out() {
    if !without_a_keychain("drafts_and_history_leave_typed_credentials_out") {
        return;
    }
    let place = Place::new().await;
    let server = Server::new(ok);
    let typed = with(
        request("POST", &server.url("/")),
        "auth",
        json!({ "type": "basic", "username": "ada", "password": "typed-canary-value" }),
    );
    let typed = with(
        typed,
        "headers",
        json!([{ "name": "X-Api-Key", "value": "second-canary-value", "enabled": true }]),
    );
    let draft = json!({ "tab": "t1", "path": null, "baseRevision": null, "request": typed });
    place.call("saveDraft", json!({ "draft": draft })).await;
    place.send(typed.clone()).await;
    let page = place.call("searchHistory", json!({ "text": "", "limit": 10 })).await;
    let id = &page["entries"][0]["id"];
    let detail = place.call("historyDetail", json!({ "id": id })).await;
    assert_eq!(detail["request"]["auth"]["password"], "{{password}}", "{detail}");
    for canary in ["typed-canary-value", "second-canary-value", "YWRhOnR5cGVkLWNhbmFyeS12YWx1ZQ"] {
        assert_eq!(holding(&place, canary), Vec::<String>::new(), "{canary}");
    }
    // Opened again in the same process, the draft is whole.
    let again = Session::new(place.app.clone(), None, false);
    let view = common::call(&again, "openWorkspace", json!({ "path": place.root() })).await;
    assert_eq!(view["drafts"][0]["request"]["auth"]["password"], "typed-canary-value");
    // In another one, without a keychain, all but the credential is there.
    let app = open(place.folder.path());
    let fresh = Session::new(app, None, false);
    let view = common::call(&fresh, "openWorkspace", json!({ "path": place.root() })).await;
    let password = text(&view["drafts"][0]["request"]["auth"]["password"]);
    assert!(password.starts_with("{{unsaved "), "{password}");
    place.app.close();
}

#[tokio::test]
async fn a_command_runs_once_it_is_approved_and_its_output_is_a_secret() {
    if !without_a_keychain("a_command_runs_once_it_is_approved_and_its_output_is_a_secret") {
        return;
    }
    let place = Place::new().await;
    let server = guard("x-key", "canary-from-a-command");
    place.call("createEnvironment", json!({ "name": "Dev", "copyFrom": null })).await;
    let environment = json!({
        "name": "Dev", "color": "", "description": "", "extends": null, "dotEnvFile": null,
        "clientCertificates": [],
        "variables": [{
            "name": "key", "secret": true, "enabled": true,
            "source": { "type": "command", "command": "printf 'canary-%s-a-command' from" },
        }],
    });
    let args =
        json!({ "name": "Dev", "environment": environment, "baseRevision": null, "force": true });
    place.call("saveEnvironment", args).await;
    place.call("selectEnvironment", json!({ "name": "Dev" })).await;
    let keyed = with(
        request("GET", &server.url("/")),
        "headers",
        json!([{ "name": "X-Key", "value": "{{key}}", "enabled": true }]),
    );
    let send = json!({ "exchange": "1", "path": null, "request": keyed });
    let refused = place.fails("send", send.clone()).await;
    assert_eq!(refused.code, "not-approved", "{refused:?}");
    assert!(refused.message.contains("printf"), "{refused:?}");
    assert!(server.requests().is_empty(), "nothing is sent without the value");

    let wanted = place.call("secretCommands", json!({})).await;
    assert_eq!(wanted[0]["approved"], false);
    let approve = json!({ "command": wanted[0]["command"], "approved": true });
    assert_eq!(place.call("approveCommand", approve).await[0]["approved"], true);
    let exchange = place.call("send", send).await;
    assert_eq!(exchange["status"], 200, "{exchange}");
    assert!(text(&exchange["hops"][0]["requestHead"]).contains("X-Key: {{key}}"), "{exchange}");
    place.app.close();
    assert_eq!(holding(&place, "canary-from-a-command"), Vec::<String>::new());
}

#[tokio::test]
async fn an_auth_check_finds_what_is_let_in() {
    if !without_a_keychain("an_auth_check_finds_what_is_let_in") {
        return;
    }
    let place = Place::new().await;
    let (closed, open) = (guard("authorization", "Bearer good-token"), Server::saying(ok("hi")));
    let verdicts = |check: &Value| -> Vec<(String, String)> {
        let rows = check["rows"].as_array().expect("rows");
        rows.iter().map(|row| (text(&row["variant"]), text(&row["verdict"]))).collect()
    };
    let pairs = |all: [(&str, &str); 5]| {
        all.map(|(variant, verdict)| (variant.to_owned(), verdict.to_owned())).to_vec()
    };
    for (server, holes, wrong) in [(&closed, 0, "good"), (&open, 3, "hole")] {
        let bearer = json!({ "type": "bearer", "token": "good-token" });
        let request = with(request("GET", &server.url("/")), "auth", bearer);
        let args = json!({
            "exchange": "check", "path": null, "request": request, "otherEnvironment": null,
        });
        let check = place.call("checkAuth", args).await;
        assert_eq!(check["holes"], holes, "{check}");
        assert_eq!(
            verdicts(&check),
            pairs([
                ("valid", "good"),
                ("nothing", wrong),
                ("wrong", wrong),
                ("tampered", wrong),
                ("expired", "skipped"),
            ])
        );
    }
    let error = place
        .fails("checkAuth", json!({
            "exchange": "check", "path": null, "request": request("GET", &open.url("/")), "otherEnvironment": null,
        }))
        .await;
    assert_eq!(error.code, "no-auth");
}

#[tokio::test]
async fn a_proxys_password_is_not_in_the_settings_file() {
    if !without_a_keychain("a_proxys_password_is_not_in_the_settings_file") {
        return;
    }
    let place = Place::new().await;
    let proxy = Server::new(ok);
    let mut settings =
        serde_json::to_value(errand_app::wire::Settings::default()).expect("settings");
    settings["sending"]["proxy"] = json!({
        "type": "manual", "url": format!("http://ada:proxy-canary@{}", proxy.address), "noProxy": "",
    });
    let saved = place.call("saveSettings", json!({ "settings": settings })).await;
    assert!(!saved.to_string().contains("proxy-canary"), "{saved}");
    let exchange = place.get("http://example.test/").await;
    assert_eq!(exchange["status"], 200, "{exchange}");
    // `ada:proxy-canary` in base64.
    assert!(proxy.requests()[0].contains("YWRhOnByb3h5LWNhbmFyeQ=="), "{:?}", proxy.requests());
    place.app.close();
    for form in ["proxy-canary", "YWRhOnByb3h5LWNhbmFyeQ"] {
        assert_eq!(holding(&place, form), Vec::<String>::new());
    }
}

#[tokio::test]
async fn providers_are_all_readable_and_people_may_add_theirs() {
    if !without_a_keychain("providers_are_all_readable_and_people_may_add_theirs") {
        return;
    }
    let place = Place::new().await;
    let all = place.call("providers", json!({})).await;
    assert!(
        all.as_array().is_some_and(|all| all.len() >= 24),
        "{}",
        all.as_array().map_or(0, Vec::len)
    );
    let config = place.folder.path().join("config");
    std::fs::create_dir_all(&config).expect("a folder");
    std::fs::write(config.join("providers.toml"), "[[provider]]\nid = 3\n").expect("a file");
    let error = place.fails("providers", json!({})).await;
    assert!(error.place.is_some_and(|place| place.line.is_some()), "{}", error.message);
}

#[tokio::test]
async fn a_token_is_fetched_when_a_request_needs_it_and_kept_apart_by_environment() {
    const TEST: &str = "a_token_is_fetched_when_a_request_needs_it_and_kept_apart_by_environment";
    if !without_a_keychain(TEST) {
        return;
    }
    let place = Place::new().await;
    let playground = errand_playground::Playground::start(None).await.expect("a playground");
    let auth = json!({
        "type": "oauth2", "flow": "client_credentials", "scope": "read",
        "accessTokenUrl": format!("{}/oauth/token", playground.url()),
        "revocationUrl": format!("{}/oauth/revoke", playground.url()),
        "credentials": { "clientId": "errand", "clientSecret": "playground" },
    });
    let at = json!({ "path": "", "auth": auth, "request": null });
    let before = place.call("token", at.clone()).await;
    assert_eq!((&before["state"], &before["needsPerson"]), (&json!("none"), &json!(false)));

    let url = format!("{}/oauth/resource", playground.url());
    let exchange = place.send(with(request("GET", &url), "auth", auth.clone())).await;
    assert_eq!(exchange["status"], 200, "{exchange}");
    let head = text(&exchange["hops"][0]["requestHead"]);
    assert!(
        head.contains("Authorization: Bearer ••••••") || head.contains("{{access_token}}"),
        "{head}"
    );

    let view = place.call("token", at.clone()).await;
    assert_eq!((&view["state"], &view["sessionOnly"]), (&json!("valid"), &json!(true)), "{view}");
    let hops = view["hops"].to_string();
    assert!(hops.contains("Token request") || hops.contains("oken"), "{hops}");
    let value =
        text(&place.call("copyToken", json!({ "place": at, "which": "access" })).await["value"]);
    assert!(!hops.contains(&value) && !hops.contains("playground\\\""), "{hops}");

    // Another environment has a token of its own: none yet.
    place.call("createEnvironment", json!({ "name": "Other", "copyFrom": null })).await;
    place.call("selectEnvironment", json!({ "name": "Other" })).await;
    assert_eq!(place.call("token", at.clone()).await["state"], "none");
    place.call("selectEnvironment", json!({ "name": null })).await;

    let revoked = place.call("revokeToken", at.clone()).await;
    assert_eq!(revoked["state"], "none", "{revoked}");
    place.app.close();
    assert_eq!(holding(&place, &value), Vec::<String>::new());
}

#[tokio::test]
async fn a_flow_that_needs_a_person_asks_for_a_login() {
    if !without_a_keychain("a_flow_that_needs_a_person_asks_for_a_login") {
        return;
    }
    let place = Place::new().await;
    let server = Server::saying(ok("never asked"));
    let auth = json!({
        "type": "oauth2", "flow": "authorization_code",
        "authorizationUrl": server.url("/authorize"), "accessTokenUrl": server.url("/token"),
        "credentials": { "clientId": "errand", "clientSecret": "" },
    });
    let send = json!({
        "exchange": "1", "path": null, "request": with(request("GET", &server.url("/")), "auth", auth),
    });
    let error = place.fails("send", send).await;
    assert_eq!(error.code, "login-needed", "{error:?}");
    assert!(server.requests().is_empty());
}
