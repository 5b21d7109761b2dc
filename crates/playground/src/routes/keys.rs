//! API keys and signed tokens of fixed, public values.

use std::time::{Duration, SystemTime};

use errand_jose::{Algorithm, Expected, Key, KeySet};
use serde_json::json;

use super::fields::refuse;
use crate::answer::{Outcome, Refusal, json_answer};
use crate::call::Call;

const KEY: &str = "playground";
const NAME: &str = "X-Api-Key";
const SECRET: &str = "a-playground-secret-of-32-letters";

/// The key in a header, the query or a cookie; `?name=` renames it, `/api-key/{place}` says where it must be.
pub(crate) fn api_key(call: &Call) -> Outcome {
    let name = call.param("name").unwrap_or(match call.text(1) {
        "" | "header" => NAME,
        _ => "api_key",
    });
    let cookies = call.cookies();
    let cookie = cookies.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let found = match call.text(1) {
        "" => [("header", call.header(NAME)), ("query", call.param("api_key")), ("cookie", cookie)]
            .into_iter()
            .find_map(|(place, value)| Some((place, value?))),
        "header" => call.header(name).map(|value| ("header", value)),
        "query" => call.param(name).map(|value| ("query", value)),
        "cookie" => cookie.map(|value| ("cookie", value)),
        _ => return Err(Refusal::not_found("The place is header, query or cookie.")),
    };
    match found {
        Some((place, KEY)) => {
            Ok(json_answer(&json!({ "authenticated": true, "place": place, "name": name })))
        }
        Some((place, _)) => {
            refuse("ApiKey realm=\"playground\"", &format!("The key in the {place} is not {KEY}."))
        }
        None => refuse(
            "ApiKey realm=\"playground\"",
            &format!("The key {name} is missing; it is {KEY}."),
        ),
    }
}

/// A bearer token that the client made itself: HS256, HS384 or HS512 with the demo secret.
pub(crate) fn jwt(call: &Call) -> Outcome {
    const CHALLENGE: &str = "Bearer realm=\"playground\", error=\"invalid_token\"";
    let given = call.header("authorization").and_then(|value| value.split_once(' '));
    let token = given.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("Bearer"));
    let Some((_, token)) = token else {
        return refuse(
            "Bearer realm=\"playground\"",
            &format!("A JWT signed with {SECRET} is missing."),
        );
    };
    let allowed = [Algorithm::Hs256, Algorithm::Hs384, Algorithm::Hs512];
    let verified = Key::from_secret(SECRET.as_bytes())
        .and_then(|key| errand_jose::verify(token.trim(), &KeySet::new([key]), &allowed))
        .and_then(|token| {
            let expected = Expected {
                now: SystemTime::now(),
                leeway: Duration::from_secs(5),
                issuer: call.param("iss"),
                audience: call.param("aud"),
                needs_expiry: false,
            };
            errand_jose::check(&token.claims, &expected).map(|()| token)
        });
    match verified {
        Ok(token) => Ok(json_answer(
            &json!({ "authenticated": true, "header": token.header, "claims": token.claims }),
        )),
        Err(error) => refuse(CHALLENGE, &error.to_string()),
    }
}
