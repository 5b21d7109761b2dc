//! Secrets sealed into a file of the repository, and opened again.

use errand_tests::desktop::Desktop;
use errand_tests::errand::Errand;
use errand_tests::webdriver::Locator;
use errand_tests::workspace::Workspace;

use crate::hand;

#[test]
fn what_is_sealed_can_be_taken_over_again() {
    let desktop = Desktop::start();
    let workspace = Workspace::new(&desktop);
    let (first, second) = ("f1rst-Rq8LmX2vKz6Tp", "s3cond-Wd5YhN9bJc7Gs");
    let window = Errand::open(&desktop, &[workspace.argument()]);
    hand::environment(&window, "Kitchen", &[("token", first)]);
    hand::use_environment(&window, "Kitchen");

    let sharing = share(&window);
    sharing.says("You have none yet.");
    sharing.role("button", "Make a key").click();
    sharing.role("button", "Add me").click();
    sharing.role("textbox", "Name").fill("Ada");
    sharing.role("button", "Add").click();
    sharing.role("list", "Who can open them").says("Ada");
    sharing.role("button", "Seal into .errand/secrets.age").click();
    sharing.says("1 secret is sealed for 1 person.");
    let sealed = workspace.read(".errand/secrets.age").unwrap_or_default();
    assert!(sealed.starts_with("-----BEGIN AGE ENCRYPTED FILE-----"), "{sealed}");
    sharing.role("button", "Close").click();
    sharing.disappears();

    let dialog = window.role("dialog", "Environments");
    let variables = dialog.role("table", "Variables");
    hand::set_value(&window, &variables, "Replace", "token", second);
    dialog.role("button", "Close").click();
    dialog.disappears();
    assert!(hand::keyring(&desktop).contains(second));

    let sharing = share(&window);
    sharing.role("button", "See what is in it").click();
    let plan = sharing.role("table", "Sealed secrets");
    hand::row_says(&plan, "token", "Changed");
    plan.role("checkbox", "Take over token, Kitchen").appears();
    sharing.role("button", "Take over").click();
    sharing.says("1 secret was taken over.");
    hand::row_says(&plan, "token", "The same");
    let kept = hand::keyring(&desktop);
    assert!(kept.contains(first) && !kept.contains(second), "the first one is back");
    sharing.role("button", "Close").click();
    window.close();
    hand::no_trace(&desktop, first);
    hand::no_trace(&desktop, second);
}

/// Opens the environments and the sharing over them.
pub fn share<'window>(window: &'window Errand<'_>) -> Locator<'window> {
    window.press("Control+e");
    let dialog = window.role("dialog", "Environments");
    dialog.role("button", "Share secrets…").click();
    let sharing = window.role("dialog", "Share secrets");
    sharing.role("region", "Your public key").appears();
    sharing
}
