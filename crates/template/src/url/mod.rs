//! The text of a URL, which may hold `{{variables}}`, and its parameter tables: pure functions both ways.
