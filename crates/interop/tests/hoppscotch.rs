//! Hoppscotch's collections and environments.

mod shared;

use errand_interop::{Error, Format, Import, Source, import};
use errand_model::{
    Auth, Body, ClientAuthentication, Collection, Flow, Item, KeyText, ParamKind, PartKind,
    Request, ScriptPhase, TokenPlacement,
};

fn imported(text: &str) -> Import {
    import(&Source::text(text), None).expect("it is imported")
}

fn request<'c>(collection: &'c Collection, name: &str) -> &'c Request {
    let found = collection.requests().into_iter().find(|(_, item)| item.request.name == name);
    &found.expect("a request").1.request
}

const EVERYTHING: &str = include_str!("hoppscotch/everything.json");

#[test]
fn every_field_comes_over() {
    let Import { collection, receipt, .. } = imported(EVERYTHING);
    let root = &collection.root;
    assert_eq!((root.name.as_str(), root.docs.as_str()), ("Everything", "About *it*"));
    assert_eq!(root.defaults.scripts.len(), 2);
    assert_eq!(collection.extensions["errand"]["scriptDialect"], "hoppscotch");
    let variables: Vec<_> = root
        .defaults
        .variables
        .iter()
        .map(|v| (v.name.as_str(), v.value.as_str(), v.secret))
        .collect();
    assert_eq!(
        variables,
        [("shared", "one", false), ("both", "now", false), ("s", "hidden", true)]
    );
    let form = request(&collection, "form");
    assert_eq!(form.url, "{{base}}/a/:id?x=1&q={{q}}");
    assert_eq!(form.params.iter().filter(|p| p.kind == ParamKind::Path).count(), 1);
    assert_eq!(form.variables[0].name, "id");
    assert_eq!(form.settings.use_cookies, Some(false));
    let Body::FormUrlEncoded { rows } = &form.body else { panic!("a form") };
    let rows: Vec<_> =
        rows.iter().map(|r| (r.name.as_str(), r.value.as_str(), r.enabled)).collect();
    assert_eq!(rows, [("a", "1: 2", true), ("b", "{{b}}", false), ("c d", "x\ny", true)]);
    let Body::Multipart { rows } = &request(&collection, "multipart").body else { panic!("parts") };
    assert_eq!((rows[0].kind, rows[1].kind), (PartKind::Text, PartKind::File));
    let html = request(&collection, "html");
    assert!(html.headers.iter().any(|h| h.name == "Content-Type" && h.value == "text/html"));
    assert_eq!(html.scripts[0].phase, ScriptPhase::BeforeRequest);
    let graphql = request(&collection, "graphql");
    let Body::Raw { text, .. } = &graphql.body else { panic!("text") };
    assert_eq!(
        text,
        "{\n  \"query\": \"{ a(id: \\\"{{id}}\\\") }\",\n  \"variables\": { \"n\": {{n}} }\n}"
    );
    let (_, item) = collection
        .requests()
        .into_iter()
        .find(|(_, item)| !item.examples.is_empty())
        .expect("examples");
    let example = &item.examples[0];
    assert_eq!((example.name.as_str(), example.response.status), ("Fine", Some(201)));
    assert_eq!(example.response.body.as_ref().map(|b| b.kind.as_str()), Some("json"));
    assert_eq!(example.request.as_ref().map(|r| r.url.as_str()), Some("{{base}}/x"));
    for item in ["files to send", "{{…}}", "basic auth", "hawk nonce", "token", "initial values"]
    {
        assert!(receipt.lines.iter().any(|line| line.item == item), "no line for {item}");
    }
}

