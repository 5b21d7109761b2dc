//! The first minute: start, Send, an answer that can be read. No network, nothing set up before.

use errand_tests::desktop::Desktop;
use errand_tests::errand::Errand;
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

    let body = window.answer("Body");
    body.says(r#""url": "http://127.0.0.1:4747/anything/customers/Ada%20Lovelace?expand=orders&lang=en""#);
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

    assert_eq!(violations(&window), Vec::<String>::new(), "against the page's own policy");
    provoke_violation(&window);
    assert_eq!(violations(&window).len(), 1, "what was provoked is seen");
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

/// Keeps what the page did against its Content-Security-Policy, from its very first line on.
fn watch_policy(window: &Errand<'_>) {
    window.run(
        "window.violations = [];
         const keep = (reports) => reports.forEach((r) => violations.push(`${r.body.effectiveDirective} ${r.body.blockedURL}`));
         window.policy = new ReportingObserver(keep, {types: ['csp-violation'], buffered: true});
         policy.observe();",
        &[],
    );
}

fn violations(window: &Errand<'_>) -> Vec<String> {
    // Reports come after the task that caused them: this script is one of the tasks after.
    let told = window.run(
        "policy.takeRecords().forEach((r) => violations.push(`${r.body.effectiveDirective} ${r.body.blockedURL}`));
         return violations",
        &[],
    );
    told.as_array().into_iter().flatten().filter_map(Value::as_str).map(Into::into).collect()
}

fn provoke_violation(window: &Errand<'_>) {
    window.run("const s = document.createElement('script'); s.textContent = '1'; document.head.append(s)", &[]);
}
