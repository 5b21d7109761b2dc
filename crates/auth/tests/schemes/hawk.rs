//! Hawk: the example of its description, bodies, and the server's time.

use errand_auth::{Again, Signer, Surroundings};
use errand_model::{Auth, Hawk, HawkAlgorithm};

use crate::scene::{Call, answer, at, open, parameter, refusal, schemes, text};

const KEY: &str = "werxhqb98rpaxn39848xrunpaw3489ruxnpa98w4rxn";
const URL: &str = "http://example.com:8000/resource/1?b=1&a=2";

fn fields() -> Hawk {
    let (id, key) = ("dh37fgj492je".to_owned(), KEY.to_owned());
    Hawk { id, key, ext: "some-app-ext-data".to_owned(), ..Hawk::default() }
}

fn sources() -> Surroundings {
    at(1_353_832_234, "j4h3g2")
}

fn hawk(fields: Hawk) -> Box<dyn Signer> {
    open(&Auth::Hawk(fields), &sources())
}

#[test]
fn the_example_of_the_description() {
    for case in schemes()["hawk"].as_array().expect("cases") {
        let call = Call::new(text(case, "method"), text(case, "url"));
        let outcome = call.sign(&mut *hawk(fields()));
        assert_eq!(
            outcome.value("Authorization"),
            format!(
                "Hawk id=\"dh37fgj492je\", ts=\"1353832234\", nonce=\"j4h3g2\", ext=\"some-app-ext-data\", mac=\"{}\"",
                text(case, "mac")
            )
        );
        outcome.is_harmless(&[text(case, "mac"), KEY]);
    }
}

#[test]
fn the_host_is_that_of_the_header() {
    let call = Call::new("GET", "http://127.0.0.1:9/resource/1?b=1&a=2");
    let outcome = call.header("Host", "example.com:8000").sign(&mut *hawk(fields()));
    let mac = "mac=\"6R4rV5iE+NPoym+WwjeHzjAGXUtLNIxmo1vpMofpLAE=\"";
    assert!(outcome.value("Authorization").ends_with(mac));
}

#[test]
fn a_body_with_its_content_type() {
    // API.md, "Payload Validation".
    let call = Call::new("POST", URL)
        .header("Content-Type", "Text/Plain; charset=utf-8")
        .body("Thank you for flying Hawk");
    let outcome = call.sign(&mut *hawk(Hawk { include_payload_hash: true, ..fields() }));
    let header = outcome.value("Authorization");
    assert!(header.contains("hash=\"Yi9LfIIFRtBEPt74PVmbTF/xVAwPn7ub15ePICfgnuY=\""), "{header}");
    assert!(header.contains("mac=\"aSe1DERmZuRl3pI36/9BdZmnErTw3sNzOOAUlfeKjVw=\""), "{header}");
}

#[test]
fn an_application_and_the_other_hash() {
    let more = Hawk {
        algorithm: HawkAlgorithm::Sha1,
        app: "my-app".to_owned(),
        dlg: "other".to_owned(),
        ..fields()
    };
    let header = Call::new("GET", URL).sign(&mut *hawk(more)).value("Authorization");
    let end = "mac=\"iQPGKmASLWnyAFrg7kCWFhwVPX8=\", app=\"my-app\", dlg=\"other\"";
    assert!(header.ends_with(end), "{header}");
}

#[test]
fn the_servers_time_is_taken_once_it_is_proven() {
    let mut signer = hawk(fields());
    let call = Call::new("GET", URL);
    call.sign(&mut *signer);
    let proven = "Hawk ts=\"1353832200\", tsm=\"mqmRsDFpp/oEDC4ysp+9UnDjSlfIWtT+kphCZczOHJc=\", error=\"Stale timestamp\"";
    assert_eq!(answer(&mut *signer, 401, &[("WWW-Authenticate", proven)]), Ok(Again::Yes));
    let header = call.sign(&mut *signer).value("Authorization");
    assert_eq!(parameter(&header, "ts"), "1353832200");
    assert!(header.contains("mac=\"ILsRKJWhrJfw1BstlRDFZvAjpt6Kb/HfzZuJypCrzz0=\""), "{header}");
    assert_eq!(answer(&mut *signer, 401, &[("WWW-Authenticate", proven)]), Ok(Again::No));
}

#[test]
fn a_time_without_proof_is_refused() {
    for challenge in ["Hawk ts=\"1353832200\", tsm=\"AAAA\"", "Hawk ts=\"1353832200\""] {
        let mut signer = hawk(fields());
        Call::new("GET", URL).sign(&mut *signer);
        let error = answer(&mut *signer, 401, &[("WWW-Authenticate", challenge)]);
        assert!(error.expect_err("no proof").to_string().contains("Check the key"));
        let header = Call::new("GET", URL).sign(&mut *signer).value("Authorization");
        assert_eq!(parameter(&header, "ts"), "1353832234");
    }
    let mut signer = hawk(fields());
    assert_eq!(answer(&mut *signer, 401, &[("WWW-Authenticate", "Hawk")]), Ok(Again::No));
    assert_eq!(answer(&mut *signer, 200, &[]), Ok(Again::No));
}

#[test]
fn fields_that_break_the_header_are_named() {
    let ext = Hawk { ext: "a\nb".to_owned(), ..fields() };
    assert!(refusal(&Auth::Hawk(ext), &sources()).contains("Hawk ext"));
    let dlg = Hawk { dlg: "x".to_owned(), ..fields() };
    assert!(refusal(&Auth::Hawk(dlg), &sources()).contains("Hawk app"));
}
