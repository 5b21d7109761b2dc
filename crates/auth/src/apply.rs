use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use errand_model::ApiKeyPlace;
use zeroize::Zeroizing;

use crate::{Error, Secret};

/// One thing a scheme adds to a request. Its value is always sensitive: it is dropped when a
/// redirect leaves the origin, and `shown` stands for it wherever people or files see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addition {
    /// Header, query or cookie.
    pub place: Place,
    /// Header or parameter name, not yet percent-encoded.
    pub name: String,
    /// The value as sent; for the query, not yet percent-encoded.
    pub value: Secret,
    /// The value's harmless form: the scheme's word and dots.
    pub shown: String,
}

/// Where an [`Addition`] goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A request header; it replaces one of the same name.
    Header,
    /// A query parameter, after those of the URL.
    Query,
    /// A cookie, beside those of the jar and the typed ones.
    Cookie,
}

pub(crate) const DOTS: &str = "••••••";

/// RFC 7617 §2, with UTF-8 (§2.1). An empty user name or password is allowed.
pub fn basic(user: &str, password: &str) -> Result<Addition, Error> {
    if user.contains(':') {
        return Err(Error::ColonInUser);
    }
    no_controls("user name", user)?;
    no_controls("password", password)?;
    let pair = Zeroizing::new(format!("{user}:{password}"));
    let encoded = Zeroizing::new(STANDARD.encode(pair.as_bytes()));
    Ok(authorization("Basic", &encoded))
}

/// RFC 6750 §2.1. Blanks around the token are dropped, as they come with copying.
pub fn bearer(token: &str) -> Result<Addition, Error> {
    let token = token.trim_matches([' ', '\t']);
    if token.is_empty() {
        return Err(Error::Empty { field: "token" });
    }
    no_controls("token", token)?;
    Ok(authorization("Bearer", token))
}

/// A key in a header or in the query.
pub fn api_key(name: &str, value: &str, placement: ApiKeyPlace) -> Result<Addition, Error> {
    if name.is_empty() {
        return Err(Error::Empty { field: "key name" });
    }
    let place = match placement {
        ApiKeyPlace::Header => {
            if !name.bytes().all(is_token_byte) {
                return Err(Error::HeaderName { name: name.to_owned() });
            }
            no_controls("key value", value)?;
            Place::Header
        }
        // Percent-encoding carries any character, so the query refuses none.
        ApiKeyPlace::Query => Place::Query,
        ApiKeyPlace::Cookie => {
            cookie(name, value)?;
            Place::Cookie
        }
    };
    Ok(Addition { place, name: name.to_owned(), value: value.into(), shown: DOTS.to_owned() })
}

pub(crate) fn authorization(scheme: &str, credentials: &str) -> Addition {
    Addition {
        place: Place::Header,
        name: "Authorization".to_owned(),
        value: Secret::new(format!("{scheme} {credentials}")),
        shown: format!("{scheme} {DOTS}"),
    }
}

/// RFC 6265 §4.1.1: a name is a token, a value has no blanks, quotes, commas, semicolons or
/// backslashes.
fn cookie(name: &str, value: &str) -> Result<(), Error> {
    if !name.bytes().all(is_token_byte) {
        return Err(Error::HeaderName { name: name.to_owned() });
    }
    match value.chars().find(|c| c.is_control() || " \",;\\".contains(*c)) {
        Some(c) => Err(Error::CookieCharacter { code: c.into() }),
        None => Ok(()),
    }
}

/// A control character in a header would end it, or be refused by whoever sends.
pub(crate) fn no_controls(field: &'static str, text: &str) -> Result<(), Error> {
    match text.chars().find(|c| c.is_control() && *c != '\t') {
        Some(c) => Err(Error::ControlCharacter { field, code: c.into() }),
        None => Ok(()),
    }
}

/// `tchar` of RFC 9110 §5.6.2.
pub(crate) fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(addition: Result<Addition, Error>) -> String {
        addition.map_or_else(|e| panic!("{e}"), |a| a.value.expose().to_owned())
    }

    #[test]
    fn basic_is_as_in_the_rfc() {
        // The examples of RFC 7617 §2 and §2.1.
        assert_eq!(value(basic("Aladdin", "open sesame")), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert_eq!(value(basic("test", "123£")), "Basic dGVzdDoxMjPCow==");
        assert_eq!(value(basic("", "a:b")), "Basic OmE6Yg==");
    }

    #[test]
    fn basic_refuses_what_it_cannot_carry() {
        assert_eq!(basic("a:b", "c"), Err(Error::ColonInUser));
        let error = basic("a", "canary\n").expect_err("a line break");
        assert_eq!(error, Error::ControlCharacter { field: "password", code: 10 });
        assert!(!error.to_string().contains("canary"));
    }

    #[test]
    fn bearer_is_trimmed_and_never_empty() {
        assert_eq!(value(bearer(" mF_9.B5f-4.1JqM ")), "Bearer mF_9.B5f-4.1JqM");
        assert_eq!(bearer("  "), Err(Error::Empty { field: "token" }));
        assert!(bearer("a\r\nX-Evil: 1").is_err());
    }

    #[test]
    fn api_key_goes_where_it_is_put() {
        let header = api_key("X-Api-Key", "k", ApiKeyPlace::Header).expect("a header");
        assert_eq!((header.place, header.name.as_str()), (Place::Header, "X-Api-Key"));
        assert!(!header.shown.contains('k'));
        let query = api_key("api key", "a&b\n", ApiKeyPlace::Query).expect("a parameter");
        assert_eq!((query.place, query.value.expose()), (Place::Query, "a&b\n"));
        assert!(matches!(
            api_key("bad name", "k", ApiKeyPlace::Header),
            Err(Error::HeaderName { .. })
        ));
        assert!(api_key("", "k", ApiKeyPlace::Query).is_err());
    }
}
