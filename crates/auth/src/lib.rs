//! Credentials onto requests.
