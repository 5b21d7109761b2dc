//! Cookies in the file format of Netscape, curl and wget: one line each, fields between tabs.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::sync::{Arc, Mutex};

use errand_engine::{Cookie, Jar, SharedJar};
use jiff::Timestamp;

use crate::errors;
use crate::session::lock;
use crate::wire::WireError;

const HTTP_ONLY: &str = "#HttpOnly_";

/// An empty jar.
pub fn empty_jar() -> SharedJar {
    Arc::new(Mutex::new(Jar::new()))
}

/// The cookies of a file; none when there is no such file yet. Blocks.
pub fn read_cookies(path: &Path) -> Result<SharedJar, WireError> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(errors::file("read", path, &error)),
    };
    let mut cookies = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') && !line.starts_with(HTTP_ONLY) {
            continue;
        }
        let cookie = parse(line).ok_or_else(|| {
            WireError::new(
                "invalid-file",
                "This line is not a cookie: it needs seven fields between tabs.",
            )
            .hint("The file is in the format of curl's --cookie-jar.")
            .at(path.display().to_string(), u32::try_from(index + 1).ok(), Some(1))
        })?;
        cookies.push(cookie);
    }
    let jar = empty_jar();
    lock(&jar).load(cookies);
    Ok(jar)
}

fn parse(line: &str) -> Option<Cookie> {
    let (http_only, line) = line.strip_prefix(HTTP_ONLY).map_or((false, line), |rest| (true, rest));
    let mut fields = line.split('\t');
    let mut next = || fields.next();
    let (domain, subdomains, path, secure, expires, name) =
        (next()?, next()?, next()?, next()?, next()?, next()?);
    let value = next()?;
    let expires: i64 = expires.trim().parse().ok()?;
    let now = Timestamp::now().as_millisecond();
    Some(Cookie {
        name: name.to_owned(),
        value: value.to_owned(),
        domain: domain.trim_start_matches('.').to_ascii_lowercase(),
        host_only: !subdomains.eq_ignore_ascii_case("true"),
        path: path.to_owned(),
        secure: secure.eq_ignore_ascii_case("true"),
        http_only,
        same_site: None,
        expires: (expires > 0).then_some(expires),
        created: now,
        last_used: now,
    })
}

/// Writes the cookies of a jar, for this user's eyes only. Blocks.
pub fn write_cookies(jar: &SharedJar, path: &Path) -> Result<(), WireError> {
    let mut text = String::from("# Netscape HTTP Cookie File\n");
    for cookie in lock(jar).cookies() {
        let flag = |on: bool| if on { "TRUE" } else { "FALSE" };
        let _ = writeln!(
            text,
            "{}{}{}\t{}\t{}\t{}\t{}\t{}\t{}",
            if cookie.http_only { HTTP_ONLY } else { "" },
            if cookie.host_only { "" } else { "." },
            cookie.domain,
            flag(!cookie.host_only),
            cookie.path,
            flag(cookie.secure),
            cookie.expires.unwrap_or(0),
            cookie.name,
            cookie.value.replace(['\t', '\r', '\n'], " "),
        );
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|error| errors::file("write", path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_survive_the_file() -> Result<(), WireError> {
        let folder = tempfile::tempdir().map_err(|error| errors::io("make a folder", &error))?;
        let path = folder.path().join("cookies.txt");
        let none = read_cookies(&path)?;
        assert!(lock(&none).cookies().is_empty(), "no file is no cookies");
        let written = "# made by hand\n#HttpOnly_.example.com\tTRUE\t/\tTRUE\t4102444800\tsid\ta=b c\n127.0.0.1\tFALSE\t/x\tFALSE\t0\tflavour\toat\n";
        std::fs::write(&path, written).map_err(|error| errors::file("write", &path, &error))?;
        let jar = read_cookies(&path)?;
        write_cookies(&jar, &path)?;
        let again = read_cookies(&path)?;
        let plain = |jar: &SharedJar| -> Vec<_> {
            let mut all: Vec<_> = lock(jar)
                .cookies()
                .into_iter()
                .map(|c| (c.name, c.value, c.domain, c.host_only, c.http_only, c.secure))
                .collect();
            all.sort();
            all
        };
        assert_eq!(plain(&jar).len(), 2);
        assert_eq!(plain(&jar), plain(&again));
        std::fs::write(&path, "not a cookie\n")
            .map_err(|error| errors::file("write", &path, &error))?;
        let error = read_cookies(&path).err().and_then(|error| error.place);
        assert_eq!(error.and_then(|place| place.line), Some(1));
        Ok(())
    }
}
