//! `<<name>>` there, `{{name}}` here.

use crate::Scribe;

/// Hoppscotch's text as Errand's.
pub(super) fn read(text: &str, scribe: &mut Scribe<'_>) -> String {
    if text.contains("{{") {
        scribe.not_carried("{{…}}", "it is plain text in Hoppscotch and a variable here");
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("<<") {
        let (before, inner) = (&rest[..at], &rest[at + 2..]);
        out.push_str(before);
        let end = inner.find(['<', '>', '\n', '{', '}']).unwrap_or(inner.len());
        let name = inner[..end].trim();
        if inner[end..].starts_with(">>") && !name.is_empty() {
            scribe.converted("variables", "`<<name>>` became `{{name}}`");
            out.push_str("{{");
            out.push_str(name);
            out.push_str("}}");
            rest = &inner[end + 2..];
        } else {
            out.push('<');
            rest = &rest[at + 1..];
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Receipt;

    #[test]
    fn variables_become_ours_and_the_rest_stays() {
        let mut receipt = Receipt::default();
        let mut of = |text: &str| read(text, &mut receipt.at("a"));
        assert_eq!(of("<<base>>/<< id >>?a=<<$guid>>"), "{{base}}/{{id}}?a={{$guid}}");
        assert_eq!(of("1 << 2 >> 3 <<>> <<<a>> <b> <<x\n>>"), "1 {{2}} 3 <<>> <{{a}} <b> <<x\n>>");
        of(&"<<".repeat(100_000));
        of(&"<<a".repeat(100_000));
    }
}
