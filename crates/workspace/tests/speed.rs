//! Ten thousand requests. Run with `cargo test --release -p errand-workspace --test speed -- --ignored --nocapture`.
#![allow(clippy::unwrap_used, missing_docs, reason = "a measurement")]

mod common;

use std::fs;
use std::time::Instant;

use common::Place;

#[test]
#[ignore = "a measurement, for a release build"]
fn ten_thousand_requests() {
    let place = Place::new(&[]);
    for folder in 0..100 {
        fs::create_dir(place.path(&format!("f{folder}"))).unwrap();
        for n in 0..100 {
            let text = format!(
                "info:\n  name: Request {n}\n  type: http\n  seq: {n}\n\nhttp:\n  method: POST\n  url: \"{{{{base_url}}}}/orders/:id?expand=lines\"\n  headers:\n    - name: Accept\n      value: application/json\n    - name: X-Trace\n      value: '{{{{$guid}}}}'\n  params:\n    - name: expand\n      value: lines\n      type: query\n  body:\n    type: json\n    data: |-\n      {{\n        \"customer\": \"{{{{customer}}}}\",\n        \"lines\": [1, 2, 3]\n      }}\n  auth: inherit\n\nruntime:\n  assertions:\n    - expression: res.status\n      operator: eq\n      value: \"200\"\n\ndocs: |-\n  Some words about it.\n"
            );
            fs::write(place.path(&format!("f{folder}/r{n}.yml")), text).unwrap();
        }
    }
    let mut times: Vec<_> = (0..7)
        .map(|_| {
            let begun = Instant::now();
            assert_eq!(place.workspace.tree().unwrap().len(), 10_100);
            begun.elapsed()
        })
        .collect();
    times.sort();
    println!("tree of 10,000 requests: median {:?}, worst {:?}", times[3], times[6]);
    let (mut request, mut revision) = place.workspace.read_request("f0/r0.yml").unwrap();
    let begun = Instant::now();
    for n in 0..100 {
        request.url = format!("http://{n}");
        revision = place.workspace.save_request("f0/r0.yml", &request, &revision, false).unwrap();
    }
    println!("a save: {:?}", begun.elapsed() / 100);
}
