//! Exports of versions 2 to 4, which are lists of resources that name their parents, brought into
//! the form of version 5.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::workspace::{COLLECTION, DEEPEST};
use crate::fields::{flag, is_blank, put, scalar, take, text};
use crate::{Error, Receipt};

/// One document of version 5 for each workspace.
pub(super) fn documents(
    mut export: Value,
    file: &str,
    receipt: &mut Receipt,
) -> Result<Vec<Value>, Error> {
    let wrong = |place: String, what: String| Error::Wrong { file: file.to_owned(), place, what };
    let version = scalar(&export, "__export_format");
    if !matches!(version.as_str(), "2" | "3" | "4") {
        let what = format!("Export format {version} is not 2, 3, 4 or 5");
        return Err(wrong("__export_format".to_owned(), what));
    }
    let Value::Array(resources) = take(&mut export, "resources") else {
        return Err(wrong("resources".to_owned(), "There is no list of resources".to_owned()));
    };
    if let Some(at) = resources.iter().position(|resource| !resource.is_object()) {
        return Err(wrong(format!("resources[{at}]"), "A resource is not an object".to_owned()));
    }
    Forest::new(resources, file).documents(receipt)
}

/// The resources by their parents.
struct Forest<'f> {
    file: &'f str,
    resources: Vec<Value>,
    /// Resources by the id of their parent, in the file's order.
    below: HashMap<String, Vec<usize>>,
    workspaces: Vec<usize>,
}

