//! The code is run, in every language this machine has, and a server sees the same request from each. What Errand
//! itself sends is compared with curl's in `tests/code_on_the_wire.rs` of the whole.

#[path = "code_runs/echo.rs"]
mod echo;
#[path = "code_runs/languages.rs"]
mod languages;
#[path = "code_runs/lot.rs"]
mod lot;
#[path = "code_runs/requests.rs"]
mod requests;

use std::fs;
use std::path::Path;

use echo::Echo;
use errand_interop::code;
use languages::Language;

/// Writes the files that the requests send.
fn provide(folder: &Path) {
    fs::write(folder.join("some file.txt"), "line one\nline two é\n").expect("a file");
    fs::write(folder.join("all.bin"), (0..=255).collect::<Vec<u8>>()).expect("a file");
}

/// Runs the target's code for each request, and curl's.
fn same_as_curl(target: &str) {
    let (echo, folder) = (Echo::start(), tempfile::tempdir().expect("a folder"));
    provide(folder.path());
    let Some(language) = Language::present(target, folder.path()) else { return };
    let curl = Language::present("curl", folder.path()).expect("curl is always there");
    let (mut ran, mut wrong) = (0, Vec::new());
    for (name, request) in requests::all(echo.address()) {
        if language.cannot(name) {
            continue;
        }
        let see = |language: &Language| {
            let code = code::generate(&request, language.target).expect("it is written");
            let told = language.run(&code.text).unwrap_or_else(|told| told);
            echo.last().ok_or_else(|| format!("{name}: nothing arrived: {told}\n{}", code.text))
        };
        ran += 1;
        match (see(&language), see(&curl)) {
            (Ok(seen), Ok(expected)) if seen == expected => {}
            (Ok(seen), Ok(expected)) => {
                wrong.push(format!("{name}: {seen:#?}\ncurl: {expected:#?}"));
            }
            (Err(told), _) | (_, Err(told)) => wrong.push(told),
        }
    }
    println!("{target}: {ran} requests");
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

macro_rules! languages {
    ($($name:ident: $target:literal,)*) => {
        $(#[test] fn $name() { same_as_curl($target); })*
    };
}

languages! {
    c_libcurl: "c-libcurl",
    go: "go",
    httpie: "httpie",
    java_httpclient: "java-httpclient",
    javascript_axios: "javascript-axios",
    javascript_fetch: "javascript-fetch",
    node: "node",
    perl_http_tiny: "perl-http-tiny",
    php_curl: "php-curl",
    php_guzzle: "php-guzzle",
    python_aiohttp: "python-aiohttp",
    python_httpx: "python-httpx",
    python_requests: "python-requests",
    ruby: "ruby",
    rust_reqwest: "rust-reqwest",
    typescript_fetch: "typescript-fetch",
    wget: "wget",
}
