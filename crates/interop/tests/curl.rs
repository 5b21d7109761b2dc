//! curl commands, one rule at a time.

use errand_interop::{Outcome, Receipt, curl};
use errand_model::{Auth, Body, PartKind, RawLanguage, Request};

fn read(text: &str) -> (Request, Receipt) {
    curl::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn headers(request: &Request) -> Vec<String> {
    request
        .headers
        .iter()
        .filter(|h| h.enabled)
        .map(|h| format!("{}: {}", h.name, h.value))
        .collect()
}

fn raw(request: &Request) -> &str {
    match &request.body {
        Body::Raw { text, .. } => text,
        other => panic!("{other:?}"),
    }
}

fn fields(request: &Request) -> Vec<(&str, &str)> {
    match &request.body {
        Body::FormUrlEncoded { rows } => {
            rows.iter().map(|r| (r.name.as_str(), r.value.as_str())).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn quotes_and_line_ends_of_a_shell() {
    let (request, _) = read(
        "TOKEN=x \\\n curl -X POST \\\r\n  'https://x/a?b=1&c' -H \"A: say \\\"hi\\\" \\$5\" --data-raw $'a\\nb\\'c\\u00e9\\x21' # end",
    );
    assert_eq!((request.method.as_str(), request.url.as_str()), ("POST", "https://x/a?b=1&c"));
    assert_eq!(
        headers(&request),
        ["A: say \"hi\" $5", "Content-Type: application/x-www-form-urlencoded"]
    );
    assert_eq!(raw(&request), "a\nb'cé!");
    let params: Vec<_> =
        request.params.iter().map(|p| (p.name.as_str(), p.value.as_str())).collect();
    assert_eq!(params, [("b", "1"), ("c", "")]);
}

#[test]
fn shell_variables_become_variables_and_commands_are_not_run() {
    let (request, receipt) = read("curl https://x/$ID/${name} -H \"T: $(date)\" -H 'P: $ID'");
    assert_eq!(request.url, "https://x/{{ID}}/{{name}}");
    assert_eq!(headers(&request), ["T: $(date)", "P: $ID"]);
    assert_eq!(receipt.count(Outcome::Converted), 2);
    assert!(receipt.lines.iter().any(|l| l.item == "$(…)" && l.outcome == Outcome::NotCarried));
}

#[test]
fn what_browsers_copy_for_cmd() {
    let text = "curl ^\"https://x/a?b=^%^201^&c=2^\" ^\r\n  -H ^\"accept: */*^\" ^\r\n  -H ^\"sec-ch-ua: ^\\^\"A^\\^\";v=^\\^\"8^\\^\"^\" ^\r\n  --data-raw ^\"^{^\\^\"k^\\^\":^\\^\"v^\\^\"^}^\"";
    let (request, _) = read(text);
    assert_eq!((request.method.as_str(), request.url.as_str()), ("POST", "https://x/a?b=%201&c=2"));
    assert_eq!(headers(&request)[..2], ["accept: */*", "sec-ch-ua: \"A\";v=\"8\""]);
    assert_eq!(raw(&request), "{\"k\":\"v\"}");
    let (older, _) = read("curl \"https://x/^\" ^\n  -H \"a: b\" ^\n  --compressed");
    assert_eq!((older.url.as_str(), headers(&older)), ("https://x/^", vec!["a: b".to_owned()]));
}

#[test]
fn what_is_written_for_powershell() {
    let text =
        "curl.exe 'https://x/it''s' `\r\n  -H \"a: `\"q`\"\" `\r\n  --data-raw '{\\\"k\\\":1}'";
    let (request, _) = read(text);
    assert_eq!(request.url, "https://x/it's");
    assert_eq!(headers(&request)[0], "a: \"q\"");
    assert_eq!(raw(&request), "{\"k\":1}");
}

#[test]
fn data_options() {
    let (request, _) = read(
        "curl https://x -d a=1 -d 'b=two+words' --data-urlencode 'c=x & y' --data-urlencode '=z'",
    );
    assert_eq!((request.method.as_str(), raw(&request)), ("POST", "a=1&b=two+words&c=x+%26+y&z"));
    let (rows, _) = read("curl https://x -d a=1 -d 'b=two+words' --data-urlencode 'c=x & {{y}}'");
    assert_eq!(fields(&rows), [("a", "1"), ("b", "two words"), ("c", "x & {{y}}")]);
    let (get, _) = read("curl -G 'https://x/?q#f' -d a=1 --data-urlencode 'b=c d'");
    assert_eq!(
        (get.method.as_str(), get.url.as_str(), &get.body),
        ("GET", "https://x/?q&a=1&b=c+d#f", &Body::None)
    );
    let (json, _) = read("curl https://x --json '{\"a\":' --json '1}' -H 'accept: x'");
    assert_eq!(raw(&json), "{\"a\":1}");
    assert_eq!(headers(&json), ["accept: x", "Content-Type: application/json"]);
    assert!(matches!(json.body, Body::Raw { language: RawLanguage::Json, .. }));
    let (file, _) = read("curl https://x --data-binary @a/b.bin");
    assert!(
        matches!(&file.body, Body::File { files } if files[0].path == "a/b.bin" && files[0].selected)
    );
    let (put, _) = read("curl -T up.txt https://x/");
    assert!(
        put.method == "PUT"
            && matches!(&put.body, Body::File { files } if files[0].path == "up.txt")
    );
}

#[test]
fn parts_of_a_form() {
    let (request, receipt) = read(
        "curl https://x -F 'a=1;type=text/x' -F 'f=@\"p;q.png\";type=image/png;filename=n.png' --form-string 'l=@;type=z' -F 'q=\"a;b\\\"c\"' -F 'd=<note.txt'",
    );
    let Body::Multipart { rows } = &request.body else { panic!("{:?}", request.body) };
    let shown: Vec<_> =
        rows.iter().map(|r| (r.name.as_str(), r.value.as_str(), r.content_type.as_str())).collect();
    assert_eq!(
        shown,
        [
            ("a", "1", "text/x"),
            ("f", "", "image/png"),
            ("l", "@;type=z", ""),
            ("q", "a;b\"c", ""),
            ("d", "", "")
        ]
    );
    assert!(rows[1].kind == PartKind::File && rows[1].files == ["p;q.png"]);
    assert_eq!(receipt.count(Outcome::NotCarried), 2);
}

#[test]
fn settings_and_signing_in() {
    let (request, receipt) = read(
        "curl -sSkL --max-redirs 3 -m1.5 --connect-timeout 2 --http1.1 -u 'me:p:w' -A agent -e 'http://r;auto' -b 'c=d' -x p:1 --compressed -o out -w '%{x}' https://x",
    );
    let s = &request.settings;
    assert_eq!(
        (s.verify_tls, s.follow_redirects, s.max_redirects),
        (Some(false), Some(true), Some(3))
    );
    assert_eq!((s.timeout_ms, s.http_version.as_deref()), (Some(1500), Some("1.1")));
    assert_eq!(request.auth, Auth::Basic { username: "me".into(), password: "p:w".into() });
    assert_eq!(headers(&request), ["User-Agent: agent", "Referer: http://r", "Cookie: c=d"]);
    let dropped: Vec<_> = receipt
        .lines
        .iter()
        .filter(|l| l.outcome == Outcome::NotCarried)
        .map(|l| l.item.as_str())
        .collect();
    assert_eq!(dropped, ["-s", "-S", "--connect-timeout", "-e ;auto", "-x", "-o", "-w"]);
    let printed = format!("{receipt:?}");
    assert!(!printed.contains("p:w"), "a receipt holds no passwords: {printed}");
}

#[test]
fn headers_without_values() {
    let (request, receipt) =
        read("curl https://x -H 'Empty;' -H 'Accept:' -H 'X:  y ' -A one -H 'user-agent: two'");
    assert_eq!(headers(&request), ["Empty: ", "X: y", "user-agent: two"]);
    assert!(request.headers.iter().any(|h| h.name == "Accept" && !h.enabled));
    assert_eq!(receipt.count(Outcome::Converted), 1);
}

#[test]
fn methods() {
    for (text, method) in [
        ("curl x", "GET"),
        ("curl -I x", "HEAD"),
        ("curl x -d a", "POST"),
        ("curl x -F a=b", "POST"),
        ("curl x -T f", "PUT"),
        ("curl -XwHat x -d a", "wHat"),
        ("curl x -G -d a", "GET"),
        ("/usr/bin/curl --request PATCH x", "PATCH"),
        ("$ curl x", "GET"),
    ] {
        assert_eq!(read(text).0.method, method, "{text}");
    }
}

#[test]
fn errors_say_where() {
    let at = |text: &str| curl::parse(text).map(|_| ()).map_err(|error| (error.at(), error));
    assert_eq!(at("wget x"), Err((0, curl::Error::NotCurl)));
    assert_eq!(at(""), Err((0, curl::Error::NotCurl)));
    assert_eq!(at("curl 'https://x"), Err((5, curl::Error::UnclosedQuote { quote: '\'', at: 5 })));
    assert_eq!(
        at("curl x --nope"),
        Err((7, curl::Error::UnknownOption { option: "--nope".into(), at: 7 }))
    );
    assert_eq!(at("curl x -H"), Err((7, curl::Error::MissingValue { option: "-H".into(), at: 7 })));
    assert_eq!(at("curl -d a"), Err((0, curl::Error::NoUrl { at: 0 })));
    assert!(matches!(at("curl x -m soon"), Err((7, curl::Error::BadValue { .. }))));
    assert!(matches!(at("curl x -m 1e400"), Err((7, curl::Error::BadValue { .. }))));
}

#[test]
fn a_text_that_is_a_curl_command_is_recognised() {
    for yes in ["curl x", "  curl 'x'", "$ curl x", "curl.exe x", "curl ^\n x"] {
        assert!(curl::is_curl(yes), "{yes}");
    }
    for no in ["curl", "https://curl.se", "curly x", "", "curl.se/x y"] {
        assert!(!curl::is_curl(no), "{no}");
    }
}

#[test]
fn writing_keeps_variables_and_quotes() {
    let (mut request, _) = read(
        "curl 'https://{{host}}/a b' -H \"X: it's {{v}}\" -d '{\"a\":1}' -H 'Content-Type: application/json' -u '{{me}}:{{pw}}'",
    );
    let written = curl::write(&request);
    assert!(
        written.contains("'https://{{host}}/a b'") && written.contains("'X: it'\\''s {{v}}'"),
        "{written}"
    );
    let (again, _) = read(&written);
    request.name.clone_from(&again.name);
    assert_eq!(again, request);
}

#[test]
fn what_browsers_copy_for_bash() {
    // Chrome and Edge; Firefox has the same quotes.
    let (request, _) = read(
        "curl 'https://shop.test/api?x=1' \\\n  -H 'accept: */*' \\\n  -H 'accept-language: de-DE,de;q=0.9' \\\n  -b 'a=1; b=\"2\"' \\\n  -H 'sec-ch-ua: \"Chromium\";v=\"142\"' \\\n  -H $'x-note: it\\'s \\u00e9\\u0021' \\\n  --data-raw $'{\"a\":\"it\\'s\\\\n\\u0021\",\"b\":\"$HOME `x`\"}' \\\n  --compressed \\\n  --insecure",
    );
    assert_eq!((request.method.as_str(), request.params.len()), ("POST", 1));
    assert_eq!(
        headers(&request)[..5],
        [
            "accept: */*",
            "accept-language: de-DE,de;q=0.9",
            "Cookie: a=1; b=\"2\"",
            "sec-ch-ua: \"Chromium\";v=\"142\"",
            "x-note: it's é!"
        ]
    );
    assert_eq!(raw(&request), r#"{"a":"it's\n!","b":"$HOME `x`"}"#);
    assert_eq!(request.settings.verify_tls, Some(false));
}

#[test]
fn what_browsers_copy_for_cmd_with_line_breaks_and_percent_signs() {
    // Chrome, Edge and Firefox now: carets before everything, two line breaks for one.
    let text = "curl --request POST ^\"https://shop.test/a%^20b?c=100^%^25^\" ^\r\n  -H ^\"x-back: a^\\^\\^\\^\\b^\" ^\r\n  -b ^\"a=1; b=^\\^\"2^\\^\"^\" ^\r\n  --data-raw ^\"one^\r\n\r\ntwo ^$^{x^} 5^% ^^ ^!^&^|^<^>^\" ^\r\n  --next-line-is-not";
    let (request, _) = read(text.trim_end_matches(" ^\r\n  --next-line-is-not"));
    assert_eq!(request.url, "https://shop.test/a%20b?c=100%25");
    assert_eq!(headers(&request)[..2], ["x-back: a\\\\\\\\b", "Cookie: a=1; b=\"2\""]);
    assert_eq!(raw(&request), "one\ntwo ${x} 5% ^ !&|<>");
    // Firefox before: quotes doubled, percent signs and line breaks outside of quotes.
    let text = "curl \"https://shop.test/x\" ^\r\n -H \"a: say \"\"hi\"\"\" ^\r\n --data-binary \"1\"^\r\n\r\n\"2 \"%\"41\"";
    let (request, _) = read(text);
    assert_eq!(headers(&request)[0], "a: say \"hi\"");
    assert_eq!(raw(&request), "1\n2 %41");
    // What only looks like it is for a shell.
    let (request, _) = read("curl https://x -d '{\"re\":\"^\"}'");
    assert_eq!(raw(&request), "{\"re\":\"^\"}");
}

#[test]
fn what_browsers_copy_for_powershell() {
    let text = "$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\r\n$session.UserAgent = \"Mozilla/5.0 (X11; Linux x86_64)\"\r\n$session.Cookies.Add((New-Object System.Net.Cookie(\"sid\", \"a`$b=\", \"/\", \"shop.test\")))\r\n$session.Cookies.Add((New-Object System.Net.Cookie(\"lang\", \"de\", \"/\", \"shop.test\")))\r\nInvoke-WebRequest -UseBasicParsing -Uri \"https://shop.test/api?q=`$x\" `\r\n-Method \"POST\" `\r\n-WebSession $session `\r\n-Headers @{\r\n\"authority\"=\"shop.test\"\r\n  \"accept\"=\"*/*\"\r\n  \"sec-ch-ua\"=\"`\"Chromium`\";v=`\"142`\"\"\r\n} `\r\n-ContentType \"application/json\" `\r\n-Body ([System.Text.Encoding]::UTF8.GetBytes(\"{`\"name`\":`\"$([char]233)$([char]55357)$([char]56832)`\",`\"l`\":`\"a``b`\"}\"))";
    assert!(curl::is_curl(text));
    let (request, _) = read(text);
    assert_eq!(
        (request.method.as_str(), request.url.as_str()),
        ("POST", "https://shop.test/api?q=$x")
    );
    assert_eq!(
        headers(&request),
        [
            "authority: shop.test",
            "accept: */*",
            "sec-ch-ua: \"Chromium\";v=\"142\"",
            "Content-Type: application/json",
            "User-Agent: Mozilla/5.0 (X11; Linux x86_64)",
            "Cookie: sid=a$b=; lang=de",
        ]
    );
    assert_eq!(raw(&request), "{\"name\":\"é\u{1f600}\",\"l\":\"a`b\"}");
    assert_eq!(request.settings.follow_redirects, Some(true));
    // Firefox: bare words, spaces around the signs.
    let (request, _) = read(
        "Invoke-WebRequest -UseBasicParsing -Uri 'https://x.test/it''s' -Method PUT -Headers @{ 'A' = 'b'; \"C\" = \"\" } -TimeoutSec 5 -SkipCertificateCheck -Body 'x'\nInvoke-RestMethod https://y.test/",
    );
    assert_eq!((request.method.as_str(), request.url.as_str()), ("PUT", "https://x.test/it's"));
    assert_eq!(headers(&request)[..2], ["A: b", "C: "]);
    assert_eq!(
        (request.settings.timeout_ms, request.settings.verify_tls),
        (Some(5000), Some(false))
    );
    let error = curl::parse("Invoke-WebRequest -Uri \"https://x.test").map(|_| ());
    assert_eq!(error, Err(curl::Error::UnclosedQuote { quote: '"', at: 23 }));
}

#[test]
fn files_beside_the_command_are_read_and_others_named() {
    use errand_interop::{Format, Source, import};
    use errand_model::Item;
    let script = "curl -d @note.txt -b cookies.txt http://x.test/";
    let alone = Source::file("a.sh", script.as_bytes().to_vec());
    let beside = alone.clone().with("note.txt", b"a\r\nb\n".to_vec());
    let beside = beside.with("cookies.txt", b"x.test\tFALSE\t/\tFALSE\t0\tn\tv\n".to_vec());
    let made = import(&beside, Some(Format::Curl)).expect("it is read");
    let [Item::Request(item)] = made.collection.items.as_slice() else { panic!("{made:?}") };
    assert_eq!(raw(&item.request), "ab");
    assert!(headers(&item.request).contains(&"Cookie: n=v".to_owned()));
    let made = import(&alone, Some(Format::Curl)).expect("it is read");
    let items: Vec<_> = made.receipt.lines.iter().map(|line| line.item.as_str()).collect();
    assert!(items.contains(&"-d @note.txt") && items.contains(&"-b cookies.txt"), "{items:?}");
}
