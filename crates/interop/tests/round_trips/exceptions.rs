//! What does not come back equal, each with why.

/// A file, and what of it does not come back.
type Exceptions = &'static [(&'static str, &'static str)];

pub const BRUNO: Exceptions = &[];

pub const BRUNO_JSON: Exceptions = &[];

pub const HAR: Exceptions = &[];

const CHECKS: &str = "checks are httpyac's alone: to other editors their lines are the body";
const EXAMPLES: &str = "a response behind a request is the body to other editors";
const OAUTH: &str = "what OAuth 2 needs is in the environment, and has no words in a request";
const SECRETS: &str = "values of secrets are not exported";
const SEVERAL: &str = "secrets are named in a file beside it, and several files are folders";

pub const HTTP: Exceptions = &[
    (
        "bITdevKit.Examples.GettingStarted__http-client.env.json",
        "variables of all environments stand in a file of requests, and there is none",
    ),
    ("httpyac-A/api/httpbin.http", "marks of headings are those of comments"),
    ("httpyac-A/assert/assert.http", CHECKS),
    ("httpyac-A/assert/body.http", CHECKS),
    ("httpyac-A/assert/body_property.http", CHECKS),
    ("httpyac-A/assert/duration.http", CHECKS),
    ("httpyac-A/assert/header.http", CHECKS),
    ("httpyac-A/assert/status.http", CHECKS),
    ("httpyac-A/project/formats/odata.http", SEVERAL),
    ("httpyac-A/project/formats/xml.http", EXAMPLES),
    ("httpyac-A/project/http/requestAndResponse.http", EXAMPLES),
    ("httpyac-A/project/intellijEnvironments/http-client.private.env.json", SECRETS),
    ("httpyac-A/tests/fail/test.http", CHECKS),
    ("httpyac-A/tests/importTests/b.http", CHECKS),
    ("httpyac-A/variables/oauth2.http", OAUTH),
    ("httpyac-A/variables/oauth2/getOAuth2Response.http", OAUTH),
    ("httpyac-A/variables/oauth2/intellij/http-client.private.env.json", SECRETS),
    ("httpyac-A/variables/oauth2/oauth2_intercepRequest.http", OAUTH),
    ("httpyac-A/variables/oauth2/oauthSession.http", OAUTH),
    ("httpyac-A/variables/restClient.http", SEVERAL),
];
