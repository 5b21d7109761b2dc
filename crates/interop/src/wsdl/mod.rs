//! WSDL 1.1 with XML Schema 1.0: each operation of a port is a request with a sample envelope.

mod address;
mod convert;
mod definitions;
mod envelope;
mod http;
mod load;
mod made;
mod names;
mod operation;
mod recognise;
mod sample;
mod schemas;
mod value;
mod xml;

pub(crate) use convert::import;
pub(crate) use recognise::recognises;
