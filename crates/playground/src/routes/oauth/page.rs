//! The provider's pages: plain forms, no script.

use std::fmt::Write as _;

use http::StatusCode;
use http::header::HeaderValue;

use crate::answer::{Answer, whole, with_status};

const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
<meta name=\"viewport\" content=\"width=device-width\">\n<title>Errand playground</title>\n\
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:28rem;margin:15vh auto;padding:0 1rem;\
color-scheme:light dark}input,button{font:inherit;padding:.4rem .8rem;margin:.2rem .4rem .2rem 0}\
label{display:block;margin:1rem 0}</style>\n";

/// A page with this heading and text; `form` is markup.
pub(crate) fn page(status: StatusCode, heading: &str, text: &str, form: &str) -> Answer {
    let (heading, text) = (escaped(heading), escaped(text));
    let page = format!("{HEAD}<h1>{heading}</h1>\n<p>{text}</p>\n{form}");
    let mut answer = with_status(status, whole("text/html; charset=utf-8", page));
    // No other page may show this one inside itself and have its buttons clicked.
    answer.headers_mut().insert("x-frame-options", HeaderValue::from_static("DENY"));
    answer
}

/// A form that says yes or no, sends these fields along, and asks for those after them.
pub(crate) fn decision(
    action: &str,
    hidden: &[(String, String)],
    asked: &[(&str, &str, &str)],
) -> String {
    let mut form = format!("<form method=\"post\" action=\"{}\">\n", escaped(action));
    for (name, value) in hidden {
        // Writing to a String cannot fail.
        let _ = writeln!(
            form,
            "<input type=\"hidden\" name=\"{}\" value=\"{}\">",
            escaped(name),
            escaped(value)
        );
    }
    for (name, label, value) in asked {
        let _ = writeln!(
            form,
            "<label>{} <input name=\"{name}\" value=\"{}\" required></label>",
            escaped(label),
            escaped(value)
        );
    }
    form.push_str(
        "<button name=\"decision\" value=\"allow\">Allow</button>\n\
         <button name=\"decision\" value=\"deny\" formnovalidate>Deny</button>\n</form>\n",
    );
    form
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
