//! What `--help` promises is what there is.

use crate::desk::{Desk, postman};

/// The ids in a message that lists them.
fn listed(message: &str, after: &str) -> Vec<String> {
    let list = message.split_once(after).unwrap_or_default().1.lines().next().unwrap_or_default();
    list.trim_end_matches('.').split(", ").map(str::to_owned).collect()
}

#[test]
fn help_names_every_flag_format_and_language() {
    let desk = Desk::alone();
    desk.write("shop.json", postman("Shop", &[("One", "http://a")]));
    desk.errand(["import", "shop.json", "-o", "shop"]).ended(0);
    let help = |command: &str| desk.errand([command, "--help"]).exits(0).out;

    let import = help("import");
    for part in [
        "<SOURCE>...",
        "-o, --output <WORKSPACE>",
        "--from <FORMAT>",
        "--receipt <FILE>",
        "--allow-host <HOST>",
    ] {
        assert!(import.contains(part), "{part}: {import}");
    }

    let export = help("export");
    for part in ["<PATH>", "--to <FORMAT>", "-o, --output <FILE>"] {
        assert!(export.contains(part), "{part}: {export}");
    }
    let wrong = desk.errand(["export", "shop", "--to", "nonsense", "-o", "-"]).exits(2);
    let formats = listed(&wrong.err, "The formats are ");
    assert!(formats.len() >= 10, "{wrong:?}");
    let words =
        |text: &str| -> Vec<String> { text.split([' ', ',', '\n']).map(str::to_owned).collect() };
    for format in formats {
        assert!(words(&export).contains(&format), "{format}: {export}");
    }

    let code = help("code");
    for part in ["<PATH>", "--lang <LANGUAGE>", "-e, --environment <ENVIRONMENT>"] {
        assert!(code.contains(part), "{part}: {code}");
    }
    let wrong = desk.errand(["code", "shop/One.yml", "--lang", "cobol"]).exits(2);
    let languages = listed(&wrong.err, "The languages are ");
    assert!(languages.len() >= 25, "{wrong:?}");
    for language in languages {
        assert!(words(&code).contains(&language), "{language}: {code}");
    }
}
