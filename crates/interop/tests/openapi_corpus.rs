//! Every description of the shared corpus against `corpus/openapi.tsv`, which `ERRAND_ACCEPT=1`
//! writes: file, format, requests, kept/converted/not carried, beginning of the error.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use errand_interop::{Outcome, Source, import, recognise};

fn corpus() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/openapi");
    path.is_dir().then_some(path)
}

/// A file as the app would hand it in: unpacked, and an archive as a folder.
fn source(path: &Path) -> Source {
    let name = path.file_name().expect("it is a file").to_string_lossy().into_owned();
    let bytes = fs::read(path).expect("it can be read");
    let Some(name) = name.strip_suffix(".gz") else { return Source::file(name, bytes) };
    let archive = name.strip_suffix(".tar").is_some();
    let mut plain = Vec::new();
    flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut plain).expect("it is gzip");
    if archive { untar(&plain) } else { Source::file(name, plain) }
}

fn untar(mut bytes: &[u8]) -> Source {
    let mut source = Source::default();
    while bytes.len() >= 512 && bytes[0] != 0 {
        let (head, rest) = bytes.split_at(512);
        let text = |range: std::ops::Range<usize>| {
            String::from_utf8_lossy(&head[range]).trim_end_matches('\0').trim().to_owned()
        };
        let size = usize::from_str_radix(&text(124..136), 8).expect("an octal size");
        if head[156] == b'0' {
            source = source.with(text(0..100), rest[..size].to_vec());
        }
        bytes = &rest[size.div_ceil(512) * 512..];
    }
    source
}

fn row(path: &Path) -> String {
    let source = source(path);
    let name = path.file_name().expect("it is a file").to_string_lossy().into_owned();
    let format = recognise(&source).map_or("-", errand_interop::Format::id);
    match import(&source, None) {
        Ok(import) => {
            let count = |outcome| import.receipt.count(outcome);
            let requests = import.collection.requests().len();
            let (kept, converted) = (count(Outcome::Kept), count(Outcome::Converted));
            let not = count(Outcome::NotCarried);
            format!("{name}\t{format}\t{requests}\t{kept}/{converted}/{not}\t")
        }
        Err(error) => {
            let text: String = error.to_string().chars().take(120).collect();
            format!("{name}\t{format}\t\t\t{text}")
        }
    }
}

#[test]
fn every_description_of_the_corpus_is_as_expected() {
    let Some(corpus) = corpus() else {
        eprintln!("The corpus is not here: skipped.");
        return;
    };
    let mut paths: Vec<_> = fs::read_dir(corpus)
        .expect("the corpus can be read")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    let rows: Vec<String> = paths.iter().map(|path| row(path)).collect();
    let found = rows.join("\n") + "\n";
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/openapi.tsv");
    if std::env::var_os("ERRAND_ACCEPT").is_some() {
        fs::create_dir_all(table.parent().expect("it has one")).expect("it can be made");
        fs::write(&table, &found).expect("it can be written");
    }
    let expected = fs::read_to_string(&table).unwrap_or_default();
    let wrong: Vec<_> =
        found.lines().filter(|row| !expected.lines().any(|line| line == *row)).collect();
    assert!(wrong.is_empty(), "not as in the table:\n{}", wrong.join("\n"));
    assert_eq!(found.lines().count(), expected.lines().count());
}

/// `DigitalOcean`'s operations, each in a file of its own, below a root that names them. What they
/// share is not in the corpus, and each such file has a line.
#[test]
fn a_description_in_many_files_is_one() {
    let Some(corpus) = corpus() else {
        eprintln!("The corpus is not here: skipped.");
        return;
    };
    let source = source(&corpus.join("digitalocean_droplets_fragment.tar.gz"));
    let root = "openapi: 3.0.0
info: {title: Droplets, version: '2'}
paths:
  /v2/droplets:
    get: {$ref: resources/droplets/droplets_list.yml}
    post: {$ref: resources/droplets/droplets_create.yml}
  /v2/droplets/{droplet_id}:
    get: {$ref: resources/droplets/droplets_get.yml}
";
    let source = source.with("specification/openapi.yml", root.as_bytes().to_vec());
    let import = import(&source, None).expect("it can be imported");
    let names: Vec<_> = import
        .collection
        .requests()
        .iter()
        .map(|one| (one.0.join("/"), one.1.request.name.clone()))
        .collect();
    let droplets = |name: &str| ("Droplets".to_owned(), name.to_owned());
    assert_eq!(
        names,
        [
            droplets("List All Droplets"),
            droplets("Create a New Droplet"),
            droplets("Retrieve an Existing Droplet"),
        ]
    );
    let create = import.collection.requests()[1].1.request.clone();
    assert!(format!("{:?}", create.body).contains("ubuntu"), "{:?}", create.body);
    let missing = import.receipt.lines.iter().filter(|line| line.item.starts_with("$ref in "));
    assert!(missing.count() > 3);
}
