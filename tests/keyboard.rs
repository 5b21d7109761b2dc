//! The keyboard alone: every place is reached, and one always sees where one is.

use errand_tests::desktop::{Desktop, Keyring};
use errand_tests::errand::Errand;
use errand_tests::patience;
use errand_tests::playground::Playground;
use errand_tests::workspace::Workspace;
use serde_json::Value;

#[test]
fn a_request_is_found_changed_sent_saved_closed_and_reopened() {
    let desktop = Desktop::with_keyring(Keyring::Absent);
    let playground = Playground::start(&desktop);
    let workspace = Workspace::new(&desktop).with("Tea", "GET", &playground.url("/get"));
    workspace.write("environments/Kitchen.yml", "name: Kitchen\nvariables: []\n");
    let window = Errand::open(&desktop, &[workspace.argument()]);

    window.press("Control+k");
    window.role("combobox", "Search requests, history and commands").appears();
    window.type_text("tea\n");
    window.tab("Tea").has("aria-selected", "true");

    window.press("Control+l");
    focus_is(&window, "textbox", "URL");
    window.press("End");
    window.type_text("?milk=oat");
    window.press("Control+Enter");
    window.outcome("200 OK");
    window.answer("Body").says("\"milk\": \"oat\"");

    window.press("Control+s");
    window.tab("Tea").appears();
    workspace.says("Tea.yml", "milk=oat");
    window.press("Control+w");
    window.tab("Tea").disappears();
    window.press("Control+Shift+T");
    window.tab("Tea").has("aria-selected", "true");

    window.press("Control+e");
    let environments = window.role("dialog", "Environments");
    environments.role("textbox", "Name").holds("Kitchen");
    window.press("Escape");
    environments.disappears();

    window.press("F2");
    window.item("Tea").role("textbox", "Tea").appears();
    window.press("Control+a");
    window.type_text("Green tea\n");
    window.item("Green tea").appears();
    workspace.says("Green tea.yml", "milk=oat");
    window.close();
}

#[test]
fn tab_goes_through_the_window_and_the_focus_is_always_seen() {
    let desktop = Desktop::with_keyring(Keyring::Absent);
    let workspace = Workspace::new(&desktop).with("Tea", "GET", "http://127.0.0.1:1/tea");
    let window = Errand::open(&desktop, &[workspace.argument()]);
    window.open_request("Tea");
    window.press("Control+l");

    let mut seen = Vec::new();
    for _ in 0..80 {
        window.press("Tab");
        let here = focus(&window);
        assert!(here.visible, "nothing shows that the focus is on {} {:?}", here.role, here.name);
        if here.name == "Headers" && here.role == "tab" {
            break;
        }
        // The row of tabs is one stop; the arrows go along it.
        if here.name == "Params" && here.role == "tab" {
            window.press("ArrowRight");
            focus_is(&window, "tab", "Headers");
            seen.push(here.name);
            break;
        }
        seen.push(here.name);
    }
    assert!(seen.contains(&"Send".to_owned()), "Send is on the way: {seen:?}");
    assert_eq!(focus(&window).name, "Headers", "{seen:?}");

    let mut table = Vec::new();
    while !table.contains(&"Name, row 1".to_owned()) && table.len() < 5 {
        window.press("Tab");
        table.push(focus(&window).name);
    }
    window.type_text("X-Milk");
    window.press("Tab");
    window.type_text("oat");
    let headers = window.request().role("table", "Headers");
    assert_eq!(headers.role("textbox", "Name, row 1").value(), "X-Milk");
    assert_eq!(headers.role("textbox", "Value, row 1").value(), "oat");

    // Once around the window: it ends where it began, and no stop is without a name or invisible.
    let start = focus(&window);
    for step in 0.. {
        assert!(step < 120, "the focus never comes back to {:?}", start.name);
        window.press("Tab");
        let here = focus(&window);
        if here.role == "body" {
            continue;
        }
        assert!(!here.name.is_empty(), "a stop of the role {} has no name", here.role);
        assert!(here.visible, "nothing shows that the focus is on {} {:?}", here.role, here.name);
        if here == start {
            break;
        }
    }
    window.close();
}

#[derive(Debug, PartialEq, Eq)]
struct Focus {
    role: String,
    name: String,
    visible: bool,
}

/// Where the focus is, and whether one sees it: an outline, or the colour of the focus on a border or a ring.
fn focus(window: &Errand<'_>) -> Focus {
    let told = window.run(FOCUS, &[]);
    let text = |key: &str| told[key].as_str().unwrap_or_default().to_owned();
    Focus { role: text("role"), name: text("name"), visible: told["visible"] == Value::Bool(true) }
}

fn focus_is(window: &Errand<'_>, role: &str, name: &str) {
    window.role(role, name).appears();
    patience::expect(&format!("the focus on {role} {name:?}"), || {
        (focus(window).name == name).then_some(())
    });
}

const FOCUS: &str = r#"
    const it = document.activeElement;
    const name = it.getAttribute("aria-label") ?? it.labels?.[0]?.textContent
        ?? (it.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent).join(" ");
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.color = "var(--focus)";
    const ring = getComputedStyle(probe).color;
    probe.remove();
    // A composite shows the focus on its active part, a field in a frame on the frame.
    const active = document.getElementById(it.getAttribute("aria-activedescendant"));
    const around = [it, it.parentElement, it.parentElement?.parentElement, active].filter((one) => one && one !== document.body);
    const visible = around.some((one) => {
        const s = getComputedStyle(one);
        const outlined = s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0;
        return outlined || s.borderColor.includes(ring) || s.boxShadow.includes(ring);
    });
    return {role: it.getAttribute("role") ?? it.tagName.toLowerCase(), name: name.trim() || it.textContent.trim().slice(0, 40), visible};
"#;
