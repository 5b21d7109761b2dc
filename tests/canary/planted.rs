//! Leaks that the test makes itself, where leaks would be: a search that misses one of them proves nothing.

use std::fs;
use std::io;
use std::path::PathBuf;

use errand_tests::traces::{self, Find};

use super::kitchen::Kitchen;

type Pack = fn(&[u8]) -> io::Result<Vec<u8>>;

const PACKINGS: [(&str, Pack); 4] = [
    ("gzip", traces::gzip),
    ("zlib", traces::zlib),
    ("zstd", traces::zstd_frame),
    ("zip", traces::zip_entry),
];

/// Plants a value in each form and in each kind of packing; every one must be found, and nothing else.
pub fn each_is_found(kitchen: &Kitchen<'_>) {
    let value = kitchen.canaries.of("basic");
    let home = kitchen.desktop.home();
    let mut planted: Vec<(String, PathBuf)> = Vec::new();
    for (count, (name, bytes)) in plants(kitchen, value).into_iter().enumerate() {
        // Beside the bodies, among what the web view keeps, in the workspace.
        let folder =
            ["data/errand/bodies", "data/errand-planted", "cache", "tea", "tmp"][count % 5];
        let path = home.join(folder).join(format!("planted-{count}"));
        let made = fs::create_dir_all(home.join(folder)).and_then(|()| fs::write(&path, bytes));
        made.unwrap_or_else(|error| panic!("cannot plant {}: {error}", path.display()));
        planted.push((name, path));
    }
    let named = home.join("state").join(value);
    fs::write(&named, "").unwrap_or_else(|error| panic!("cannot plant: {error}"));
    planted.push(("the name of a file".to_owned(), named));

    let leaks = kitchen.leaks();
    for (name, path) in &planted {
        let found = leaks.iter().any(|find| find.path == *path && find.name == "basic");
        assert!(found, "what is planted as {name} is not found");
    }
    let others: Vec<_> =
        leaks.iter().filter(|find| !planted.iter().any(|(_, path)| find.path == *path)).collect();
    assert!(others.is_empty(), "what nobody planted: {others:?}");
    // And what was printed is looked through too.
    kitchen.errand(&["send", &kitchen.parrot.url(&format!("/echo/{value}"))]);
    let printed = |find: &Find| find.path.display().to_string().starts_with("(output of send");
    assert!(kitchen.leaks().iter().any(printed), "what is printed is looked through");
}

/// A value in all forms and packings, each with its name.
fn plants(kitchen: &Kitchen<'_>, value: &str) -> Vec<(String, Vec<u8>)> {
    let mut plants: Vec<(String, Vec<u8>)> = traces::named_forms(value)
        .into_iter()
        .map(|(name, form)| (name.to_owned(), [b"key=\"".as_slice(), &form, b"\""].concat()))
        .collect();
    let text = format!("{{\"before\": 1, \"token\": \"{value}\", \"after\": 2}}");
    let packed = |pack: Pack, bytes: &[u8]| {
        pack(bytes).unwrap_or_else(|error| panic!("cannot pack: {error}"))
    };
    for (name, pack) in PACKINGS {
        let member = packed(pack, text.as_bytes());
        plants.push((name.to_owned(), [b"before".as_slice(), &member, b"after"].concat()));
        let twice = packed(pack, &packed(traces::gzip, text.as_bytes()));
        plants.push((format!("gzip in {name}"), twice));
    }
    let database = fs::read(kitchen.desktop.home().join("data/errand/history.sqlite"));
    let mut free = database.unwrap_or_else(|error| panic!("there is no history: {error}"));
    free.extend([vec![0; 100], value.as_bytes().to_vec(), vec![0; 3000]].concat());
    plants.push(("a free page".to_owned(), free));
    plants
}
