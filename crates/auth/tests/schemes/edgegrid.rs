//! `EdgeGrid`: Akamai's own cases.

use errand_auth::Surroundings;
use errand_model::{Auth, EdgeGrid};

use crate::scene::{Call, at, open, refusal, text, vectors};

fn sources() -> Surroundings {
    at(1_395_430_461, "nonce-xx-xxxx-xxxx-xxxx-xxxxxxxxxxxx")
}

fn fields(max_body: &str) -> EdgeGrid {
    let data = vectors(include_str!("../vectors/edgegrid.json"));
    EdgeGrid {
        client_token: text(&data, "client_token").to_owned(),
        client_secret: text(&data, "client_secret").to_owned(),
        access_token: text(&data, "access_token").to_owned(),
        headers_to_sign: "X-Test1, X-Test2,X-Test3".to_owned(),
        max_body_bytes: max_body.to_owned(),
    }
}

#[test]
fn akamais_cases() {
    let base = "https://akaa-baseurl-xxxxxxxxxxx-xxxxxxxxxxxxx.luna.akamaiapis.net";
    let cases = vectors(include_str!("../vectors/edgegrid-cases.json"));
    for case in cases.as_array().expect("cases") {
        let mut call = Call::new(text(case, "method"), &format!("{base}{}", text(case, "path")));
        for header in case["headers"].as_array().expect("headers") {
            let part = |at: usize| header[at].as_str().expect("a header");
            call = call.header(part(0), part(1));
        }
        let body = match case["repeat"].as_array() {
            Some(repeat) => {
                let times = repeat[1].as_u64().and_then(|n| usize::try_from(n).ok());
                repeat[0].as_str().expect("a letter").repeat(times.expect("a number"))
            }
            None => text(case, "data").to_owned(),
        };
        let outcome = call.body(body).sign(&mut *open(&Auth::EdgeGrid(fields("2048")), &sources()));
        assert_eq!(
            outcome.value("Authorization"),
            format!(
                "EG1-HMAC-SHA256 client_token=akab-client-token-xxx-xxxxxxxxxxxxxxxx;access_token=akab-access-token-xxx-xxxxxxxxxxxxxxxx;timestamp=20140321T19:34:21+0000;nonce=nonce-xx-xxxx-xxxx-xxxx-xxxxxxxxxxxx;signature={}",
                text(case, "signature")
            ),
            "{}",
            text(case, "name")
        );
        outcome.is_harmless(&["akab-access-token", text(case, "signature")]);
        assert!(outcome.shown("Authorization").contains("akab-client-token"));
    }
}

#[test]
fn akamais_json_case() {
    let data = vectors(include_str!("../vectors/edgegrid.json"));
    let url = format!("{}testapi/v1/t3?extended=true", text(&data, "base_url"));
    let call = Call::new("POST", &url).body("{\"key\": \"value\"}");
    let outcome = call.sign(&mut *open(&Auth::EdgeGrid(fields("")), &sources()));
    assert_eq!(outcome.value("Authorization"), text(&data, "jsontest_hash"));
}

#[test]
fn a_limit_that_is_no_number_is_named() {
    let said = refusal(&Auth::EdgeGrid(fields("many")), &sources());
    assert!(said.contains("body bytes") && said.contains("131072"), "{said}");
}
