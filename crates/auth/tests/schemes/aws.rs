//! AWS signatures: the worked examples of the S3 documentation, and rules of our own.

use errand_auth::{AwsSettings, Place, Secret, SignedBody, Surroundings};
use errand_model::{Auth, AwsPayload, AwsV4, SignaturePlace};

use crate::scene::{Call, Outcome, at, open, refusal};

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

fn keys() -> AwsV4 {
    AwsV4 {
        access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
        secret_access_key: SECRET.to_owned(),
        ..AwsV4::default()
    }
}

/// 2013-05-24T00:00:00Z
fn sources() -> Surroundings {
    at(1_369_353_600, "")
}

fn sign(fields: AwsV4, call: &Call) -> Outcome {
    call.sign(&mut *open(&Auth::AwsV4(fields), &sources()))
}

fn error(fields: AwsV4, call: &Call) -> String {
    let mut signer = open(&Auth::AwsV4(fields), &sources());
    call.try_sign(&mut *signer).err().map(|error| error.to_string()).unwrap_or_default()
}

fn authorization(names: &str, signature: &str) -> String {
    format!(
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders={names}, Signature={signature}"
    )
}

#[test]
fn s3_get_object() {
    let call = Call::new("GET", "https://examplebucket.s3.amazonaws.com/test.txt")
        .header("User-Agent", "not signed")
        .header("Range", "bytes=0-9");
    let outcome = sign(keys(), &call);
    let signature = "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41";
    let names = "host;range;x-amz-content-sha256;x-amz-date";
    assert_eq!(outcome.value("Authorization"), authorization(names, signature));
    assert_eq!(outcome.shown("Authorization"), authorization(names, "••••••"));
    assert_eq!(outcome.value("X-Amz-Date"), "20130524T000000Z");
}

#[test]
fn s3_put_object() {
    let call = Call::new("PUT", "https://examplebucket.s3.amazonaws.com/test$file.text")
        .header("Date", "Fri, 24 May 2013 00:00:00 GMT")
        .header("x-amz-storage-class", "REDUCED_REDUNDANCY")
        .body("Welcome to Amazon S3.");
    let signature = "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd";
    let names = "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class";
    assert_eq!(sign(keys(), &call).value("Authorization"), authorization(names, signature));
}

