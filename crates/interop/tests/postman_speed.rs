//! How long a large collection takes. Run with `--release -- --ignored --nocapture`.

use std::fmt::Write as _;
use std::time::Instant;

use errand_interop::{Format, Source, import, postman};

/// Folders, each with a hundred requests.
const FOLDERS: usize = 100;

fn collection() -> String {
    let mut text = String::from(
        r#"{"info":{"_postman_id":"1","name":"Large","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},"item":["#,
    );
    for folder in 0..FOLDERS {
        let comma = if folder == 0 { "" } else { "," };
        write!(text, r#"{comma}{{"name":"Folder {folder}","item":["#).expect("a text");
        for request in 0..100 {
            let comma = if request == 0 { "" } else { "," };
            write!(
                text,
                r#"{comma}{{"name":"Request {request}","event":[{{"listen":"test","script":{{"exec":["pm.test('ok', () => {{","  pm.response.to.have.status(200);","}});"],"type":"text/javascript","packages":{{}}}}}}],"request":{{"auth":{{"type":"bearer","bearer":[{{"key":"token","value":"{{{{token}}}}","type":"string"}}]}},"method":"POST","header":[{{"key":"Accept","value":"application/json"}},{{"key":"X-Id","value":"{{{{$guid}}}}","type":"text","disabled":true}}],"body":{{"mode":"raw","raw":"{{\"n\": {request}, \"name\": \"{{{{name}}}}\"}}","options":{{"raw":{{"language":"json"}}}}}},"url":{{"raw":"{{{{base}}}}/v1/things/:id?page={request}","host":["{{{{base}}}}"],"path":["v1","things",":id"],"query":[{{"key":"page","value":"{request}"}},{{"key":"off","value":"1","disabled":true}}],"variable":[{{"key":"id","value":"7","description":"which"}}]}},"description":"What it does"}},"response":[{{"name":"OK","originalRequest":{{"method":"POST","header":[],"url":{{"raw":"{{{{base}}}}/v1/things","host":["{{{{base}}}}"],"path":["v1","things"]}}}},"status":"OK","code":200,"_postman_previewlanguage":"json","header":[{{"key":"Content-Type","value":"application/json"}}],"cookie":[],"body":"{{\"ok\": true}}"}}]}}"#
            )
            .expect("a text");
        }
        text.push_str("]}");
    }
    text.push_str("]}");
    text
}

#[test]
#[ignore = "measures; wants a release build"]
fn ten_thousand_requests() {
    let text = collection();
    let source = Source::file("large.json", text.into_bytes());
    let mut took = Vec::new();
    for _ in 0..5 {
        let from = Instant::now();
        let recognised = errand_interop::recognise(&source);
        let known = from.elapsed();
        let found = import(&source, recognised).expect("it is imported");
        let imported = from.elapsed();
        let exported = postman::export(&found.collection).expect("it is exported");
        let all = from.elapsed();
        assert_eq!(found.collection.requests().len(), FOLDERS * 100);
        assert_eq!((recognised, exported.files.len()), (Some(Format::Postman), 1));
        println!("recognised {known:?}, with import {imported:?}, with export {all:?}");
        took.push(imported);
    }
    took.sort();
    println!("{} bytes, import: median {:?}", source.entries[0].len(), took[2]);
}