#[test]
fn every_auth_comes_over() {
    let collection = imported(EVERYTHING).collection;
    let auth = |name: &str| &request(&collection, name).auth;
    assert_eq!(*auth("auth none"), Auth::None);
    assert_eq!(*auth("auth inherit"), Auth::Inherit);
    assert_eq!(*auth("auth off"), Auth::None);
    assert!(matches!(auth("auth basic"), Auth::Basic { username, .. } if username == "{{u}}"));
    assert!(matches!(auth("auth bearer"), Auth::Bearer { token } if token == "{{t}}"));
    assert!(matches!(auth("auth api-key"), Auth::ApiKey { key, .. } if key == "k"));
    assert!(matches!(auth("auth digest"), Auth::Digest { .. }));
    assert!(matches!(auth("auth aws"), Auth::AwsV4(aws) if aws.session_token == "st"));
    assert!(matches!(auth("auth hawk"), Auth::Hawk(hawk) if hawk.app == "a"));
    assert!(matches!(auth("auth akamai"), Auth::EdgeGrid(grid) if grid.max_body_bytes == "10"));
    let Auth::Jwt(jwt) = auth("auth jwt") else { panic!("JWT") };
    assert_eq!((jwt.prefix.as_str(), jwt.expires_in.as_str()), ("Bearer", ""));
    assert_eq!(jwt.key, KeyText::Text("{{pem}}".to_owned()));
    assert_eq!(jwt.placement, TokenPlacement::Query("token".to_owned()));
    let Auth::OAuth2(code) = auth("auth code") else { panic!("OAuth 2") };
    assert_eq!((code.flow, code.pkce.disabled), (Flow::AuthorizationCode, false));
    assert_eq!(code.additional_parameters.access_token_request[0].name, "aud");
    let Auth::OAuth2(client) = auth("auth client") else { panic!("OAuth 2") };
    assert_eq!(client.access_token_url, "https://id/token");
    assert_eq!(client.client_authentication, ClientAuthentication::Basic);
    let Auth::OAuth2(old) = auth("auth old") else { panic!("OAuth 2") };
    assert_eq!((old.issuer.as_str(), old.scope.as_str()), ("https://id", "a b"));
    assert!(matches!(auth("oldest"), Auth::Basic { password, .. } if password == "p"));
    assert_eq!(request(&collection, "oldest").url, "https://h/old");
}

#[test]
fn environments_come_alone_in_bulk_and_with_collections() {
    let found = imported(
        r#"{"v": 3, "id": "1", "name": "E", "variables": [{"key": "a", "initialValue": "1", "currentValue": "", "secret": false}]}"#,
    );
    assert_eq!(found.collection.root.name, "E");
    assert_eq!(found.collection.environments[0].environment.variables[0].value, "1");
    let global = imported(
        r#"{"v": 2, "variables": [{"key": "g", "initialValue": "<<x>>", "secret": false}]}"#,
    );
    assert_eq!(global.collection.root.globals[0].value, "{{x}}");
    let source = Source::file("c.json", br#"{"v":1,"name":"C","folders":[],"requests":[]}"#.to_vec())
        .with("e.json", br#"[{"v":0,"name":"E","variables":[{"key":"a","value":"1"}]},{"v":0,"name":"e","variables":[]}]"#.to_vec());
    let found = import(&source, None).expect("it is imported").collection;
    assert_eq!(found.root.name, "C");
    let names: Vec<_> = found.environments.iter().map(|e| e.environment.name.as_str()).collect();
    assert_eq!(names, ["E", "e (2)"]);
    let plain = import(
        &Source::file("dev.json", br#"{"URL": "<<a>>"}"#.to_vec()),
        Some(Format::Hoppscotch),
    );
    let plain = plain.expect("it is imported").collection;
    assert_eq!(plain.environments[0].environment.name, "dev");
    let several = imported(
        r#"[{"v":1,"name":"../A","folders":[],"requests":[]},{"v":1,"name":"B","folders":[],"requests":[]}]"#,
    );
    assert!(several.collection.items.iter().all(|item| matches!(item, Item::Folder(_))));
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    for (text, place) in [
        (r#"[{"v": 1, "name": "t", "folders": []}]"#, "[0].requests"),
        (
            r#"{"v": 1, "name": "t", "folders": [{"name": "f", "requests": []}], "requests": []}"#,
            "folders[0].folders",
        ),
        (r#"{"v": 1, "name": "t", "folders": [], "requests": [7]}"#, "requests[0]"),
        (r#"{"v": "1", "id": 1, "name": "e", "values": [{"key": "a"}]}"#, "variables"),
    ] {
        let found = import(&Source::text(text), Some(Format::Hoppscotch));
        let Err(Error::Wrong { place: told, .. }) = found else { panic!("{text}: {found:?}") };
        assert_eq!(told, place);
    }
    let deep = r#"{"v":1,"name":"d","requests":[],"folders":["#.repeat(100_000);
    assert!(import(&Source::text(deep), Some(Format::Hoppscotch)).is_err());
}

#[test]
fn cut_files_are_told_and_never_panic() {
    for at in (0..EVERYTHING.len()).step_by(41) {
        if let Some(cut) = EVERYTHING.get(..at) {
            let _ = import(&Source::text(cut), Some(Format::Hoppscotch));
        }
    }
    let Some(folder) = shared::corpus("hoppscotch") else { return };
    for (name, bytes) in shared::files(&folder) {
        for at in (0..bytes.len()).step_by((bytes.len() / 15).max(1)) {
            let source = Source::file(name.clone(), bytes[..at].to_vec());
            let _ = import(&source, Some(Format::Hoppscotch));
        }
    }
}
