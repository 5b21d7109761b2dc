//! The use cases both faces call, the wire types and the command table.
