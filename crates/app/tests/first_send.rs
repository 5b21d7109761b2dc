//! The first minute through the command table: the example workspace, a send, and finding it again.

use std::sync::{Arc, Mutex};

use errand_app::{App, EventSink, NoFace, Paths, Session};
use serde_json::{Value, json};

struct Place {
    _folder: tempfile::TempDir,
    app: Arc<App>,
    session: Arc<Session>,
}

fn place() -> Place {
    let folder = tempfile::tempdir().expect("a folder");
    let app = App::open(Paths::below(folder.path()), Arc::new(NoFace)).expect("the core opens");
    let example = app.example().expect("the example is made");
    let session = Session::new(app.clone(), example, true);
    Place { _folder: folder, app, session }
}

impl Place {
    async fn call(&self, name: &str, args: Value) -> Value {
        self.try_call(name, args).await.unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    async fn try_call(
        &self,
        name: &str,
        args: Value,
    ) -> Result<Value, errand_app::wire::WireError> {
        self.session.call(name, args, EventSink::none()).await
    }
}

fn request(url: &str) -> Value {
    json!({ "name": "Try", "method": "GET", "url": url })
}

#[tokio::test]
async fn the_example_is_there_at_boot() {
    let place = place();
    let boot = place.call("boot", json!({})).await;
    let nodes = boot["workspace"]["nodes"].as_array().expect("a tree");
    assert!(nodes.len() > 10, "{nodes:?}");
    assert!(nodes.iter().all(|node| node["kind"] != "broken"), "{nodes:?}");
    assert!(boot["workspaceError"].is_null());
}

#[tokio::test]
async fn a_send_streams_is_kept_and_can_be_read() {
    let place = place();
    place.call("boot", json!({})).await;
    let playground = errand_playground::Playground::start(None).await.expect("a playground");
    let seen = Arc::new(Mutex::new(Vec::new()));
    let sink = {
        let seen = seen.clone();
        EventSink::new(move |event| seen.lock().expect("events").push(event))
    };
    let mut request = request(&format!("{}/anything?a=1", playground.url()));
    request["checks"] = json!([
        { "expression": "res.status", "operator": "eq", "value": "200" },
        { "expression": "$.args.a", "operator": "eq", "value": "2" },
    ]);
    request["captures"] =
        json!([{ "expression": "$.method", "variable": "method", "scope": "runtime" }]);
    let args = json!({ "exchange": "1", "path": null, "request": request });
    let exchange = place.session.call("send", args, sink).await.expect("an exchange");
    assert_eq!(exchange["state"], "complete", "{exchange:#}");
    assert_eq!(exchange["status"], 200);
    let passed: Vec<_> = exchange["checks"]
        .as_array()
        .expect("checks")
        .iter()
        .map(|c| c["passed"].clone())
        .collect();
    assert_eq!(passed, [json!(true), json!(false)], "{exchange:#}");
    assert_eq!(exchange["captures"][0]["value"], "GET");
    assert!(
        exchange["hops"][0]["requestHead"]
            .as_str()
            .is_some_and(|head| head.starts_with("GET /anything?a=1 HTTP/1.1"))
    );
    assert!(seen.lock().expect("events").iter().any(|event| event["type"] == "head"));

    let view = place
        .call("openView", json!({ "body": exchange["body"]["id"], "contentType": "application/json", "kind": "pretty", "filter": null, "wrap": null }))
        .await;
    let rows = place
        .call(
            "rows",
            json!({ "view": view["view"], "from": 0, "to": 10, "columnFrom": 0, "columnTo": 200 }),
        )
        .await;
    assert_eq!(rows["rows"][0]["text"], "{");

    let found = place.call("searchHistory", json!({ "words": "anything", "limit": 10 })).await;
    assert_eq!(found["entries"].as_array().map(Vec::len), Some(1));
    let detail = place.call("historyDetail", json!({ "id": found["entries"][0]["id"] })).await;
    assert_eq!(detail["exchange"]["status"], 200);
    assert_eq!(detail["exchange"]["body"]["id"], exchange["body"]["id"]);

    let variables = place.call("variables", json!({ "path": "", "request": null })).await;
    let captured = variables.as_array().expect("variables").iter().find(|v| v["name"] == "method");
    assert_eq!(captured.map(|v| &v["value"]), Some(&json!("GET")));
}

#[tokio::test]
async fn a_refused_connection_is_an_exchange_that_says_why() {
    let place = place();
    place.call("boot", json!({})).await;
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|l| l.local_addr())
        .expect("a free port")
        .port();
    let args = json!({ "exchange": "1", "path": null, "request": request(&format!("http://127.0.0.1:{port}/")) });
    let exchange = place.call("send", args).await;
    assert_eq!(exchange["state"], "failed");
    assert_eq!(exchange["error"]["code"], "refused");
    assert!(exchange["error"]["hint"].as_str().is_some_and(|hint| !hint.is_empty()));
}

