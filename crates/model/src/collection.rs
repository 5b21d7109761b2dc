use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Body, Environment, Folder, Header, Param, Request};

/// What other tools say that Errand has no field for, by tool: the children of a file's
/// `extensions` beside `errand`, such as `postman`.
pub type Extensions = Map<String, Value>;

/// A collection as a whole: what importers make, what is written to a folder, what exporters take.
///
/// A secret variable may hold its value here until it is in the keychain; it is never written.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Collection {
    /// Its name, docs and what all requests inherit.
    pub root: Folder,
    /// Of the collection itself.
    pub extensions: Extensions,
    /// In their order.
    pub items: Vec<Item>,
    /// In their order.
    pub environments: Vec<ItemEnvironment>,
}

/// One item of a collection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
#[allow(clippy::large_enum_variant, reason = "folders are few, and requests are boxed")]
pub enum Item {
    /// Holds others.
    Folder(ItemFolder),
    /// An HTTP request.
    Request(Box<ItemRequest>),
    /// Kept and shown, not openable here.
    Other(ItemOther),
}

/// A folder with what is in it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ItemFolder {
    /// Its name, docs and what requests below inherit.
    pub folder: Folder,
    /// Of this folder.
    pub extensions: Extensions,
    /// In their order.
    pub items: Vec<Item>,
}

/// A request with what belongs to it in its file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ItemRequest {
    /// What is sent.
    pub request: Request,
    /// Saved exchanges.
    pub examples: Vec<Example>,
    /// Of this request.
    pub extensions: Extensions,
}

/// An item of a kind that Errand does not open yet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ItemOther {
    /// Shown in the tree.
    pub name: String,
    /// The item as `OpenCollection` 1.0 writes it (`info.type`: `graphql`, `grpc`, `websocket`, …).
    pub content: Map<String, Value>,
}

/// An environment with what belongs to it in its file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ItemEnvironment {
    /// Its variables.
    pub environment: Environment,
    /// Of this environment.
    pub extensions: Extensions,
}

/// A saved exchange (`examples` of `OpenCollection` 1.0).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Example {
    /// Shown in lists.
    pub name: String,
    /// Free text for people.
    pub description: String,
    /// What was sent, if it was saved.
    pub request: Option<ExampleRequest>,
    /// What came back.
    pub response: ExampleResponse,
}

/// What was sent in an example.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ExampleRequest {
    /// Method.
    pub method: String,
    /// As a request's URL.
    pub url: String,
    /// Query and path parameters.
    pub params: Vec<Param>,
    /// Headers.
    pub headers: Vec<Header>,
    /// Body.
    pub body: Body,
}

/// What came back in an example.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ExampleResponse {
    /// Status code; none when the source does not say.
    pub status: Option<u16>,
    /// Reason phrase.
    pub status_text: String,
    /// Headers in order.
    pub headers: Vec<Header>,
    /// Body; none when the source has none.
    pub body: Option<ExampleBody>,
}

/// The body of an example's response.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ExampleBody {
    /// `json`, `text`, `xml`, `html` or `binary`.
    pub kind: String,
    /// The text; Base64 for `binary`.
    pub data: String,
}

impl Collection {
    /// Every request with the names of the folders it is in, in order.
    pub fn requests(&self) -> Vec<(Vec<&str>, &ItemRequest)> {
        fn walk<'a>(
            items: &'a [Item],
            above: &[&'a str],
            found: &mut Vec<(Vec<&'a str>, &'a ItemRequest)>,
        ) {
            for item in items {
                match item {
                    Item::Request(request) => found.push((above.to_vec(), request)),
                    Item::Folder(folder) => {
                        let mut names = above.to_vec();
                        names.push(&folder.folder.name);
                        walk(&folder.items, &names, found);
                    }
                    Item::Other(_) => {}
                }
            }
        }
        let mut found = Vec::new();
        walk(&self.items, &[], &mut found);
        found
    }
}
