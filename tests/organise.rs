//! The tree as a person arranges it, by menu and by keyboard. What the tree shows is what is on disk.

use errand_tests::desktop::{Desktop, Keyring};
use errand_tests::errand::Errand;
use errand_tests::workspace::Workspace;

#[test]
fn a_folder_is_made_filled_and_renamed() {
    let desktop = Desktop::with_keyring(Keyring::Absent);
    let workspace = tea(&desktop);
    let window = Errand::open(&desktop, &[workspace.argument()]);

    window.choose_in_menu(&window.role("button", "More about the collection"), "New folder");
    window.item("New folder").role("textbox", "New folder").appears();
    window.type_text("Drinks\n");
    window.item("Drinks").appears();
    workspace.says("Drinks/folder.yml", "Drinks");

    window.item("Tea").right_click();
    window.entry("Cut");
    window.item("Drinks").right_click();
    window.entry("Paste here");
    workspace.says("Drinks/Tea.yml", "name: Tea");
    workspace.lacks("Tea.yml");
    window.item("Tea").has("aria-level", "2");
    window.close();
}

#[test]
fn items_are_duplicated_renamed_and_moved_by_keyboard() {
    let desktop = Desktop::with_keyring(Keyring::Absent);
    let workspace = tea(&desktop);
    let window = Errand::open(&desktop, &[workspace.argument()]);
    let tree = window.role("tree", "Collections");

    window.item("Tea").click();
    window.press("Control+d");
    window.item("Tea copy").has("aria-selected", "true");
    workspace.says("Tea copy.yml", "name: Tea copy");

    window.item("Tea copy").click();
    window.press("F2");
    window.item("Tea copy").role("textbox", "Tea copy").appears();
    window.press("Control+a");
    window.type_text("Oolong\n");
    window.item("Oolong").appears();
    workspace.says("Oolong.yml", "name: Oolong");
    workspace.lacks("Tea copy.yml");

    window.item("Oolong").click();
    let before = order(&tree);
    window.press("Alt+ArrowUp");
    errand_tests::patience::expect("Oolong one place higher", || {
        let now = order(&tree);
        let at = |names: &[String]| names.iter().position(|name| name.contains("Oolong"));
        (at(&now).map(|place| place + 1) == at(&before)).then_some(())
    });
    window.close();

    let window = Errand::open(&desktop, &[workspace.argument()]);
    window.item("Oolong").appears();
    window.close();
}

#[test]
fn what_was_deleted_comes_back() {
    let desktop = Desktop::with_keyring(Keyring::Absent);
    let workspace = tea(&desktop);
    let file = workspace.read("Tea.yml");
    let window = Errand::open(&desktop, &[workspace.argument()]);
    window.open_request("Tea");

    window.item("Tea").click();
    window.press("Delete");
    window.item("Tea").disappears();
    workspace.lacks("Tea.yml");
    window.role("complementary", "Sidebar").says("Tea was deleted");
    window.role("button", "Undo").click();
    window.item("Tea").appears();
    window.tab("Tea").appears();
    assert_eq!(workspace.read("Tea.yml"), file);
    window.close();
}

#[test]
fn several_are_chosen_and_deleted_at_once() {
    let desktop = Desktop::with_keyring(Keyring::Absent);
    let workspace = tea(&desktop);
    let window = Errand::open(&desktop, &[workspace.argument()]);
    window.item("Coffee").click();
    window.press("Shift+ArrowDown");
    window.item("Tea").has("aria-selected", "true");
    window.press("Delete");
    window.role("complementary", "Sidebar").says("2 items were deleted");
    workspace.lacks("Coffee.yml");
    workspace.lacks("Tea.yml");
    window.role("button", "Undo").click();
    workspace.says("Coffee.yml", "Coffee");
    workspace.says("Tea.yml", "Tea");
    window.close();
}

fn tea(desktop: &Desktop) -> Workspace {
    Workspace::new(desktop).with("Coffee", "GET", "http://127.0.0.1:1/coffee").with(
        "Tea",
        "GET",
        "http://127.0.0.1:1/tea",
    )
}

fn order(tree: &errand_tests::webdriver::Locator<'_>) -> Vec<String> {
    tree.role("treeitem", "").of_any_name().texts()
}
