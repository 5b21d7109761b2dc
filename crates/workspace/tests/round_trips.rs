//! Random edits of random files: what was meant is what is read back, and the rest stays.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

mod common;

use common::Place;
use errand_model::{
    Auth, Body, Check, FormRow, Header, Operator, Param, ParamKind, RawLanguage, Request, Script,
    ScriptPhase, Variable,
};

/// xorshift64*: the same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        usize::try_from(self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33).unwrap() % sides
    }

    fn text(&mut self) -> String {
        const BITS: &[&str] = &[
            "a",
            "B c",
            "{{name}}",
            ": ",
            " #",
            "'",
            "\"",
            "\\",
            "- ",
            "é",
            "\u{1F600}",
            "\n",
            "\n\n",
            "\t",
            " ",
            "true",
            "12",
            "null",
            "{",
            "}",
            "[",
            ",",
            "|",
            ">",
            "&x",
            "*y",
            "!t",
            "%",
            "@",
            "`",
            "\r",
            "\u{0}",
            "\u{85}",
            "\u{2028}",
            "---",
            "...",
            "? ",
            "=",
            "~",
            "\u{feff}",
            "<<",
            "0x1",
            "2026-11-21",
            "  lead",
            "trail  ",
            "https://a/b?c=d&e=f",
        ];
        (0..self.roll(5)).map(|_| BITS[self.roll(BITS.len())]).collect()
    }

    fn yes(&mut self) -> bool {
        self.roll(2) == 0
    }
}

fn edit_rows<T>(dice: &mut Dice, rows: &mut Vec<T>, make: impl Fn(&mut Dice) -> T) {
    match dice.roll(5) {
        0 if !rows.is_empty() => drop(rows.remove(dice.roll(rows.len()))),
        1 if rows.len() > 1 => {
            let (a, b) = (dice.roll(rows.len()), dice.roll(rows.len()));
            let row = rows.remove(a);
            rows.insert(b.min(rows.len()), row);
        }
        2 if !rows.is_empty() => {
            let at = dice.roll(rows.len());
            rows[at] = make(dice);
        }
        3 if rows.len() > 8 => rows.clear(),
        _ => {
            let at = dice.roll(rows.len() + 1);
            rows.insert(at, make(dice));
        }
    }
}

fn body(dice: &mut Dice) -> Body {
    match dice.roll(4) {
        0 => Body::None,
        1 => {
            let mut rows = Vec::new();
            for _ in 0..dice.roll(4) {
                rows.push(FormRow {
                    name: dice.text(),
                    value: dice.text(),
                    description: String::new(),
                    enabled: dice.yes(),
                });
            }
            Body::FormUrlEncoded { rows }
        }
        _ => Body::Raw { language: RawLanguage::Json, text: dice.text() + &dice.text() },
    }
}

fn change(dice: &mut Dice, request: &mut Request) {
    match dice.roll(14) {
        0 => request.name = dice.text() + "x",
        1 => request.url = dice.text(),
        2 => request.method = ["GET", "POST", "X-Y"][dice.roll(3)].into(),
        3 | 4 => edit_rows(dice, &mut request.headers, |d| Header {
            description: d.text(),
            ..Header::new(d.text(), d.text())
        }),
        5 => edit_rows(dice, &mut request.params, |d| Param {
            name: d.text(),
            value: d.text(),
            kind: if d.yes() { ParamKind::Path } else { ParamKind::Query },
            description: String::new(),
            enabled: d.yes(),
        }),
        6 => request.body = body(dice),
        7 => {
            request.auth = match dice.roll(4) {
                0 => Auth::Inherit,
                1 => Auth::None,
                2 => Auth::Bearer { token: dice.text() },
                _ => Auth::Basic { username: dice.text(), password: dice.text() },
            }
        }
        8 => edit_rows(dice, &mut request.variables, |d| Variable::new(d.text(), d.text())),
        9 => edit_rows(dice, &mut request.checks, |d| Check {
            expression: d.text(),
            operator: if d.yes() { Operator::Eq } else { Operator::IsJson },
            value: d.text(),
            description: String::new(),
            enabled: d.yes(),
        }),
        10 => request.docs = dice.text() + &dice.text() + &dice.text(),
        11 => edit_rows(dice, &mut request.tags, Dice::text),
        12 => edit_rows(dice, &mut request.scripts, |d| Script {
            phase: ScriptPhase::Tests,
            code: d.text(),
        }),
        _ => {
            request.settings.timeout_ms = [None, Some(0), Some(1500)][dice.roll(3)];
            request.settings.verify_tls = [None, Some(true), Some(false)][dice.roll(3)];
        }
    }
}

const SEEDS: &[&str] = &[
    "# keep 1\ninfo:\n  name: A # keep 2\n  type: http\n  x-one: [a, 'b'] # keep 3\n\nhttp:\n  method: GET\n  url: u\n  headers:\n    # keep 4\n    - name: H\n      value: v\n      x-two: \"q\" # keep 5\n  x-three: |+ # keep 6\n    text\n\n  auth: inherit\n# keep 7\n\ndocs: |-\n  d\n\n\nx-four: ! tagged # keep 8\n",
    "info: {name: A, type: http}\nhttp: {method: GET, url: u, headers: [{name: a, value: b}], body: {type: json, data: \"{}\"}}\nx-four: {y: 1} # keep 8\n",
    "http:\n    url: >-\n        folded\n        text\n    method: 'GET'\n    params:\n    - {name: p, value: q, type: query}\n    -   name: r\n        value: s\n        type: path\ninfo:\n    type: http\n    name: \"A\"\nx-four: # keep 8\n- - 1\n  - 2\n- ~\n",
];

#[test]
fn five_hundred_random_edits() {
    let mut comments_kept = 0;
    for seed in 0..500_u64 {
        let crlf = seed % 3 == 1;
        let start = SEEDS[usize::try_from(seed).unwrap() % SEEDS.len()];
        let start = if crlf { start.replace('\n', "\r\n") } else { start.to_owned() };
        let place = Place::new(&[("a.yml", &start)]);
        let mut dice = Dice(seed * 7919 + 1);
        let (mut request, mut revision) = place.workspace.read_request("a.yml").unwrap();
        for step in 0..6 {
            change(&mut dice, &mut request);
            let before = place.text("a.yml");
            revision = match place.workspace.save_request("a.yml", &request, &revision, false) {
                Ok(revision) => revision,
                Err(error) => panic!("seed {seed}, step {step}: {error}\n{request:?}\n{before}"),
            };
            let text = place.text("a.yml");
            let read = place.workspace.read_request("a.yml").unwrap();
            assert_eq!(read.0, request, "seed {seed}, step {step}\n{before}\n=>\n{text}");
            let again = place.workspace.save_request("a.yml", &request, &revision, false).unwrap();
            assert_eq!(again, revision, "seed {seed}, step {step}: not stable");
            assert!(
                text.contains("x-four:"),
                "seed {seed}, step {step}: an unknown key is gone\n{before}\n=>\n{text}"
            );
            if crlf {
                assert_eq!(
                    text.matches('\n').count(),
                    text.matches("\r\n").count(),
                    "seed {seed}\n{text}"
                );
            }
        }
        comments_kept += usize::from(place.text("a.yml").contains("# keep 8"));
    }
    println!("a comment beside an unknown key survived all edits in {comments_kept} of 500 files");
    assert!(comments_kept > 490, "{comments_kept}");
}
