//! The workspace folder on disk: OpenCollection YAML to model and back, atomic saves, watching, drafts.
