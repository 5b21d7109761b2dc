//! Edits made outside are reported, own saves are not.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

mod common;

use std::fs;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use common::Place;
use errand_model::{Environment, Request};
use errand_workspace::{Changes, Watch};

const ITEM: &str = "info:\n  name: A\n  type: http\nhttp:\n  method: GET\n  url: u\n";

struct Watched {
    place: Place,
    reports: Receiver<Changes>,
    _watch: Watch,
}

impl Watched {
    fn new(files: &[(&str, &str)]) -> Self {
        let place = Place::new(files);
        let (sender, reports) = channel();
        let watch = place.workspace.watch(move |changes| drop(sender.send(changes))).unwrap();
        Self { place, reports, _watch: watch }
    }

    /// All reports up to the one that has this path: a file made for it marks the end.
    fn until(&self, path: &str) -> Changes {
        let mut all = Changes::default();
        loop {
            let report =
                self.reports.recv_timeout(Duration::from_secs(20)).expect("nothing was reported");
            all.tree |= report.tree;
            all.all |= report.all;
            all.items.extend(report.items);
            all.environments.extend(report.environments);
            if all.all || all.items.iter().chain(&all.environments).any(|p| p == path) {
                return all;
            }
        }
    }
}

#[test]
fn outside_edits_of_every_sort() {
    let w =
        Watched::new(&[("a.yml", ITEM), ("d/b.yml", ITEM), ("environments/e.yml", "name: e\n")]);
    fs::write(w.place.path("a.yml"), ITEM.replace("GET", "PUT")).unwrap();
    assert!(w.until("a.yml").tree);
    // As editors do: another file, renamed over it.
    fs::write(w.place.path("d/.b.yml.swp"), ITEM.replace("GET", "PATCH")).unwrap();
    fs::rename(w.place.path("d/.b.yml.swp"), w.place.path("d/b.yml")).unwrap();
    w.until("d/b.yml");
    fs::write(w.place.path("environments/e.yml"), "name: f\n").unwrap();
    assert_eq!(w.until("environments/e.yml").environments, ["environments/e.yml"]);
    fs::write(w.place.path("opencollection.yml"), "info: {name: N}\n").unwrap();
    w.until("");
    fs::create_dir_all(w.place.path("new/deep")).unwrap();
    fs::write(w.place.path("new/deep/c.yml"), ITEM).unwrap();
    w.until("new/deep/c.yml");
    fs::write(w.place.path("new/deep/c.yml"), "x").unwrap();
    w.until("new/deep/c.yml");
    fs::write(w.place.path("new/folder.yml"), "info: {name: New}\n").unwrap();
    w.until("new");
    fs::remove_file(w.place.path("a.yml")).unwrap();
    w.until("a.yml");
    fs::remove_dir_all(w.place.path("d")).unwrap();
    w.until("d");
}

#[test]
fn own_changes_are_not_reported() {
    let w = Watched::new(&[("a.yml", ITEM), ("d/b.yml", ITEM)]);
    let workspace = &w.place.workspace;
    let (mut request, revision) = workspace.read_request("a.yml").unwrap();
    request.url = "v".into();
    workspace.save_request("a.yml", &request, &revision, false).unwrap();
    let folder = workspace.create_folder("", "F").unwrap();
    workspace.create_request(&folder, &Request { name: "R".into(), ..Request::default() }).unwrap();
    workspace.rename("d", "e").unwrap();
    workspace.duplicate(&["e".into()]).unwrap();
    workspace.move_items(&["a.yml".into()], "F", 0).unwrap();
    workspace
        .create_environment(&Environment { name: "E".into(), ..Environment::default() })
        .unwrap();
    let deleted = workspace.delete(&["e".into()]).unwrap();
    workspace.restore(&deleted.id).unwrap();
    fs::write(w.place.path("mark.yml"), ITEM).unwrap();
    let told = w.until("mark.yml");
    assert_eq!(told.items, ["mark.yml"]);
    assert_eq!(told.environments, Vec::<String>::new());
    // A later edit of the same file from outside is.
    fs::write(w.place.path("F/a.yml"), ITEM).unwrap();
    w.until("F/a.yml");
}

#[test]
fn a_storm_is_one_report_and_hidden_folders_are_none() {
    let w = Watched::new(&[("a.yml", ITEM)]);
    fs::create_dir_all(w.place.path(".git/objects")).unwrap();
    for n in 0..100 {
        fs::write(w.place.path(&format!(".git/objects/{n}")), "x").unwrap();
    }
    for n in 0..500 {
        fs::write(w.place.path(&format!("{n}.yml")), ITEM).unwrap();
    }
    let told = w.until("499.yml");
    assert!(told.items.iter().all(|p| !p.starts_with(".git")));
    assert!(told.all || told.items.len() >= 500);
}
