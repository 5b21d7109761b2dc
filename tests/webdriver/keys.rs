//! Keys by their names, as WebDriver's code points (WebDriver §17.4.2).

use serde_json::{Value, json};

/// The actions that press a chord such as `Control+Shift+t`: all down in order, all up in reverse.
pub fn chord(text: &str) -> Vec<Value> {
    let keys: Vec<char> = parts(text).into_iter().map(key).collect();
    let down = keys.iter().map(|key| json!({"type": "keyDown", "value": key}));
    let up = keys.iter().rev().map(|key| json!({"type": "keyUp", "value": key}));
    down.chain(up).collect()
}

/// The actions that type one letter; a line break is the Enter key.
pub fn letter(letter: char) -> [Value; 2] {
    let key = if letter == '\n' { '\u{E007}' } else { letter };
    [json!({"type": "keyDown", "value": key}), json!({"type": "keyUp", "value": key})]
}

/// `Control++` is Control and the plus key.
fn parts(text: &str) -> Vec<&str> {
    match text.strip_suffix("++") {
        Some(before) => before.split('+').chain(["+"]).collect(),
        None if text == "+" => vec!["+"],
        None => text.split('+').collect(),
    }
}

fn key(name: &str) -> char {
    match name {
        "Backspace" => '\u{E003}',
        "Tab" => '\u{E004}',
        "Enter" => '\u{E007}',
        "Shift" => '\u{E008}',
        "Control" => '\u{E009}',
        "Alt" => '\u{E00A}',
        "Escape" => '\u{E00C}',
        "Space" => ' ',
        "PageUp" => '\u{E00E}',
        "PageDown" => '\u{E00F}',
        "End" => '\u{E010}',
        "Home" => '\u{E011}',
        "ArrowLeft" => '\u{E012}',
        "ArrowUp" => '\u{E013}',
        "ArrowRight" => '\u{E014}',
        "ArrowDown" => '\u{E015}',
        "Insert" => '\u{E016}',
        "Delete" => '\u{E017}',
        "F2" => '\u{E032}',
        "F5" => '\u{E035}',
        "F10" => '\u{E03A}',
        "Meta" => '\u{E03D}',
        _ => {
            let mut letters = name.chars();
            match (letters.next(), letters.next()) {
                (Some(letter), None) => letter,
                _ => panic!(
                    "no key named {name:?}; named as in KeyboardEvent.key, such as Enter or ArrowDown"
                ),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{chord, parts};

    #[test]
    fn a_chord_goes_up_in_the_reverse_order() {
        let kinds: Vec<String> = chord("Control+Enter")
            .iter()
            .map(|action| format!("{} {}", action["type"], action["value"]))
            .collect();
        let expected = [
            "\"keyDown\" \"\u{E009}\"",
            "\"keyDown\" \"\u{E007}\"",
            "\"keyUp\" \"\u{E007}\"",
            "\"keyUp\" \"\u{E009}\"",
        ];
        assert_eq!(kinds, expected);
    }

    #[test]
    fn the_plus_key_can_be_in_a_chord() {
        assert_eq!(parts("Control++"), ["Control", "+"]);
        assert_eq!(parts("+"), ["+"]);
    }
}
