//! `errand export`, and what comes back when it is imported again.

mod support;

use support::{Home, Playground, workspace};

#[test]
fn a_workspace_goes_out_and_comes_back() {
    let home = Home::new();
    let playground = Playground::start(&home);
    workspace(&home, &playground.url);
    for (format, file) in [
        ("postman", "out.json"),
        ("insomnia", "out.yaml"),
        ("opencollection", "all.yml"),
        ("bruno", "bru"),
        ("http", "http"),
    ] {
        let done = home.errand(["export", "shop", "--to", format, "-o", file]).exits(0);
        assert!(done.err.contains("Wrote"), "{}", done.err);
        let back = format!("{format}-back");
        home.errand(["import", file, "-o", &back]).exits(0);
        let ran = home.errand([
            "run",
            &back,
            "-r",
            "json",
            "--env-var",
            &format!("base_url={}", playground.url),
        ]);
        let report = ran.json();
        let mut names: Vec<&str> = report["requests"]
            .as_array()
            .expect("requests")
            .iter()
            .filter_map(|request| request["name"].as_str())
            .collect();
        if format == "http" {
            // Its folders are files, which have no order but that of their names.
            names.rotate_left(2);
        }
        assert_eq!(names, ["Create", "Read", "Teapot", "After"], "{format}: {report}");
    }
    let text = home.errand(["export", "shop/Orders", "--to", "curl", "-o", "-"]).exits(0).out;
    assert_eq!(text.matches("\ncurl ").count(), 2, "{text}");
    home.errand(["export", "shop", "--to", "nonsense", "-o", "x"]).exits(2);
    home.errand(["export", "missing", "--to", "curl", "-o", "x"]).exits(4);
}

/// What another tool wrote is run as it is, with its environment by name and by file.
#[test]
fn a_collection_is_run_as_it_is() {
    let home = Home::new();
    let playground = Playground::start(&home);
    workspace(&home, &playground.url);
    home.errand(["export", "shop", "--to", "postman", "-o", "out/shop.json"]).exits(0);
    let environment = std::fs::read_dir(home.path("out"))
        .expect("a folder")
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.to_string_lossy().contains("environment"))
        .expect("an environment");
    let environment = environment.to_str().expect("a path");
    let ran = home.errand([
        "run",
        "out/shop.json",
        "-e",
        environment,
        "-r",
        "json",
        "--folder",
        "Orders",
    ]);
    let report = ran.json();
    assert_eq!(report["requests"].as_array().map(Vec::len), Some(2), "{report}");
    assert_eq!(report["requests"][0]["status"], 200, "{report}");
    let by_name = home.errand(["run", "out", "-e", "Local", "-r", "json", "--folder", "Orders"]);
    assert_eq!(by_name.json()["requests"][0]["status"], 200, "{by_name:?}");
    home.errand(["run", "out", "-e", "None", "-r", "json"]).exits(2);
}

#[test]
fn a_request_is_written_as_source_code() {
    let home = Home::new();
    let playground = Playground::start(&home);
    workspace(&home, &playground.url);
    let path = "shop/Orders/create.yml";
    let kept = home.errand(["code", path, "--lang", "python-requests"]).exits(0).out;
    assert!(kept.contains("import requests") && kept.contains("{{base_url}}"), "{kept}");
    let filled = home.errand(["code", path, "--lang", "go", "-e", "Local"]).exits(0).out;
    assert!(filled.contains(&playground.url) && !filled.contains("{{base_url}}"), "{filled}");
    let several = home.errand(["code", path, "--lang", "Python"]).exits(2);
    assert!(several.err.contains("python-httpx"), "{}", several.err);
    home.errand(["code", path, "--lang", "cobol"]).exits(2);
    home.errand(["code", "shop/missing.yml", "--lang", "go"]).exits(4);
}
