//! curl's options by name: which take a value, and which only concern how curl itself shows or stores things.

/// Long options that take a value.
#[rustfmt::skip]
const WITH_VALUE: &[&str] = &[
    "abstract-unix-socket", "alt-svc", "aws-sigv4", "cacert", "capath", "cert", "cert-type", "ciphers", "config",
    "connect-timeout", "connect-to", "continue-at", "cookie", "cookie-jar", "create-file-mode", "crlfile",
    "curves", "data", "data-ascii", "data-binary", "data-raw", "data-urlencode", "delegation", "dns-interface",
    "dns-ipv4-addr", "dns-ipv6-addr", "dns-servers", "doh-url", "dump-header", "egd-file", "engine",
    "etag-compare", "etag-save", "expand-url", "expect100-timeout", "form", "form-string", "ftp-account",
    "ftp-alternative-to-user", "ftp-method", "ftp-port", "ftp-ssl-ccc-mode", "happy-eyeballs-timeout-ms",
    "header", "help", "hostpubmd5", "hostpubsha256", "hsts", "interface", "json", "keepalive-time", "key",
    "key-type", "krb", "libcurl", "limit-rate", "local-port", "login-options", "mail-auth", "mail-from",
    "mail-rcpt", "max-filesize", "max-redirs", "max-time", "netrc-file", "noproxy", "oauth2-bearer", "output",
    "output-dir", "parallel-max", "pass", "pinnedpubkey", "preproxy", "proto", "proto-default", "proto-redir",
    "proxy", "proxy-cacert", "proxy-capath", "proxy-cert", "proxy-cert-type", "proxy-ciphers", "proxy-crlfile",
    "proxy-header", "proxy-key", "proxy-key-type", "proxy-pass", "proxy-pinnedpubkey", "proxy-service-name",
    "proxy-tls13-ciphers", "proxy-tlsauthtype", "proxy-tlspassword", "proxy-tlsuser", "proxy-user", "proxy1.0",
    "pubkey", "quote", "random-file", "range", "rate", "referer", "request", "request-target", "resolve", "retry",
    "retry-delay", "retry-max-time", "sasl-authzid", "service-name", "socks4", "socks4a", "socks5",
    "socks5-gssapi-service", "socks5-hostname", "speed-limit", "speed-time", "stderr", "telnet-option",
    "tftp-blksize", "time-cond", "tls-max", "tls13-ciphers", "tlsauthtype", "tlspassword", "tlsuser", "trace",
    "trace-ascii", "unix-socket", "upload-file", "url", "url-query", "user", "user-agent", "variable",
    "write-out",
];

/// Long options that do not; each may also be written with `no-` in front.
#[rustfmt::skip]
const FLAGS: &[&str] = &[
    "alpn", "anyauth", "append", "basic", "buffer", "ca-native", "cert-status", "clobber", "compressed",
    "compressed-ssh", "create-dirs", "crlf", "digest", "disable", "disable-eprt", "disable-epsv",
    "disallow-username-in-url", "doh-cert-status", "doh-insecure", "fail", "fail-early", "fail-with-body",
    "false-start", "form-escape", "ftp-create-dirs", "ftp-pasv", "ftp-pret", "ftp-skip-pasv-ip", "ftp-ssl-ccc",
    "ftp-ssl-control", "get", "globoff", "haproxy-protocol", "head", "http0.9", "http1.0", "http1.1", "http2",
    "http2-prior-knowledge", "http3", "http3-only", "ignore-content-length", "include", "insecure", "ipv4",
    "ipv6", "junk-session-cookies", "keepalive", "list-only", "location", "location-trusted",
    "mail-rcpt-allowfails", "manual", "metalink", "negotiate", "netrc", "netrc-optional", "next", "npn", "ntlm",
    "ntlm-wb", "parallel", "parallel-immediate", "path-as-is", "post301", "post302", "post303", "progress-bar",
    "progress-meter", "proxy-anyauth", "proxy-basic", "proxy-digest", "proxy-insecure", "proxy-negotiate",
    "proxy-ntlm", "proxy-ssl-allow-beast", "proxy-ssl-auto-client-cert", "proxy-tlsv1", "proxytunnel", "raw",
    "remote-header-name", "remote-name", "remote-name-all", "remote-time", "remove-on-error", "retry-all-errors",
    "retry-connrefused", "sasl-ir", "sessionid", "show-error", "silent", "socks5-basic", "socks5-gssapi",
    "socks5-gssapi-nec", "ssl", "ssl-allow-beast", "ssl-auto-client-cert", "ssl-no-revoke", "ssl-reqd",
    "ssl-revoke-best-effort", "sslv2", "sslv3", "styled-output", "suppress-connect-headers", "tcp-fastopen",
    "tcp-nodelay", "tftp-no-options", "tlsv1", "tlsv1.0", "tlsv1.1", "tlsv1.2", "tlsv1.3", "tr-encoding",
    "trace-time", "use-ascii", "verbose", "version", "xattr",
];

