//! Tokens of NTLM (MS-NLMP) and of Kerberos in SPNEGO (RFC 4178), as HTTP carries them (RFC 4559).
//!
//! Bytes in, bytes out: no HTTP and no sockets of its own. The system's Kerberos library reads the tickets and
//! asks the realm's server for more, so [`Kerberos`] may block; [`Ntlm`] only calculates.

mod error;
mod kerberos;
mod ntlm;

pub use error::Error;
pub use kerberos::{Kerberos, Step};
pub use ntlm::Ntlm;
