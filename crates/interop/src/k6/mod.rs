//! (In the making.)