#[tokio::test]
async fn cancel_ends_a_waiting_exchange() {
    let place = place();
    place.call("boot", json!({})).await;
    let playground = errand_playground::Playground::start(None).await.expect("a playground");
    let session = place.session.clone();
    let sink = EventSink::new(move |event| {
        if event["type"] == "phase" && event["phase"] == "waiting" {
            let session = session.clone();
            tokio::spawn(async move {
                session.call("cancel", json!({ "exchange": "1" }), EventSink::none()).await
            });
        }
    });
    let args = json!({ "exchange": "1", "path": null, "request": request(&format!("{}/delay/20", playground.url())) });
    let exchange = place.session.call("send", args, sink).await.expect("an exchange");
    assert_eq!(exchange["state"], "cancelled");
}

#[tokio::test]
async fn cancel_does_not_wait_for_what_comes_before_sending() {
    let place = place();
    place.call("boot", json!({})).await;
    let args = json!({ "exchange": "1", "path": null, "request": request("http://127.0.0.1:1/") });
    let (sent, cancelled) = tokio::join!(
        place.try_call("send", args),
        place.try_call("cancel", json!({ "exchange": "1" }))
    );
    assert!(cancelled.is_ok());
    assert_eq!(sent.expect_err("nothing was sent").code, "cancelled");
}

#[tokio::test]
async fn a_save_over_a_change_made_elsewhere_is_a_conflict() {
    let place = place();
    let boot = place.call("boot", json!({})).await;
    let root = std::path::PathBuf::from(boot["workspace"]["root"].as_str().expect("a root"));
    let nodes = boot["workspace"]["nodes"].as_array().expect("nodes");
    let path =
        nodes.iter().find(|node| node["kind"] == "request").expect("a request")["path"].clone();
    let doc = place.call("readRequest", json!({ "path": path })).await;
    let file = root.join(path.as_str().expect("a path"));
    let theirs = std::fs::read_to_string(&file).expect("the file") + "\n# theirs\n";
    std::fs::write(&file, &theirs).expect("their edit");
    let mut mine = doc["request"].clone();
    mine["url"] = json!("http://127.0.0.1/mine");
    let save = json!({ "path": path, "request": mine, "baseRevision": doc["revision"], "force": false, "tab": null });
    let error = place.try_call("saveRequest", save).await.expect_err("a conflict");
    assert_eq!(error.code, "conflict");
    assert_eq!(std::fs::read_to_string(&file).expect("the file"), theirs);
    let comparison = place.call("compareRequest", json!({ "path": path, "request": mine })).await;
    let mine_lines =
        comparison["lines"].as_array().expect("lines").iter().filter(|line| line["side"] == "mine");
    assert_eq!(mine_lines.count(), 1, "{comparison:#}");
}

#[tokio::test]
async fn an_unknown_command_and_bad_arguments_are_errors() {
    let place = place();
    assert_eq!(
        place.try_call("frobnicate", json!({})).await.expect_err("unknown").code,
        "unknown-command"
    );
    assert_eq!(
        place.try_call("rows", json!({ "view": 1 })).await.expect_err("bad").code,
        "bad-arguments"
    );
    place.app.close();
}
