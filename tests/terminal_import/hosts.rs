//! What an imported file refers to is fetched from hosts that somebody agreed to, and from no others. The servers
//! know what they were asked for.

use serde_json::{Value, json};

use crate::desk::Desk;
use crate::shelf::Shelf;

/// Two shelves with a part of a description each; the second is reached through the first.
fn shelves() -> (Shelf, Shelf) {
    let far = Shelf::open().with("/name.json", r#"{"type": "string", "example": "Rex the far"}"#);
    let pet = json!({"type": "object", "required": ["name"],
        "properties": {"name": {"$ref": far.url("/name.json")}}});
    let near = Shelf::open().with("/pet.json", pet.to_string());
    (near, far)
}

fn description(pet: &str) -> String {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Pets", "version": "1"},
        "servers": [{"url": "http://127.0.0.1:9"}],
        "paths": {"/pets": {"post": {
            "operationId": "addPet",
            "requestBody": {"content": {"application/json": {"schema": {"$ref": pet}}}},
            "responses": {"200": {"description": "ok"}},
        }}},
    })
    .to_string()
}

#[test]
fn each_host_is_asked_about_at_a_terminal() {
    let (desk, (near, far)) = (Desk::alone(), shelves());
    desk.write("pets.json", description(&near.url("/pet.json")));
    let mut console = desk.console(&["import", "pets.json", "-o", "no"]);
    console.shows(&format!("It refers to an address at {}:", near.host()));
    console.shows(&near.url("/pet.json"));
    console.shows(&format!("Fetch from {}? [y/N]", near.host()));
    console.types("\r");
    console.ends().ended(0);
    assert!(near.asked().is_empty() && far.asked().is_empty(), "nobody agreed");

    let mut console = desk.console(&["import", "pets.json", "-o", "near"]);
    console.shows(&format!("Fetch from {}? [y/N]", near.host()));
    console.types("y\r");
    console.shows(&format!("Fetch from {}? [y/N]", far.host()));
    console.types("n\r");
    console.ends().ended(0);
    assert_eq!(near.asked(), ["GET /pet.json"]);
    assert!(far.asked().is_empty(), "nobody agreed to this one");

    let mut console = desk.console(&["import", "pets.json", "-o", "both"]);
    console.shows("? [y/N]");
    console.types("y\r");
    console.shows("? [y/N]");
    console.types("y\r");
    console.ends().ended(0);
    assert_eq!(far.asked(), ["GET /name.json"]);
    assert!(desk.read("both/addPet.yml").contains("Rex the far"));
}

#[test]
fn without_a_terminal_nothing_is_fetched_but_from_hosts_that_were_named() {
    let (desk, (near, far)) = (Desk::alone(), shelves());
    desk.write("pets.json", description(&near.url("/pet.json")));
    let done = desk.errand(["import", "pets.json", "-o", "none", "--receipt", "-"]).exits(0);
    done.says(&format!("--allow-host {}", near.host()));
    assert!(near.asked().is_empty() && far.asked().is_empty());
    let receipt = done.json();
    let missing = |receipt: &Value, url: &str| {
        let lines = receipt["lines"].as_array().cloned().unwrap_or_default();
        lines.iter().any(|line| line["item"] == url && line["outcome"] == "notCarried")
    };
    assert!(missing(&receipt, &near.url("/pet.json")), "{receipt:#}");

    let (near_host, far_host) = (near.host(), far.host());
    let one = ["import", "pets.json", "-o", "one", "--allow-host", &near_host, "--receipt", "-"];
    let receipt = desk.errand(one).exits(0).json();
    assert_eq!(near.asked(), ["GET /pet.json"]);
    assert!(far.asked().is_empty());
    assert!(missing(&receipt, &far.url("/name.json")), "{receipt:#}");
    assert!(!missing(&receipt, &near.url("/pet.json")), "{receipt:#}");

    let both = ["--allow-host", &near_host, "--allow-host", &far_host];
    let all = [&["import", "pets.json", "-o", "both", "--receipt", "-"], &both[..]].concat();
    let receipt = desk.errand(all).exits(0).json();
    assert_eq!(far.asked(), ["GET /name.json"]);
    assert_eq!(receipt["counts"]["notCarried"], 0, "{receipt:#}");
    assert!(desk.read("both/addPet.yml").contains("Rex the far"));
}

/// Agreement is to a host, not to wherever that sends one on to.
#[test]
fn a_redirect_to_another_host_is_asked_about() {
    let desk = Desk::alone();
    let far = Shelf::open().with("/pet.json", r#"{"type": "object"}"#);
    let near = Shelf::open().with("/pet.json", format!("-> {}", far.url("/pet.json")));
    desk.write("pets.json", description(&near.url("/pet.json")));
    let host = near.host();
    desk.errand(["import", "pets.json", "-o", "one", "--allow-host", &host]).ended(0);
    assert_eq!(near.asked(), ["GET /pet.json"]);
    assert!(far.asked().is_empty(), "nobody agreed to this one");
    let mut console = desk.console(&["import", "pets.json", "-o", "two", "--allow-host", &host]);
    console.shows(&format!("Fetch from {}? [y/N]", far.host()));
    console.types("y\r");
    console.ends().ended(0);
    assert_eq!(far.asked(), ["GET /pet.json"]);
}

/// A run of such a file fetches nothing at all.
#[test]
fn a_run_fetches_nothing() {
    let (desk, (near, far)) = (Desk::alone(), shelves());
    desk.write("pets.json", description(&near.url("/pet.json")));
    let done = desk.errand(["run", "pets.json"]).exits(3);
    done.says(&format!("Nothing is fetched from {}", near.host()));
    assert!(near.asked().is_empty() && far.asked().is_empty());
}
