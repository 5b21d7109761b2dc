//! Atlassian's way to write a private key on one line (s2sauth.bitbucket.io/spec):
//! `data:application/pkcs8;kid=webapp%2Fabc123;base64,MIIBVAIBADANBgkqhkiG9w…`

use percent_encoding::percent_decode_str;
use zeroize::Zeroizing;

use crate::base64url::decode_pasted;
use crate::{Error, Key, pem};

const FORM: &str = "data: URL of the key";

/// The key of such a URL, under the id that it names.
pub(crate) fn key(url: &str) -> Result<Key, Error> {
    let broken = |why: &str| Error::broken(FORM, why);
    let (head, data) = url
        .get("data:".len()..)
        .and_then(|rest| rest.split_once(','))
        .ok_or_else(|| broken("it has no comma before the key"))?;
    let mut parameters = head.split(';');
    let kind = parameters.next().unwrap_or_default();
    if !kind.eq_ignore_ascii_case("application/pkcs8") {
        return Err(broken("it is not of the type application/pkcs8"));
    }
    let (mut id, mut base64) = (None, false);
    for parameter in parameters {
        if let Some(value) = parameter.strip_prefix("kid=") {
            id = Some(
                percent_decode_str(value)
                    .decode_utf8()
                    .map_err(|_| broken("its kid is not UTF-8"))?
                    .into_owned(),
            );
        } else if parameter.eq_ignore_ascii_case("base64") {
            base64 = true;
        }
    }
    if !base64 {
        return Err(broken("it does not say ;base64"));
    }
    let decoded: Zeroizing<Vec<u8>> = Zeroizing::new(percent_decode_str(data).collect());
    let text = std::str::from_utf8(&decoded).map_err(|_| broken("the key is not base64"))?;
    let der = decode_pasted(text).ok_or_else(|| broken("the key is not base64"))?;
    let key = Key::from(pem::pkcs8(&der)?);
    Ok(key.with_id(id.as_deref().unwrap_or_default()))
}
