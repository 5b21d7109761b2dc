//! Rendering: scopes, nesting, cycles, secrets, limits.

use errand_template::{MAX_DEPTH, Reason, Scope, ScopeKind, Scopes, Value, complete, mask, render};

fn one(values: &[(&str, &str)]) -> Scopes {
    let mut scope = Scope::new(ScopeKind::Environment, "Staging");
    for (name, value) in values {
        scope.set(*name, *value);
    }
    Scopes::new().with(scope)
}

#[test]
fn replaces_and_says_where_from() {
    let scopes = one(&[("host", "example.org"), ("id", "7")]);
    let text = "https://{{host}}/orders/{{ id }}";
    let rendered = render(text, &scopes);
    assert_eq!(rendered.text, "https://example.org/orders/7");
    assert!(rendered.is_complete());
    let used: Vec<_> = rendered
        .used
        .iter()
        .map(|u| (&text[u.range.clone()], u.name.as_str(), u.origin.to_string()))
        .collect();
    let staging = "Environment \"Staging\"".to_owned();
    assert_eq!(used, [("{{host}}", "host", staging.clone()), ("{{ id }}", "id", staging)]);
}

#[test]
fn inner_scopes_hide_outer_ones() {
    let order = [
        ScopeKind::Runtime,
        ScopeKind::IterationData,
        ScopeKind::Environment,
        ScopeKind::Request,
        ScopeKind::Folder,
        ScopeKind::Collection,
        ScopeKind::Global,
    ];
    for first in 0..order.len() {
        let mut scopes = Scopes::new();
        for kind in order[first..].iter().rev() {
            scopes.push(Scope::new(*kind, "").with("a", format!("{kind:?}")));
        }
        assert_eq!(render("{{a}}", &scopes).text, format!("{:?}", order[first]));
        assert_eq!(scopes.lookup("a").map(|l| l.hides.len()), Some(order.len() - first - 1));
    }
}

#[test]
fn inner_folders_hide_outer_ones() {
    let scopes = Scopes::new()
        .with(Scope::new(ScopeKind::Folder, "Refunds").with("a", "inner"))
        .with(Scope::new(ScopeKind::Folder, "Orders").with("a", "outer").with("b", "outer"));
    assert_eq!(render("{{a}} {{b}}", &scopes).text, "inner outer");
}

#[test]
fn a_runtime_value_hides_all_others() {
    let mut scopes = one(&[("token", "old")]);
    scopes.set_runtime("token", "new");
    scopes.set_runtime("other", "x");
    assert_eq!(render("{{token}}{{other}}", &scopes).text, "newx");
}

#[test]
fn values_are_substituted_again_and_names_may_be_composed() {
    let scopes =
        one(&[("a", "<{{b}}>"), ("b", "{{c}}"), ("c", "!"), ("n", "b"), ("x_b", "composed")]);
    let text = "1 {{a}} {{x_{{n}}}}";
    let rendered = render(text, &scopes);
    assert_eq!(rendered.text, "1 <!> composed");
    for used in &rendered.used {
        let source = &text[used.range.clone()];
        assert!(["{{a}}", "{{n}}", "{{x_{{n}}}}"].contains(&source), "{used:?} {source}");
    }
}

#[test]
fn unknown_names_stay_and_are_reported() {
    let text = "ä{{who}}/{{a}}";
    let rendered = render(text, &one(&[("a", "{{nobody}}")]));
    assert_eq!(rendered.text, "ä{{who}}/{{nobody}}");
    let missing: Vec<_> =
        rendered.missing.iter().map(|m| (&text[m.range.clone()], m.name.as_str())).collect();
    assert_eq!(missing, [("{{who}}", "who"), ("{{a}}", "nobody")]);
}

#[test]
fn cycles_are_named() {
    let rendered = render("x{{a}}", &one(&[("a", "{{b}}"), ("b", "{{c}}"), ("c", "{{b}}")]));
    assert_eq!(rendered.text, "x{{b}}");
    assert_eq!(rendered.missing.len(), 1);
    assert_eq!(rendered.missing[0].reason, Reason::Cycle(vec!["b".into(), "c".into(), "b".into()]));
    assert_eq!(rendered.missing[0].to_string(), "Variable \"b\" refers to itself: b → c → b.");
}

