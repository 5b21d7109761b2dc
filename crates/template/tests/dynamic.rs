//! Dynamic variables: all there, of the right shape, repeatable with a seed.

use errand_template::{DYNAMIC, Scope, ScopeKind, Scopes, render};

fn now() -> jiff::Timestamp {
    "2026-11-21T08:09:10.120Z".parse().expect("a timestamp")
}

fn all(scopes: &Scopes) -> Vec<String> {
    DYNAMIC.iter().map(|v| render(&format!("{{{{{}}}}}", v.name), scopes).text).collect()
}

#[test]
fn every_name_makes_something_and_a_seed_repeats_it() {
    assert_eq!(DYNAMIC.len(), 118);
    let first = all(&Scopes::seeded(7, now()));
    assert_eq!(first, all(&Scopes::seeded(7, now())));
    assert_ne!(first, all(&Scopes::seeded(8, now())));
    for (variable, value) in DYNAMIC.iter().zip(&first) {
        assert!(!value.is_empty() && !value.contains("{{"), "{} = {value}", variable.name);
        assert!(!variable.description.is_empty() && variable.name.starts_with('$'));
    }
}

#[test]
fn shapes() {
    let scopes = Scopes::seeded(1, now());
    let make = |name: &str| render(&format!("{{{{{name}}}}}"), &scopes).text;
    for _ in 0..200 {
        let guid = make("$guid");
        let parts: Vec<usize> = guid.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12], "{guid}");
        assert_eq!(&guid[14..15], "4");
        assert!(make("$randomInt").parse::<u32>().is_ok_and(|n| n <= 1000));
        assert!(make("$randomLatitude").parse::<f64>().is_ok_and(|n| n.abs() <= 90.0));
        assert!(make("$randomIP").parse::<std::net::Ipv4Addr>().is_ok());
        assert!(make("$randomIPV6").parse::<std::net::Ipv6Addr>().is_ok());
        assert_eq!(make("$randomPassword").len(), 15);
        assert_eq!(make("$randomPhoneNumber").len(), 12);
        assert_eq!(make("$randomHexColor").len(), 7);
        assert!(iban_is_right(&make("$randomBankAccountIban")));
        assert!(!make("$randomDomainWord").is_empty());
    }
    assert_eq!(make("$timestamp"), "1795248550");
    assert_eq!(make("$isoTimestamp"), "2026-11-21T08:09:10.120Z");
    assert!(make("$randomDatePast").ends_with("GMT+0000 (Coordinated Universal Time)"));
}

/// ISO 13616: moved to the end and in digits, the number is 1 modulo 97.
fn iban_is_right(iban: &str) -> bool {
    let moved = format!("{}{}", &iban[4..], &iban[..4]);
    let digits: String =
        moved.chars().filter_map(|c| c.to_digit(36)).map(|d| d.to_string()).collect();
    digits.bytes().fold(0, |rest, d| (rest * 10 + u32::from(d - b'0')) % 97) == 1
}

#[test]
fn each_use_is_new_and_own_variables_win() {
    let scopes = Scopes::new();
    let twice = render("{{$guid}} {{$guid}}", &scopes).text;
    let (a, b) = twice.split_once(' ').expect("two");
    assert_ne!(a, b);
    let own = Scopes::new().with(Scope::new(ScopeKind::Global, "").with("$guid", "mine"));
    assert_eq!(render("{{$guid}}", &own).text, "mine");
    assert_eq!(render("{{$nothing}}", &own).missing.len(), 1);
}
