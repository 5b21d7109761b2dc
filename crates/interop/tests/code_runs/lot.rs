//! Texts that want out of the literal they are put into.

/// Each means something somewhere.
const SIGNS: &[&str] = &[
    "'",
    "\"",
    "`",
    "\\",
    "\\\\",
    "$",
    "${",
    "}",
    "#{",
    "{",
    "%",
    "%s",
    "%{",
    "@",
    "@{",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "\u{1}",
    "\u{7f}",
    "\u{85}",
    "\u{2028}",
    "\u{2029}",
    "\u{feff}",
    "\u{202e}",
    "\u{2066}",
    "\u{2018}",
    "\u{2019}",
    "\u{201c}",
    "\u{1f600}",
    "é",
    "\\u0022",
    "\\x22",
    "\\042",
    "\\N{",
    "\\(",
    "$(",
    "$((",
    "<%",
    "%>",
    "?>",
    "<?",
    "*/",
    "/*",
    "//",
    "--",
    "#",
    ";",
    "&",
    "&&",
    "|",
    "||",
    ">",
    "<",
    "<<",
    "^",
    "!",
    "!!",
    "~",
    "*",
    "?",
    "[",
    "]",
    "(",
    ")",
    "=",
    "==",
    ":=",
    ":",
    "@/etc/passwd",
    "EOF",
    "\"\"\"",
    "'''",
    "\"#",
    "r\"",
    "b'",
    "1",
    "x",
    " ",
    "id",
    "??/",
    "\\\n",
    "'\"'\"'",
    "'\\''",
    "\"+\"",
    "');",
    "\");",
    "\" -o x \"",
    "' -o x '",
    "`n",
    "`\"",
    "{{",
    "}}",
    "{#",
];

/// A lot that falls the same every time.
pub struct Lot(u64);

impl Lot {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn below(&mut self, end: usize) -> usize {
        // Knuth's MMIX; the high bits are the good ones.
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("it fits") % end
    }

    /// Any text but NUL.
    pub fn text(&mut self) -> String {
        let length = 1 + self.below(8);
        let mut text = String::new();
        for _ in 0..length {
            text.push_str(SIGNS[self.below(SIGNS.len())]);
        }
        // A variable's value is not known, so that it would be encoded by nobody.
        text.replace("{{", "{ {")
    }

    /// A text that a header may have.
    pub fn line(&mut self) -> String {
        let text = self.text();
        text.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').collect()
    }
}
