//! How it all looks, in both themes, large and small.

use errand_tests::desktop::Desktop;
use errand_tests::errand::Errand;
use errand_tests::pictures;

use crate::{hand, shared};

const SIZES: [(u32, u32, &str); 2] = [(1440, 900, "large"), (1024, 640, "small")];

#[test]
fn every_screen_of_it_can_be_looked_at() {
    let desktop = Desktop::start();
    let window = Errand::open(&desktop, &["--example"]);
    hand::environment(&window, "Kitchen", &[("token", "of-the-kitchen")]);
    for theme in ["Dark", "Light"] {
        window.press("Control+,");
        let settings = window.role("dialog", "Settings");
        window.choose(&settings.role("button", "Theme").containing(), theme);
        settings.role("button", "Close").click();
        settings.disappears();
        for (width, height, size) in SIZES {
            window.resize(width, height);
            look_around(&window, &format!("{theme}-{size}").to_lowercase());
        }
    }
    window.close();
}

/// Opens each screen in turn and takes its picture.
fn look_around(window: &Errand<'_>, how: &str) {
    let take = |what: &str| {
        let picture = pictures::take(window, &format!("credentials-{what}-{how}"));
        assert!(picture.colours > 50, "{what}: only {} colours", picture.colours);
    };
    if !window.item("OAuth without a person").is_there() {
        window.item("Credentials").click();
        window.press("ArrowRight");
    }
    window.open_request("OAuth without a person");
    window.send("200 OK");
    window.part("Auth").role("region", "Token").says("Valid");
    take("oauth");
    window.run("document.querySelector('.token').scrollIntoView({block: 'start'})", &[]);
    take("token");

    let auth = window.part("Auth");
    auth.role("button", "Check what the server refuses…").click();
    let check = window.role("dialog", "What the server refuses");
    check.role("button", "Start").click();
    check.role("button", "Start again").appears();
    take("check");
    check.role("button", "Close").click();
    check.disappears();
    auth.role("button", "Fill in for a provider…").click();
    let providers = window.role("dialog", "Fill in for a provider");
    take("providers");
    providers.role("button", "GitHub").click();
    take("provider");
    providers.role("button", "Cancel").click();
    providers.disappears();

    window.new_request("http://127.0.0.1:4747/anything");
    let auth = window.part("Auth");
    hand::choose_scheme(window, &auth, "AWS Signature V4");
    auth.role("textbox", "Secret access key").fill("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    window.press("Enter");
    window.role("group", "Secret in Secret access key").appears();
    take("aws");
    window.press("Escape");
    window.press("Control+w");
    window.role("button", "Discard").click();
    window.tab("Untitled request, unsaved").disappears();

    window.press("Control+e");
    let environments = window.role("dialog", "Environments");
    environments.role("button", "Kitchen").containing().click();
    take("environments");
    environments.role("button", "Where it comes from: token").click();
    let source = window.role("dialog", "Where token comes from");
    window.choose(&source.role("button", "Comes from").containing(), "HashiCorp Vault");
    take("source");
    source.role("button", "Cancel").click();
    source.disappears();
    environments.role("button", "Close").click();
    environments.disappears();
    let sharing = shared::share(window);
    if sharing.role("button", "Make a key").is_there() {
        sharing.role("button", "Make a key").click();
        sharing.role("button", "Add me").click();
        sharing.role("textbox", "Name").fill("Ada");
        sharing.role("button", "Add").click();
        sharing.role("list", "Who can open them").says("Ada");
        sharing.role("button", "Seal").containing().click();
    }
    if sharing.role("button", "See what is in it").is_there() {
        sharing.role("button", "See what is in it").click();
        sharing.role("table", "Sealed secrets").appears();
    }
    take("sharing");
    sharing.role("button", "Close").click();
    sharing.disappears();
    environments.role("button", "Close").click();
    environments.disappears();

    window.choose_in_menu(
        &window.role("button", "More about the collection"),
        "Collection settings…",
    );
    let settings = window.role("dialog", "Settings of the collection Example");
    settings.role("tab", "Certificates").click();
    take("certificates");
    settings.role("button", "Cancel").click();
    settings.disappears();
}
