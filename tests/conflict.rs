//! Two hands on one file: the window and an editor. Neither loses anything.

use errand_tests::desktop::Desktop;
use errand_tests::errand::Errand;
use errand_tests::workspace::{Workspace, request};

const MINE: &str = "http://127.0.0.1:1/mine";
const THEIRS: &str = "http://127.0.0.1:1/theirs";

#[test]
fn an_edit_made_outside_appears_at_once() {
    let desktop = Desktop::start();
    let workspace = tea(&desktop);
    let window = Errand::open(&desktop, &[workspace.argument()]);
    window.open_request("Tea");

    workspace.write("Tea.yml", &request("Tea", "PUT", THEIRS));
    window.role("textbox", "URL").holds(THEIRS);
    window.role("combobox", "Method").holds("PUT");
    window.tab("Tea").appears();

    workspace.write("Coffee.yml", &request("Coffee", "GET", THEIRS));
    window.item("Coffee").appears();
    window.close();
}

#[test]
fn mine_is_kept_and_theirs_can_be_reopened() {
    let desktop = Desktop::start();
    let workspace = tea(&desktop);
    let window = Errand::open(&desktop, &[workspace.argument()]);
    edit_on_both_sides(&window, &workspace);

    let note = window.request().role("alert", "").of_any_name();
    note.says("This request was also changed outside.");
    note.role("button", "Difference").click();
    let dialog = window.role("dialog", "Difference");
    let lines = dialog.role("list", "Lines of the file");
    lines.says("theirs:").says(THEIRS);
    lines.says("mine:").says(MINE);
    dialog.role("button", "Mine").click();

    window.tab("Tea").appears();
    workspace.says("Tea.yml", MINE);
    window.request().role("button", "Open it").click();
    assert_eq!(window.role("textbox", "URL").value(), THEIRS);
    window.close();
}

#[test]
fn theirs_is_taken_and_mine_can_be_reopened() {
    let desktop = Desktop::start();
    let workspace = tea(&desktop);
    let window = Errand::open(&desktop, &[workspace.argument()]);
    edit_on_both_sides(&window, &workspace);

    window.request().role("button", "Theirs").click();
    window.role("textbox", "URL").holds(THEIRS);
    window.tab("Tea").appears();
    assert_eq!(workspace.read("Tea.yml"), Some(request("Tea", "GET", THEIRS)));
    window.request().role("button", "Open it").click();
    assert_eq!(window.role("textbox", "URL").value(), MINE);
    window.close();
}

#[test]
fn a_save_never_overwrites_an_edit_it_did_not_see() {
    let desktop = Desktop::start();
    let workspace = tea(&desktop);
    let window = Errand::open(&desktop, &[workspace.argument()]);
    edit_on_both_sides(&window, &workspace);
    window.press("Control+s");
    window.request().role("button", "Difference").appears();
    assert_eq!(workspace.read("Tea.yml"), Some(request("Tea", "GET", THEIRS)));
    window.tab("Tea, unsaved").appears();
    window.close();
}

#[test]
fn a_broken_file_says_where_and_is_left_alone() {
    let broken = "info:\n  name: Broken\n  type: http\nhttp:\n  method: [GET\n";
    let desktop = Desktop::start();
    let workspace = tea(&desktop);
    workspace.write("Broken.yml", broken);

    let window = Errand::open(&desktop, &[workspace.argument()]);
    window.item("Tea").appears();
    window.item("Broken, cannot be read").click();
    let note = window.role("complementary", "Sidebar").role("alert", "").of_any_name();
    note.says("Broken.yml, line 5, column 11");
    window.item("Tea").click();
    window.role("textbox", "URL").holds("http://127.0.0.1:1/tea");
    window.close();
    assert_eq!(workspace.read("Broken.yml").as_deref(), Some(broken));

    // Mended outside, it is there.
    let window = Errand::open(&desktop, &[workspace.argument()]);
    workspace.write("Broken.yml", &request("Mended", "GET", THEIRS));
    window.item("Mended").click();
    window.role("textbox", "URL").holds(THEIRS);
    // Broken while it is open and edited: the work stays, the file too.
    window.role("textbox", "URL").fill(MINE);
    workspace.write("Broken.yml", broken);
    window.request().role("alert", "").of_any_name().says("Broken.yml");
    assert_eq!(window.role("textbox", "URL").value(), MINE);
    window.close();
    assert_eq!(workspace.read("Broken.yml").as_deref(), Some(broken));
}

fn tea(desktop: &Desktop) -> Workspace {
    Workspace::new(desktop).with("Tea", "GET", "http://127.0.0.1:1/tea")
}

fn edit_on_both_sides(window: &Errand<'_>, workspace: &Workspace) {
    window.open_request("Tea");
    window.role("textbox", "URL").fill(MINE);
    window.tab("Tea, unsaved").appears();
    workspace.write("Tea.yml", &request("Tea", "GET", THEIRS));
    window.request().role("button", "Mine").appears();
    assert_eq!(window.role("textbox", "URL").value(), MINE);
}
