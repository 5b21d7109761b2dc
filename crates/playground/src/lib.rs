//! A loopback server that answers what an API client needs to try.