impl<'f> Forest<'f> {
    fn new(resources: Vec<Value>, file: &'f str) -> Self {
        let ids: std::collections::HashSet<String> =
            resources.iter().map(|resource| text(resource, "_id").to_owned()).collect();
        let is_workspace = |resource: &Value| text(resource, "_type") == "workspace";
        let workspaces: Vec<_> =
            (0..resources.len()).filter(|at| is_workspace(&resources[*at])).collect();
        let first = workspaces.first().map(|at| text(&resources[*at], "_id").to_owned());
        let mut below: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, resource) in resources.iter().enumerate() {
            if is_workspace(resource) {
                continue;
            }
            let parent = text(resource, "parentId");
            // Exports of single requests name a parent that is not among them.
            let known = ids.contains(parent) && parent != text(resource, "_id");
            let parent = if known { parent.to_owned() } else { first.clone().unwrap_or_default() };
            below.entry(parent).or_default().push(at);
        }
        Self { file, resources, below, workspaces }
    }

    fn documents(mut self, receipt: &mut Receipt) -> Result<Vec<Value>, Error> {
        let mut found = Vec::new();
        for at in std::mem::take(&mut self.workspaces) {
            let workspace = self.resources[at].take();
            found.push(self.document(workspace, receipt)?);
        }
        if found.is_empty() {
            let workspace = json!({ "_id": "", "name": "Insomnia" });
            found.push(self.document(workspace, receipt)?);
        }
        self.open_circles(&mut found[0], receipt)?;
        Ok(found)
    }

    /// What is left is in circles of parents, which are opened at their first folder.
    fn open_circles(&mut self, document: &mut Value, receipt: &mut Receipt) -> Result<(), Error> {
        let mut items = Vec::new();
        for folders in [true, false] {
            for at in 0..self.resources.len() {
                let resource = &self.resources[at];
                let is_folder = text(resource, "_type") == "request_group";
                if resource.is_null() || is_folder != folders {
                    continue;
                }
                let mut scribe = receipt.at(text(resource, "name"));
                scribe.converted("parentId", "it was its own ancestor; now it is at the top");
                self.resource(at, 0, &mut items, &mut Parts::default(), receipt)?;
            }
        }
        if let Some(Value::Array(list)) = document.get_mut("collection") {
            list.append(&mut items);
        }
        Ok(())
    }

    fn document(&mut self, workspace: Value, receipt: &mut Receipt) -> Result<Value, Error> {
        let mut parts = Parts::default();
        let mut items = Vec::new();
        self.children(text(&workspace, "_id"), 0, &mut items, &mut parts, receipt)?;
        let kind = match text(&workspace, "scope") {
            "environment" => "environment.insomnia.rest/5.0",
            "mock-server" => "mock.insomnia.rest/5.0",
            "design" => "spec.insomnia.rest/5.0",
            _ => COLLECTION,
        };
        let mut document = Map::new();
        document.insert("type".to_owned(), kind.into());
        document.extend(renamed(workspace, &[]));
        document.insert("collection".to_owned(), Value::Array(items));
        parts.put_into(&mut document);
        Ok(Value::Object(document))
    }

    fn children(
        &mut self,
        id: &str,
        depth: usize,
        items: &mut Vec<Value>,
        parts: &mut Parts,
        receipt: &mut Receipt,
    ) -> Result<(), Error> {
        let Some(list) = self.below.remove(id) else { return Ok(()) };
        if depth > DEEPEST {
            return Err(Error::Refused {
                file: self.file.to_owned(),
                what: format!("folders are nested more than {DEEPEST} deep"),
            });
        }
        for at in list {
            if !self.resources[at].is_null() {
                self.resource(at, depth, items, parts, receipt)?;
            }
        }
        Ok(())
    }

    /// Brings one resource to where it belongs in version 5.
    fn resource(
        &mut self,
        at: usize,
        depth: usize,
        items: &mut Vec<Value>,
        parts: &mut Parts,
        receipt: &mut Receipt,
    ) -> Result<(), Error> {
        let resource = self.resources[at].take();
        let id = text(&resource, "_id").to_owned();
        let mut inner = Vec::new();
        let mut inside = Parts::default();
        self.children(&id, depth + 1, &mut inner, &mut inside, receipt)?;
        match text(&resource, "_type") {
            "request_group" => {
                let mut folder = renamed(resource, &["environment", "environmentPropertyOrder"]);
                folder.insert("children".to_owned(), Value::Array(inner));
                items.push(Value::Object(folder));
                parts.absorb(inside);
                return Ok(());
            }
            "request" => items.push(Value::Object(request(resource))),
            "grpc_request" => {
                let mut item = request(resource);
                item.entry("reflectionApi").or_insert_with(|| {
                    json!({ "enabled": false, "url": "https://buf.build", "apiKey": "", "module": "" })
                });
                items.push(Value::Object(item));
            }
            "websocket_request" | "socketio_request" => {
                let mut item = request(resource);
                put(&mut item, "payloads", std::mem::take(&mut inside.payloads));
                items.push(Value::Object(item));
            }
            "environment" => {
                let environment = Value::Object(renamed(resource, &["data", "dataPropertyOrder"]));
                parts.environment(environment, inside.environments());
            }
            "websocket_payload" | "socketio_payload" => parts.payloads.push(resource),
            "cookie_jar" => parts.jar = Value::Object(renamed(resource, &[])),
            "api_spec" => parts.spec = spec(resource),
            "proto_file" | "proto_directory" => parts.protos.push(resource),
            "unit_test_suite" => {
                let mut suite = renamed(resource, &[]);
                put(&mut suite, "tests", inside.tests);
                parts.suites.push(Value::Object(suite));
            }
            "unit_test" => parts.tests.push(Value::Object(renamed(resource, &[]))),
            "mock_server" => {
                parts.server = Value::Object(renamed(resource, &[]));
                parts.routes.append(&mut inside.routes);
            }
            "mock_route" => parts.routes.push(Value::Object(renamed(resource, &[]))),
            kind => receipt
                .at(text(&resource, "name"))
                .not_carried(named_kind(kind), "Errand has nothing of this kind"),
        }
        // Whatever hangs below something that holds nothing goes where that is.
        items.append(&mut inner);
        Ok(())
    }
}

fn named_kind(kind: &str) -> String {
    if kind.is_empty() { "resource without _type".to_owned() } else { kind.to_owned() }
}

/// The parts of a workspace beside its items.
#[derive(Default)]
struct Parts {
    base: Option<Value>,
    subs: Vec<Value>,
    jar: Value,
    spec: Value,
    server: Value,
    protos: Vec<Value>,
    suites: Vec<Value>,
    tests: Vec<Value>,
    routes: Vec<Value>,
    payloads: Vec<Value>,
}

