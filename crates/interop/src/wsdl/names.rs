//! Namespaces of WSDL 1.1 and what it is made of.

pub(super) const WSDL: &str = "http://schemas.xmlsoap.org/wsdl/";
pub(super) const WSDL2: &str = "http://www.w3.org/ns/wsdl";
pub(super) const SOAP: &str = "http://schemas.xmlsoap.org/wsdl/soap/";
pub(super) const SOAP12: &str = "http://schemas.xmlsoap.org/wsdl/soap12/";
pub(super) const HTTP: &str = "http://schemas.xmlsoap.org/wsdl/http/";
pub(super) const MIME: &str = "http://schemas.xmlsoap.org/wsdl/mime/";
pub(super) const XSD: &str = "http://www.w3.org/2001/XMLSchema";
pub(super) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
pub(super) const ENCODING: &str = "http://schemas.xmlsoap.org/soap/encoding/";
pub(super) const ENVELOPE: &str = "http://schemas.xmlsoap.org/soap/envelope/";
pub(super) const ENVELOPE12: &str = "http://www.w3.org/2003/05/soap-envelope";

/// Drafts of XML Schema that old descriptions use; they are read as the recommendation.
pub(super) const XSD_DRAFTS: [&str; 2] =
    ["http://www.w3.org/1999/XMLSchema", "http://www.w3.org/2000/10/XMLSchema"];