#[test]
fn s3_queries_with_and_without_values() {
    for (query, signature) in [
        ("lifecycle", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
        ("max-keys=2&prefix=J", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
    ] {
        let call = Call::new("GET", &format!("https://examplebucket.s3.amazonaws.com/?{query}"));
        let names = "host;x-amz-content-sha256;x-amz-date";
        assert_eq!(sign(keys(), &call).value("Authorization"), authorization(names, signature));
    }
}

#[test]
fn s3_presigned() {
    let call = Call::new("GET", "https://examplebucket.s3.amazonaws.com/test.txt");
    let fields = AwsV4 { placement: SignaturePlace::Query, expires: "86400".to_owned(), ..keys() };
    let outcome = sign(fields, &call);
    let signature = "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
    assert_eq!(outcome.value("X-Amz-Signature"), signature);
    assert_eq!(outcome.shown("X-Amz-Signature"), "••••••");
    assert_eq!(outcome.value("X-Amz-SignedHeaders"), "host");
    assert!(outcome.all_in(Place::Query));
}

#[test]
fn s3_in_signed_pieces() {
    let body = vec![b'a'; 66_560];
    let call = Call::new("PUT", "https://s3.amazonaws.com/examplebucket/chunkObject.txt")
        .header("x-amz-storage-class", "REDUCED_REDUNDANCY")
        .header("Content-Length", "66560")
        .body(&body);
    let outcome = sign(AwsV4 { payload: AwsPayload::Streamed, ..keys() }, &call);
    let names = "content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class";
    let signature = "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9";
    assert_eq!(outcome.value("Authorization"), authorization(names, signature));
    assert_eq!(outcome.value("Content-Encoding"), "aws-chunked");
    assert_eq!(outcome.value("X-Amz-Decoded-Content-Length"), "66560");
    let Some(SignedBody::Framed(mut framing)) = outcome.0.body else { panic!("no frames") };
    let mut sent = Vec::new();
    for piece in body.chunks(framing.piece()) {
        sent.extend(framing.frame(piece));
    }
    sent.extend(framing.end());
    assert_eq!(sent.len(), 66_824);
    assert_eq!(framing.framed_length(66_560), 66_824);
    let text = String::from_utf8(sent).expect("letters");
    for line in [
        "10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\na",
        "400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\na",
        "0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n",
    ] {
        assert!(text.contains(line), "{line}");
    }
}

#[test]
fn framed_lengths_are_right_at_the_edges() {
    let call =
        |length: usize| Call::new("PUT", "https://s3.amazonaws.com/b/k").body(vec![b'x'; length]);
    for length in [1, 15, 16, 65_535, 65_536, 65_537, 131_072] {
        let fields = AwsV4 { payload: AwsPayload::Streamed, ..keys() };
        let Some(SignedBody::Framed(mut framing)) = sign(fields, &call(length)).0.body else {
            panic!("no frames")
        };
        let body = vec![b'x'; length];
        let pieces: usize = body.chunks(framing.piece()).map(|p| framing.frame(p).len()).sum();
        let total = pieces + framing.end().len();
        assert_eq!(framing.framed_length(length as u64), total as u64, "{length}");
    }
}

#[test]
fn no_body_is_signed_whole_and_a_query_takes_no_pieces() {
    let streamed = AwsV4 { payload: AwsPayload::Streamed, ..keys() };
    let get = Call::new("GET", "https://s3.amazonaws.com/b/k");
    let outcome = sign(streamed.clone(), &get);
    assert!(outcome.0.body.is_none());
    assert!(outcome.value("X-Amz-Content-Sha256").starts_with("e3b0c442"));
    let other = Call::new("PUT", "https://sqs.us-east-1.amazonaws.com/").body("x");
    let query = AwsV4 { placement: SignaturePlace::Query, ..streamed };
    assert!(error(query, &other).contains("piece by piece"));
}

#[test]
fn a_session_token_and_an_unsigned_body() {
    let fields =
        AwsV4 { session_token: "canary-token".to_owned(), payload: AwsPayload::Unsigned, ..keys() };
    let call = Call::new("POST", "https://dynamodb.eu-west-1.amazonaws.com/")
        .header("X-Amz-Date", "stale, replaced")
        .body("{}");
    let outcome = sign(fields.clone(), &call);
    assert_eq!(outcome.value("X-Amz-Content-Sha256"), "UNSIGNED-PAYLOAD");
    assert_eq!(outcome.value("X-Amz-Security-Token"), "canary-token");
    let header = outcome.value("Authorization");
    assert!(header.contains("/20130524/eu-west-1/dynamodb/aws4_request"), "{header}");
    assert!(header.contains("=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,"));
    outcome.is_harmless(&["canary", SECRET]);
    let query = sign(AwsV4 { placement: SignaturePlace::Query, ..fields }, &call);
    assert_eq!(query.value("X-Amz-Security-Token"), "canary-token");
    query.is_harmless(&["canary", SECRET]);
}

#[test]
fn region_of_the_profile_where_the_host_says_none() {
    let mut sources = sources();
    sources.aws = AwsSettings {
        credentials: Some(Secret::from("[w]\naws_access_key_id=I\naws_secret_access_key=S\n")),
        config: Some(Secret::from("[profile w]\nregion = eu-south-1\n")),
        environment: Vec::new(),
    };
    let fields =
        AwsV4 { profile_name: "w".to_owned(), service: "s3".to_owned(), ..AwsV4::default() };
    let mut signer = open(&Auth::AwsV4(fields), &sources);
    let outcome = Call::new("GET", "http://127.0.0.1:9000/b").sign(&mut *signer);
    let header = outcome.value("Authorization");
    assert!(header.contains("Credential=I/20130524/eu-south-1/s3/"), "{header}");
    assert!(error(keys(), &Call::new("GET", "http://127.0.0.1:9000/b")).contains("the service"));
}

#[test]
fn keys_partly_given_and_wrong_times_are_named() {
    let half = AwsV4 { access_key_id: String::new(), ..keys() };
    let said = refusal(&Auth::AwsV4(half), &sources());
    assert!(said.contains("not an access key id") && !said.contains(SECRET), "{said}");
    let expires = AwsV4 { expires: "604801".to_owned(), ..keys() };
    assert!(refusal(&Auth::AwsV4(expires), &sources()).contains("604800"));
}
