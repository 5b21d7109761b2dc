//! How long it takes to write ten thousand requests into a new workspace, to list them, and to read
//! them back. Run with `cargo run --release -p errand-workspace --example ten_thousand`; a folder
//! that is given is written to instead of a temporary one.

use std::error::Error;
use std::time::{Duration, Instant};

use errand_model::{
    Body, Check, Collection, Example, Folder, Header, Item, ItemFolder, ItemRequest, Operator,
    Param, ParamKind, RawLanguage, Request,
};
use errand_workspace::Workspace;

const TURNS: usize = 7;

fn main() -> Result<(), Box<dyn Error>> {
    let place = match std::env::args_os().nth(1) {
        Some(folder) => tempfile::tempdir_in(folder)?,
        None => tempfile::tempdir()?,
    };
    let collection = collection();
    let data = place.path().join("data");
    let (mut written, mut added, mut listed, mut read) = (vec![], vec![], vec![], vec![]);
    // All of it stays until the end: ext4 is slow with inodes for seconds after others were deleted.
    for turn in 0..TURNS {
        let root = place.path().join(turn.to_string());
        let begun = Instant::now();
        let workspace = Workspace::create_from(&root, &data, &collection)?;
        written.push(begun.elapsed());
        let begun = Instant::now();
        let nodes = workspace.tree()?.len();
        listed.push(begun.elapsed());
        let begun = Instant::now();
        let (back, problems) = workspace.collection("")?;
        read.push(begun.elapsed());
        if nodes != 10_100 || !problems.is_empty() || back.requests().len() != 10_000 {
            return Err("the workspace is not what was written".into());
        }
        let folder = workspace.create_folder("", "more")?;
        let begun = Instant::now();
        workspace.add(&folder, &collection)?;
        added.push(begun.elapsed());
    }
    report("a new workspace of 10,000 requests", written);
    report("its tree", listed);
    report("all of it read back", read);
    report("10,000 requests added to a workspace", added);
    Ok(())
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort();
    println!(
        "{what}: median {:?}, best {:?}, worst {:?}",
        times[TURNS / 2],
        times[0],
        times[TURNS - 1]
    );
}

fn collection() -> Collection {
    let folder = |number: usize| {
        let folder = Folder { name: format!("Folder {number}"), ..Folder::default() };
        let items = (0..100).map(|n| Item::Request(Box::new(request(n)))).collect();
        Item::Folder(ItemFolder { folder, items, ..ItemFolder::default() })
    };
    let root = Folder { name: "Ten thousand".into(), ..Folder::default() };
    Collection { root, items: (0..100).map(folder).collect(), ..Collection::default() }
}

fn request(number: usize) -> ItemRequest {
    let request = Request {
        name: format!("Request {number}"),
        method: "POST".into(),
        url: "{{base_url}}/orders/:id?expand=lines".into(),
        headers: vec![
            Header::new("Accept", "application/json"),
            Header::new("X-Trace", "{{$guid}}"),
        ],
        params: vec![Param {
            name: "expand".into(),
            value: "lines".into(),
            kind: ParamKind::Query,
            description: String::new(),
            enabled: true,
        }],
        body: Body::Raw {
            language: RawLanguage::Json,
            text: "{\n  \"customer\": \"{{customer}}\",\n  \"lines\": [1, 2, 3]\n}".into(),
        },
        checks: vec![Check {
            expression: "res.status".into(),
            operator: Operator::Eq,
            value: "200".into(),
            description: String::new(),
            enabled: true,
        }],
        docs: "Some words about it.\nAnd some more.".into(),
        ..Request::default()
    };
    let example = Example { name: "Created".into(), ..Example::default() };
    ItemRequest { request, examples: vec![example], ..ItemRequest::default() }
}
