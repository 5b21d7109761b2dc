//! The first minute: start, Send, an answer that can be read. No network, nothing set up before.

use errand_tests::desktop::Desktop;
use errand_tests::errand::Errand;
use errand_tests::patience;
use errand_tests::pictures;
use serde_json::Value;

#[test]
fn the_first_send_answers() {
    let desktop = Desktop::start();
    let window = Errand::open(&desktop, &["--example"]);
    watch_policy(&window);

    window.open_request("Hello");
    window.response().says("No response yet");
    window.send("200 OK");
    window.role("contentinfo", "Status").says("Playground at 127.0.0.1:4747");

    window.role("contentinfo", "Status").says("1 request in history");

    let body = window.answer("Body");
    body.says(
        r#""url": "http://127.0.0.1:4747/anything/customers/Ada%20Lovelace?expand=orders&lang=en""#,
    );
    body.says(r#""X-Greeting": "Hello from Errand""#);
    window.answer("Headers").says("content-type");

    let checks = window.answer("Checks").role("list", "Results of the checks");
    checks.says("res.status");
    assert_eq!(checks.role("image", "Passed").count(), 3);
    assert_eq!(checks.role("image", "Failed").count(), 0);

    let timeline = window.answer("Timeline");
    let phases = timeline.role("list", "Where the time went");
    for phase in ["Connect", "Wait", "Download"] {
        phases.says(phase);
    }
    timeline.says("GET /anything/customers/Ada%20Lovelace?expand=orders&lang=en HTTP/1.1");

    // Parts that are loaded when first needed obey the page's policy too.
    window.part("Body");
    window.choose(&window.request().role("button", "Kind of body").containing(), "JSON");
    window.request().role("textbox", "Body text").fill("{}");
    for (keys, dialog) in [("Control+k", "Search and commands"), ("Control+,", "Settings")] {
        window.press(keys);
        window.role("dialog", dialog).appears();
        window.press("Escape");
        window.role("dialog", dialog).disappears();
    }
    assert_eq!(violations(&window), Vec::<String>::new(), "against the page's own policy");
    provoke_violation(&window);
    window.close();
}

#[test]
fn the_second_start_is_where_the_first_one_ended() {
    let desktop = Desktop::start();
    let window = Errand::open(&desktop, &["--example"]);
    window.open_request("Hello");
    window.press("Enter");
    window.item("List orders").click();
    window.tab("List orders").has("aria-selected", "true");
    window.kept("List orders.yml");
    window.close();

    let window = Errand::open(&desktop, &[]);
    window.role("button", "Workspace: Example").appears();
    window.tab("Hello").appears();
    window.tab("List orders").has("aria-selected", "true");
    assert_eq!(window.role("textbox", "URL").value(), "{{base_url}}/orders");
    window.close();
}

/// Keeps what the page does against its Content-Security-Policy from now on.
fn watch_policy(window: &Errand<'_>) {
    window.run(
        "window.violations = [];
         document.addEventListener('securitypolicyviolation', (e) => violations.push(`${e.effectiveDirective} ${e.blockedURI}`));",
        &[],
    );
}

fn violations(window: &Errand<'_>) -> Vec<String> {
    let told = window.run("return violations", &[]);
    told.as_array().into_iter().flatten().filter_map(Value::as_str).map(Into::into).collect()
}

/// Does what is forbidden, so that it is known to be seen.
fn provoke_violation(window: &Errand<'_>) {
    window.run(
        "const s = document.createElement('script'); s.textContent = '1'; document.head.append(s)",
        &[],
    );
    patience::expect("a violation", || (!violations(window).is_empty()).then_some(()));
}

/// The pictures of the README come from here: `make pictures` writes them into docs/.
#[test]
fn the_window_is_worth_looking_at() {
    let desktop = Desktop::start();
    let window = Errand::open(&desktop, &["--example"]);
    for name in ["Hello", "List orders", "Create an order"] {
        window.item(name).click();
        window.press("Enter");
        window.tab(name).has("aria-selected", "true");
    }
    window.send("201 Created");
    window.part("Body").role("textbox", "Body text").says("Teapot, stoneware");
    window.answer("Body").says("Teapot, stoneware");
    for (theme, name, is_light) in [("Light", "window-light", true), ("Dark", "window-dark", false)]
    {
        window.press("Control+,");
        let settings = window.role("dialog", "Settings");
        window.choose(&settings.role("button", "Theme").containing(), theme);
        settings.role("button", "Close").click();
        settings.disappears();
        window.resize(1440, 900);
        let picture = pictures::take(&window, name);
        assert_eq!((picture.width, picture.height), (1440, 900));
        assert!(picture.colours > 100, "only {} colours: nothing is shown", picture.colours);
        assert_eq!(picture.brightness > 0.5, is_light, "{theme}: {}", picture.brightness);
    }
    window.close();
}
