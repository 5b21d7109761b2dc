//! What editors write in an Authorization header instead of its value.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use errand_model::{Auth, AwsV4, ClientCredentials, Flow, Header, OAuth2, ResourceOwner};

use crate::Receipt;

/// Takes the Authorization header away where it says how to sign in.
pub(super) fn take(headers: &mut Vec<Header>, notes: &mut Receipt) -> Option<Auth> {
    let at =
        headers.iter().position(|h| h.enabled && h.name.eq_ignore_ascii_case("authorization"))?;
    let auth = of(&headers[at].value)?;
    headers.remove(at);
    notes.converted("Authorization", format!("{} auth", auth.scheme()));
    Some(auth)
}

fn of(value: &str) -> Option<Auth> {
    let words: Vec<&str> = words(value);
    let owned = |text: &str| text.to_owned();
    let scheme = words.first()?.to_ascii_lowercase();
    match (scheme.as_str(), &words[1..]) {
        ("bearer", [token]) if !token.starts_with("{{$auth.") => {
            Some(Auth::Bearer { token: owned(token) })
        }
        ("basic" | "digest", [user, password]) => Some(pair(&scheme, user, password)),
        ("basic" | "digest", [both]) => {
            if let Some((user, password)) = outside_braces(both, ':') {
                return Some(pair(&scheme, user, password));
            }
            // Encoded as it goes on the wire.
            let decoded =
                STANDARD.decode(both).ok().and_then(|bytes| String::from_utf8(bytes).ok())?;
            let (user, password) = decoded.split_once(':').filter(|_| scheme == "basic")?;
            let clean = !decoded.contains("{{") && !decoded.chars().any(char::is_control);
            clean.then(|| pair(&scheme, user, password))
        }
        ("ntlm", [user, password, rest @ ..]) => Some(Auth::Ntlm {
            username: owned(user),
            password: owned(password),
            domain: rest.first().map_or_else(String::new, |domain| owned(domain)),
        }),
        ("negotiate", []) => Some(Auth::Negotiate { service: String::new(), delegate: false }),
        ("aws", [id, key, rest @ ..]) => Some(Auth::AwsV4(aws(id, key, rest))),
        ("openid" | "oauth2", rest) => oauth2(rest),
        _ => None,
    }
}

fn pair(scheme: &str, username: &str, password: &str) -> Auth {
    let (username, password) = (username.to_owned(), password.to_owned());
    if scheme == "digest" {
        Auth::Digest { username, password }
    } else {
        Auth::Basic { username, password }
    }
}

/// Words of a value; blanks in double braces are part of a word.
fn words(value: &str) -> Vec<&str> {
    let (mut words, mut from, mut depth) = (Vec::new(), None, 0_usize);
    for (at, c) in value.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match (c.is_whitespace() && depth == 0, from) {
            (true, Some(start)) => {
                words.push(&value[start..at]);
                from = None;
            }
            (false, None) => from = Some(at),
            _ => {}
        }
    }
    words.extend(from.map(|start| &value[start..]));
    words
}

/// Splits at a character that is in no braces.
fn outside_braces(text: &str, wanted: char) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    let at = text.char_indices().find_map(|(at, c)| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (c == wanted && depth == 0).then_some(at)
    })?;
    Some((&text[..at], &text[at + wanted.len_utf8()..]))
}

fn aws(id: &str, key: &str, rest: &[&str]) -> AwsV4 {
    let mut aws = AwsV4 {
        access_key_id: id.to_owned(),
        secret_access_key: key.to_owned(),
        ..AwsV4::default()
    };
    for word in rest {
        let (name, value) = word.split_once(':').unwrap_or(("", word));
        let field = match name.to_ascii_lowercase().as_str() {
            "token" | "sessiontoken" => &mut aws.session_token,
            "region" => &mut aws.region,
            "service" => &mut aws.service,
            _ => continue,
        };
        value.clone_into(field);
    }
    aws
}

/// httpyac: a grant and the first word of variables such as `local_tokenEndpoint`.
fn oauth2(words: &[&str]) -> Option<Auth> {
    let (grant, prefix) = match words {
        [] => ("client_credentials", "oauth2"),
        [grant] => (*grant, "oauth2"),
        [grant, prefix, ..] => (*grant, *prefix),
    };
    let flow = match grant {
        "client_credentials" => Flow::ClientCredentials,
        "authorization_code" | "code" => Flow::AuthorizationCode,
        "implicit" => Flow::Implicit,
        "password" => Flow::ResourceOwnerPasswordCredentials,
        "device_code" => Flow::DeviceCode,
        _ => return None,
    };
    let variable = |name: &str| format!("{{{{{prefix}_{name}}}}}");
    let mut auth = OAuth2 {
        flow,
        access_token_url: variable("tokenEndpoint"),
        credentials: ClientCredentials {
            client_id: variable("clientId"),
            client_secret: variable("clientSecret"),
        },
        scope: variable("scope"),
        ..OAuth2::default()
    };
    if matches!(flow, Flow::AuthorizationCode | Flow::Implicit) {
        auth.authorization_url = variable("authorizationEndpoint");
    }
    if flow == Flow::ResourceOwnerPasswordCredentials {
        auth.resource_owner =
            ResourceOwner { username: variable("username"), password: variable("password") };
    }
    Some(Auth::OAuth2(Box::new(auth)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortcuts_are_signed_in_with() {
        let basic = |u: &str, p: &str| Some(Auth::Basic { username: u.into(), password: p.into() });
        assert_eq!(of("Basic doe 123"), basic("doe", "123"));
        assert_eq!(of("Basic {{ a:b }}:123"), basic("{{ a:b }}", "123"));
        assert_eq!(of("Basic ZG9lOjEyMw=="), basic("doe", "123"));
        assert_eq!(of("Basic {{token}}"), None);
        assert_eq!(of("Bearer {{ t }}"), Some(Auth::Bearer { token: "{{ t }}".into() }));
        assert!(
            matches!(of("AWS id key token:t region:r"), Some(Auth::AwsV4(aws)) if aws.region == "r" && aws.session_token == "t")
        );
        assert!(
            matches!(of("openid password local"), Some(Auth::OAuth2(o)) if o.resource_owner.username == "{{local_username}}")
        );
        assert_eq!(of("AWS4-HMAC-SHA256 Credential=x"), None);
    }
}
