//! Other tools' formats: bytes in, model and receipt out.