impl Parts {
    /// The first environment of a workspace is its base; those below it and further ones are subs.
    fn environment(&mut self, environment: Value, mut below: Vec<Value>) {
        if self.base.is_none() {
            self.base = Some(environment);
        } else {
            self.subs.push(environment);
        }
        self.subs.append(&mut below);
    }

    fn environments(&mut self) -> Vec<Value> {
        self.base.take().into_iter().chain(std::mem::take(&mut self.subs)).collect()
    }

    /// Takes over what was found below a folder, where only items belong.
    fn absorb(&mut self, mut other: Self) {
        for environment in other.environments() {
            self.environment(environment, Vec::new());
        }
        self.protos.append(&mut other.protos);
        self.suites.append(&mut other.suites);
        self.tests.append(&mut other.tests);
        self.routes.append(&mut other.routes);
    }

    fn put_into(mut self, document: &mut Map<String, Value>) {
        if let Some(mut base) = self.base.take() {
            if let Value::Object(base) = &mut base {
                put(base, "subEnvironments", std::mem::take(&mut self.subs));
            }
            document.insert("environments".to_owned(), base);
        }
        put(document, "cookieJar", self.jar);
        put(document, "spec", self.spec);
        put(document, "server", self.server);
        put(document, "routes", self.routes);
        put(document, "testSuites", self.suites);
        put(document, "protoFiles", self.protos);
    }
}

/// A resource with its ids, times and sort key under `meta`, and without what says nothing.
fn renamed(resource: Value, keep_blank: &[&str]) -> Map<String, Value> {
    let Value::Object(resource) = resource else { return Map::new() };
    let mut meta = Map::new();
    let mut item = Map::new();
    for (key, value) in resource {
        let key = match key.as_str() {
            "_type" | "type" | "parentId" | "scope" => continue,
            "_id" => "id",
            "metaSortKey" => "sortKey",
            "created" | "modified" | "isPrivate" | "description" => key.as_str(),
            _ => {
                if !is_blank(&value) || keep_blank.contains(&key.as_str()) {
                    item.insert(key, value);
                }
                continue;
            }
        };
        if !value.is_null() {
            meta.insert(key.to_owned(), value);
        }
    }
    item.insert("meta".to_owned(), Value::Object(meta));
    let mut scripts = Map::new();
    for (old, new) in [("preRequestScript", "preRequest"), ("afterResponseScript", "afterResponse")]
    {
        if let Some(code) = item.shift_remove(old) {
            scripts.insert(new.to_owned(), code);
        }
    }
    put(&mut item, "scripts", scripts);
    item
}

/// A request of any kind, with its settings in one place.
fn request(resource: Value) -> Map<String, Value> {
    let mut item = renamed(resource, &["method", "url"]);
    let mut found = Value::Object(std::mem::take(&mut item));
    let mut settings = Map::new();
    let literal = flag(&found, "settingDisableRenderRequestBody").map(|literal| json!(!literal));
    take(&mut found, "settingDisableRenderRequestBody");
    put(&mut settings, "renderRequestBody", literal.unwrap_or_default());
    put(&mut settings, "encodeUrl", take(&mut found, "settingEncodeUrl"));
    put(&mut settings, "followRedirects", take(&mut found, "settingFollowRedirects"));
    let mut cookies = Map::new();
    put(&mut cookies, "send", take(&mut found, "settingSendCookies"));
    put(&mut cookies, "store", take(&mut found, "settingStoreCookies"));
    put(&mut settings, "cookies", cookies);
    put(&mut settings, "rebuildPath", take(&mut found, "settingRebuildPath"));
    let Value::Object(mut item) = found else { return Map::new() };
    put(&mut item, "settings", settings);
    item
}

/// An API description: its text as a document, when it is one.
fn spec(resource: Value) -> Value {
    let mut spec = renamed(resource, &[]);
    let contents = spec.shift_remove("contents").unwrap_or_default();
    let parsed = contents.as_str().and_then(|text| {
        let source = crate::Source::text(text);
        crate::json_or_yaml(source.single()?).ok().filter(Value::is_object)
    });
    let contents = parsed.unwrap_or(contents);
    if is_blank(&contents) {
        return Value::Null;
    }
    let meta = spec.shift_remove("meta").unwrap_or_default();
    json!({ "contents": contents, "meta": meta })
}