#[test]
fn nineteen_levels_and_no_more() {
    let chain = |levels: usize| {
        let mut scope = Scope::new(ScopeKind::Global, "");
        for level in 1..levels {
            scope.set(format!("v{level}"), format!("{{{{v{}}}}}", level + 1));
        }
        Scopes::new().with(scope.with(format!("v{levels}"), "end"))
    };
    assert_eq!(render("{{v1}}", &chain(MAX_DEPTH)).text, "end");
    let deep = render("{{v1}}", &chain(MAX_DEPTH + 1));
    assert_eq!(deep.missing[0].reason, Reason::TooDeep);
}

#[test]
fn values_that_multiply_end() {
    let mut scope = Scope::new(ScopeKind::Global, "");
    for level in 0..18 {
        scope.set(format!("v{level}"), format!("{{{{v{}}}}}", level + 1).repeat(10));
    }
    let rendered = render("{{v0}}", &Scopes::new().with(scope.with("v18", "x")));
    assert!(rendered.missing.iter().any(|m| m.reason == Reason::TooLarge));
    assert!(rendered.missing.len() < 10 && rendered.text.len() < 16 << 20);
}

#[test]
fn secrets_are_literal_masked_and_never_printed() {
    let scope = Scope::new(ScopeKind::Environment, "Staging")
        .with("token", Value::secret("p{{a}}ss"))
        .with("auth", "Bearer {{token}}")
        .with("a", "1")
        .with("locked", Value::Unavailable);
    let scopes = Scopes::new().with(scope);
    let rendered = render("{{auth}}; {{a}}", &scopes);
    assert_eq!(rendered.text, "Bearer p{{a}}ss; 1");
    assert_eq!(mask(&rendered), "Bearer {{token}}; 1");
    assert_eq!(&rendered.text[rendered.secrets[0].range.clone()], "p{{a}}ss");
    for printed in [format!("{rendered:?}"), format!("{scopes:?}")] {
        assert!(!printed.contains("p{{a}}ss"), "{printed}");
    }
    let encoded = rendered.map_text(|text| text.replace('{', "%7B"));
    assert_eq!(mask(&encoded), "Bearer {{token}}; 1");
    assert_eq!(encoded.text, "Bearer p%7B%7Ba}}ss; 1");

    assert_eq!(render("{{locked}}", &scopes).missing[0].reason, Reason::Unavailable);
}

#[test]
fn a_secret_in_a_name_is_reported_by_its_own_name() {
    let scope =
        Scope::new(ScopeKind::Environment, "").with("s", Value::secret("hush")).with("a_hush", "x");
    let rendered = render("{{a_{{s}}}}", &Scopes::new().with(scope));
    assert_eq!(rendered.missing.len(), 1);
    assert_eq!(
        (rendered.missing[0].name.as_str(), &rendered.missing[0].reason),
        ("s", &Reason::SecretInName)
    );
    assert_eq!(mask(&rendered), "{{a_{{s}}}}");
}

#[test]
fn completes_inside_open_braces_only() {
    let scope = Scope::new(ScopeKind::Environment, "Staging")
        .with("base_url", "https://x")
        .with("key", Value::secret("k"));
    let scopes = Scopes::new().with(scope);
    let names = |text: &str| {
        let cursor = text.find('|').unwrap_or(text.len());
        let text = text.replace('|', "");
        complete(&text, cursor, &scopes).map(|c| {
            (
                text[c.range].to_owned(),
                c.closed,
                c.suggestions.into_iter().map(|s| s.name).collect::<Vec<_>>(),
            )
        })
    };
    let (range, closed, found) = names("{{ba|se}}/x").expect("open");
    assert_eq!((range.as_str(), closed, &found[0][..]), ("base", true, "base_url"));
    let (range, closed, found) = names("{{ gu|").expect("open");
    assert_eq!((range.as_str(), closed, &found[0][..]), ("gu", false, "$guid"));
    assert_eq!(names("{{").expect("open").2.len(), 2 + 118);
    for text in ["", "x", "{x", "{{a}}|", "|{{a}}", "{{a}|"] {
        assert!(names(text).is_none(), "{text}");
    }
    let key = complete("{{key", 5, &scopes).expect("open").suggestions.remove(0);
    assert!(key.secret && key.value.is_none());
}

#[test]
fn large_texts_with_few_variables() {
    let text = format!("[{}{{{{a}}}}]", "{\"k\":1},".repeat(500_000));
    assert!(render(&text, &one(&[("a", "0")])).text.ends_with("0]"));
}
