//! Bodies of any size: spool, index, format, search and slice.