/// One-letter options.
#[rustfmt::skip]
const SHORT: &[(char, &str)] = &[
    ('#', "progress-bar"), ('0', "http1.0"), ('1', "tlsv1"), ('2', "sslv2"), ('3', "sslv3"), ('4', "ipv4"),
    ('6', "ipv6"), (':', "next"), ('A', "user-agent"), ('B', "use-ascii"), ('C', "continue-at"),
    ('D', "dump-header"), ('E', "cert"), ('F', "form"), ('G', "get"), ('H', "header"), ('I', "head"),
    ('J', "remote-header-name"), ('K', "config"), ('L', "location"), ('M', "manual"), ('N', "buffer"),
    ('O', "remote-name"), ('P', "ftp-port"), ('Q', "quote"), ('R', "remote-time"), ('S', "show-error"),
    ('T', "upload-file"), ('U', "proxy-user"), ('V', "version"), ('X', "request"), ('Y', "speed-limit"),
    ('Z', "parallel"), ('a', "append"), ('b', "cookie"), ('c', "cookie-jar"), ('d', "data"), ('e', "referer"),
    ('f', "fail"), ('g', "globoff"), ('h', "help"), ('i', "include"), ('j', "junk-session-cookies"),
    ('k', "insecure"), ('l', "list-only"), ('m', "max-time"), ('n', "netrc"), ('o', "output"),
    ('p', "proxytunnel"), ('q', "disable"), ('r', "range"), ('s', "silent"), ('t', "telnet-option"),
    ('u', "user"), ('v', "verbose"), ('w', "write-out"), ('x', "proxy"), ('y', "speed-time"), ('z', "time-cond"),
];

/// Options that change what curl prints or writes, not what it sends.
#[rustfmt::skip]
const OUTPUT_ONLY: &[&str] = &[
    "create-dirs", "create-file-mode", "dump-header", "fail", "fail-early", "fail-with-body", "include", "output",
    "output-dir", "progress-bar", "buffer", "clobber", "progress-meter", "remote-header-name", "remote-name",
    "remote-name-all", "remote-time", "remove-on-error", "show-error", "silent", "stderr", "styled-output", "trace",
    "trace-ascii", "trace-time", "verbose", "write-out", "xattr", "parallel", "parallel-max", "parallel-immediate",
    "globoff", "disable", "cookie-jar", "suppress-connect-headers", "basic",
];

/// What an option is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    /// Its full long name.
    pub name: &'static str,
    /// Whether a value follows.
    pub takes_value: bool,
}

impl Known {
    /// Whether it only concerns curl's own output.
    pub fn output_only(self) -> bool {
        OUTPUT_ONLY.contains(&self.name)
    }
}

/// The option with a long name or a beginning of one that fits no other, as curl takes them.
pub(super) fn long(name: &str) -> Option<Known> {
    let exact = |list: &'static [&'static str]| list.iter().find(|known| **known == name);
    if let Some(name) = exact(WITH_VALUE) {
        return Some(Known { name, takes_value: true });
    }
    if let Some(name) = exact(FLAGS) {
        return Some(Known { name, takes_value: false });
    }
    let begins =
        |list: &'static [&'static str]| list.iter().filter(|known| known.starts_with(name));
    let all =
        begins(WITH_VALUE).map(|name| (name, true)).chain(begins(FLAGS).map(|name| (name, false)));
    let mut fitting = all.collect::<Vec<_>>();
    // Of the beginnings that fit several, curl takes the request option for `--req` and so on by table order;
    // only unambiguous ones are taken here.
    (fitting.len() == 1)
        .then(|| fitting.remove(0))
        .map(|(name, takes_value)| Known { name, takes_value })
}

/// The option with a one-letter name.
pub(super) fn short(letter: char) -> Option<Known> {
    SHORT.iter().find(|(known, _)| *known == letter).and_then(|(_, name)| long(name))
}

/// Why an option has no place in a request.
pub(super) fn reason(name: &str) -> &'static str {
    match name {
        "proxy" | "proxy-user" | "preproxy" | "noproxy" | "socks5" | "socks5-hostname"
        | "socks4" | "socks4a" => "proxies are set for the whole app, not for one request",
        "connect-timeout" => {
            "only the time of the whole exchange is kept with a request (--max-time)"
        }
        "cert" | "key" | "cert-type" | "key-type" | "pass" => {
            "client certificates are not kept with a request"
        }
        "cacert" | "capath" | "pinnedpubkey" | "crlfile" => {
            "authorities to trust are not kept with a request"
        }
        "config" => "files of options are not read",
        "resolve" | "connect-to" | "interface" | "unix-socket" => {
            "where to connect is not kept with a request"
        }
        _ => "there is no setting for it",
    }
}
