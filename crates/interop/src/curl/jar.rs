//! Cookie files as curl keeps them: a line for each, of seven fields with tabs between, as Netscape had it.

use url::Url;

/// The `Cookie` header that a file's cookies make for a URL; none when none is for it. Their ends of life are not looked
/// at, since what is imported is sent at another time.
pub(super) fn cookies(file: &str, url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let host = url.host_str()?;
    let mut pairs = Vec::new();
    for line in file.lines() {
        let line = line.strip_prefix("#HttpOnly_").unwrap_or(line);
        let fields: Vec<&str> = line.split('\t').collect();
        let [domain, below, path, secure, _, name, value] = fields.as_slice() else { continue };
        if line.starts_with('#') || *secure == "TRUE" && url.scheme() != "https" {
            continue;
        }
        let domain = domain.trim_start_matches('.');
        let inside = host.len() > domain.len()
            && host.ends_with(domain)
            && host[..host.len() - domain.len()].ends_with('.');
        let for_host = host.eq_ignore_ascii_case(domain) || *below == "TRUE" && inside;
        if for_host && url.path().starts_with(path) {
            pairs.push(format!("{name}={value}"));
        }
    }
    (!pairs.is_empty()).then(|| pairs.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_of_the_host_and_path() {
        let file = "# Netscape HTTP Cookie File\n\nx.test\tFALSE\t/\tFALSE\t0\ta\t1\n\
                    .test\tTRUE\t/in\tFALSE\t1\tb\t2\n#HttpOnly_x.test\tFALSE\t/\tFALSE\t0\tc\t3\n\
                    x.test\tFALSE\t/\tTRUE\t0\td\t4\ny.test\tFALSE\t/\tFALSE\t0\te\t5\n";
        assert_eq!(cookies(file, "http://x.test/in/x").as_deref(), Some("a=1; b=2; c=3"));
        assert_eq!(cookies(file, "https://x.test/").as_deref(), Some("a=1; c=3; d=4"));
        assert_eq!(cookies(file, "http://z.example/"), None);
    }
}
