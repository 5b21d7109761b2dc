//! Scripts and handlers: `< {% … %}`, `> {% … %}`, `> file.js` and `{{ … }}`.

use super::super::line;
use super::reader::Reader;
use super::{Code, Written, trim_blank};

impl Reader<'_> {
    /// A script or handler that begins in this line; what follows it is read too.
    pub(super) fn script(&mut self, number: usize, bare: &str, before: bool) -> bool {
        let mark = if before { '<' } else { '>' };
        let rest = bare.strip_prefix(mark).filter(|rest| rest.starts_with([' ', '{']));
        let (code, httpyac) = if let Some(rest) = rest.map(str::trim_start) {
            match rest.strip_prefix("{%") {
                Some(first) => (Code::Text(self.until("%}", first)), false),
                None if before && !is_script_file(rest) => return false,
                None => (Code::File(rest.trim().to_owned()), false),
            }
        } else if line::opens_script(bare) {
            let code = self.until("}}", bare.trim_start_matches("{{"));
            let before = before || code.starts_with("@request");
            let script = Written { line: number, before, httpyac: true, code: Code::Text(code) };
            self.draft.scripts.push(script);
            return true;
        } else {
            return false;
        };
        self.draft.scripts.push(Written { line: number, before, httpyac, code });
        true
    }

    /// The text up to the end of a script: of `%}` anywhere, of `}}` at the beginning of a line.
    fn until(&mut self, end: &str, first: &str) -> String {
        if let Some((code, _)) = first.split_once(end) {
            return code.trim().to_owned();
        }
        let mut code = vec![first];
        // One that does not end takes no further request with it.
        while let Some(next) = self.lines.get(self.at).filter(|l| line::separator(l).is_none()) {
            self.at += 1;
            let found =
                if end == "}}" { next.starts_with(end).then_some(0) } else { next.find(end) };
            if let Some(at) = found {
                code.push(&next[..at]);
                break;
            }
            code.push(next);
        }
        let first = usize::from(code[0].trim().is_empty());
        let mut code: Vec<String> = code[first..].iter().map(|line| (*line).to_owned()).collect();
        trim_blank(&mut code);
        code.join("\n")
    }
}

fn is_script_file(path: &str) -> bool {
    let path = path.trim().to_ascii_lowercase();
    [".js", ".mjs", ".cjs", ".ts"].iter().any(|extension| path.ends_with(extension))
}
