//! Every route, the methods it takes, and a line on what it is for. The index page is made of it.

/// One route.
pub(crate) struct Entry {
    /// `{name}` stands for one segment, `{name…}` for any number of them.
    pub(crate) pattern: &'static str,
    /// Empty means every method, unknown ones too.
    pub(crate) methods: &'static [&'static str],
    /// A path that works as it is.
    pub(crate) example: &'static str,
    pub(crate) about: &'static str,
}

const ANY: &[&str] = &[];
const GET: &[&str] = &["GET", "HEAD"];

const fn entry(
    pattern: &'static str,
    methods: &'static [&'static str],
    example: &'static str,
    about: &'static str,
) -> Entry {
    Entry { pattern, methods, example, about }
}

/// In the order they are listed.
#[rustfmt::skip]
pub(crate) const ENTRIES: &[Entry] = &[
    entry("/", GET, "/", "This list; JSON when Accept asks for it."),
    entry("/anything", ANY, "/anything", "Echoes method, URL, headers and body of any request."),
    entry("/anything/{rest…}", ANY, "/anything/orders/7?expand=lines", "The same, at any path."),
    entry("/get", GET, "/get?name=value", "Echoes a GET."),
    entry("/post", &["POST"], "/post", "Echoes a POST."),
    entry("/put", &["PUT"], "/put", "Echoes a PUT."),
    entry("/patch", &["PATCH"], "/patch", "Echoes a PATCH."),
    entry("/delete", &["DELETE"], "/delete", "Echoes a DELETE."),
    entry("/headers", GET, "/headers", "The headers as they were sent."),
    entry("/ip", GET, "/ip", "The address the request came from."),
    entry("/status/{code}", ANY, "/status/429", "That status, 200 to 999; Retry-After with 429 and 503 (?retry-after=seconds)."),
    entry("/redirect/{n}", ANY, "/redirect/3", "Redirects n times, then answers (?absolute=1, ?status=307)."),
    entry("/relative-redirect/{n}", ANY, "/relative-redirect/2", "The same with relative Locations."),
    entry("/absolute-redirect/{n}", ANY, "/absolute-redirect/2", "The same with absolute Locations."),
    entry("/redirect-to", ANY, "/redirect-to?url=/get&status=307", "Redirects to ?url= with ?status=."),
    entry("/redirect-elsewhere", ANY, "/redirect-elsewhere?to=/anything&status=307", "Redirects to ?to= here by another name, localhost or 127.0.0.1: shows what travels to another origin."),
    entry("/cookies", GET, "/cookies", "The cookies that were sent."),
    entry("/cookies/set", GET, "/cookies/set?flavour=oat", "Sets a cookie for each query pair, then redirects to /cookies."),
    entry("/cookies/set/{name}/{value}", GET, "/cookies/set/flavour/oat", "Sets one cookie."),
    entry("/cookies/delete", GET, "/cookies/delete?flavour", "Expires the cookies named in the query."),
    entry("/basic-auth/{user}/{password}", ANY, "/basic-auth/ada/engine", "Asks for these Basic credentials."),
    entry("/bearer", ANY, "/bearer", "Asks for a bearer token (?token= for a certain one)."),
    entry("/digest-auth/{qop}/{user}/{password}", ANY, "/digest-auth/auth/ada/engine", "Asks for these Digest credentials; the qop is auth, auth-int, both with a comma, or none (?stale=1 refuses the first nonce, ?userhash=1)."),
    entry("/digest-auth/{qop}/{user}/{password}/{algorithm}", ANY, "/digest-auth/auth-int/ada/engine/SHA-256-sess", "The same with MD5, SHA-256 or SHA-512-256, also with -sess."),
    entry("/api-key", ANY, "/api-key", "Asks for the key playground: X-Api-Key in a header, or api_key in the query."),
    entry("/api-key/{place}", ANY, "/api-key/cookie", "The same in a header, the query or a cookie (?name=)."),
    entry("/jwt", ANY, "/jwt", "Asks for a JWT signed by HS256 with a-playground-secret-of-32-letters (?iss=, ?aud=)."),
    entry("/hawk", ANY, "/hawk", "Asks for Hawk: the id playground, the key playground-key, sha256."),
    entry("/oauth1", ANY, "/oauth1", "Asks for OAuth 1.0a: the consumer playground with playground-key; the token, if any, playground-token with playground-token-secret."),
    entry("/aws", ANY, "/aws", "Asks for AWS Signature V4 by the example key of AWS's documentation, for any service and region."),
    entry("/wsse", ANY, "/wsse", "Asks for WSSE: the user playground, the password playground-key."),
    entry("/gzip", ANY, "/gzip", "An echo compressed with gzip."),
    entry("/deflate", ANY, "/deflate", "An echo compressed with deflate (zlib)."),
    entry("/br", ANY, "/br", "An echo compressed with Brotli."),
    entry("/zstd", ANY, "/zstd", "An echo compressed with Zstandard."),
    entry("/delay/{seconds}", ANY, "/delay/0.2", "An echo after a wait of up to 30 seconds."),
    entry("/drip", GET, "/drip?duration=0.3&numbytes=6&delay=0&code=200", "Bytes one by one over a time."),
    entry("/stream/{n}", GET, "/stream/5", "Lines of JSON, up to 100,000 (?interval=seconds)."),
    entry("/sse", GET, "/sse?count=3&interval=0.1", "Server-sent events."),
    entry("/bytes/{size}", GET, "/bytes/1kb?seed=7", "That many bytes, up to 20gb, the same for the same seed."),
    entry("/range/{size}", GET, "/range/1kb", "The same bytes with Range, If-Range and ETag."),
    entry("/json/{size}", GET, "/json/10kb?pretty=1", "A JSON array of orders of about that size, up to 20gb (?seed=)."),
    entry("/cache", GET, "/cache", "304 to a conditional request."),
    entry("/cache/{seconds}", GET, "/cache/60", "Cacheable for that long."),
    entry("/etag/{tag}", GET, "/etag/v1", "Honours If-None-Match and If-Match for that tag."),
    entry("/response-headers", GET, "/response-headers?X-Tea=oolong", "Answers with the headers in the query."),
    entry("/xml", GET, "/xml", "An XML document."),
    entry("/html", GET, "/html", "An HTML page."),
    entry("/csv", GET, "/csv?rows=5", "A table, up to 1,000,000 rows."),
    entry("/image/{format}", GET, "/image/png", "A picture: png, jpeg, svg or webp."),
    entry("/encoding/{name}", GET, "/encoding/utf8", "Text in utf8, latin1, utf16le or utf16be."),
    entry("/robots.txt", GET, "/robots.txt", "What robots may fetch."),
    entry("/pages", GET, "/pages?page=2&per_page=10", "100 items by page number, with a Link header."),
    entry("/cursor", GET, "/cursor?limit=10", "The same items by cursor: send `next` back as ?after=."),
    entry("/offset", GET, "/offset?offset=20&limit=10", "The same items by offset and limit."),
    entry("/rate-limit", ANY, "/rate-limit?key=demo", "Five requests in ten seconds for each ?key= or X-Api-Key, then 429."),
    entry("/orders", &["GET", "HEAD", "POST"], "/orders", "A small order book: list, or create with POST."),
    entry("/orders/{id}", &["GET", "HEAD", "PUT", "PATCH", "DELETE"], "/orders/1", "One order: read, replace, merge, remove."),
    entry("/oauth/.well-known/openid-configuration", GET, "/oauth/.well-known/openid-configuration", "An OAuth 2.0 and OpenID provider: what it can. Clients: errand with the secret playground, errand-public without one."),
    entry("/.well-known/oauth-authorization-server/oauth", GET, "/.well-known/oauth-authorization-server/oauth", "The same where RFC 8414 looks for it."),
    entry("/oauth/authorize", &["GET", "HEAD", "POST"], "/oauth/authorize?client_id=errand&response_type=code&redirect_uri=http://127.0.0.1/callback&scope=openid+read&state=demo", "Asks a person to agree (?approve=1 agrees at once); redirects with a code or a token."),
    entry("/oauth/token", &["POST"], "/oauth/token", "Tokens for a code, a refresh token, client credentials, a password (ada, engine), a device code or another token; takes DPoP (expires_in=seconds, refresh=fail)."),
    entry("/oauth/par", &["POST"], "/oauth/par", "Takes an authorization request ahead of the browser."),
    entry("/oauth/device_authorization", &["POST"], "/oauth/device_authorization", "A code for a device without a browser (approve=1 agrees at once)."),
    entry("/oauth/device", &["GET", "HEAD", "POST"], "/oauth/device", "Where a person enters that code."),
    entry("/oauth/introspect", &["POST"], "/oauth/introspect", "Says what a token is worth."),
    entry("/oauth/revoke", &["POST"], "/oauth/revoke", "Ends a token."),
    entry("/oauth/jwks", GET, "/oauth/jwks", "The key that tokens are signed with."),
    entry("/oauth/userinfo", &["GET", "HEAD", "POST"], "/oauth/userinfo", "Who the token's person is; wants the scope openid."),
    entry("/oauth/resource", ANY, "/oauth/resource", "Wants an access token with the scope read, or ?scope=."),
    entry("/hostile/{kind}", GET, "/hostile/many-headers", "Broken on purpose: truncated, bad-chunk, slow-headers, bad-gzip, many-headers, redirect-loop, long-header, bare-lf, both-lengths, no-answer, reset, garbage."),
];

/// The entry for a path.
pub(crate) fn find(path: &[String]) -> Option<&'static Entry> {
    ENTRIES.iter().find(|entry| fits(entry.pattern, path))
}

fn fits(pattern: &str, path: &[String]) -> bool {
    let mut path = path.iter();
    let mut wanted = pattern.split('/').filter(|part| !part.is_empty());
    loop {
        match (wanted.next(), path.next()) {
            (None, None) => return true,
            (Some(part), _) if part.ends_with("…}") => return true,
            (Some(part), Some(segment)) if part.starts_with('{') || part == segment => {}
            _ => return false,
        }
    }
}
