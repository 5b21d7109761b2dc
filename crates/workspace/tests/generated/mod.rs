//! Collections of all that the model can hold.
#![allow(dead_code, clippy::unwrap_used, reason = "each test file uses its part")]

use errand_model::{
    Auth, Body, Capture, CaptureScope, CertificateFiles, Check, ClientCertificate, Collection,
    Defaults, Environment, Example, ExampleBody, ExampleRequest, ExampleResponse, Extensions,
    FileBody, Folder, FormRow, Header, Item, ItemEnvironment, ItemFolder, ItemOther, ItemRequest,
    MultipartRow, Operator, Param, ParamKind, PartKind, RawLanguage, Request, RequestSettings,
    Script, ScriptPhase, SecretSource, Variable, VariableType,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Text that YAML could take for something else, and any other.
pub fn text() -> BoxedStrategy<String> {
    let odd = prop::sample::select(vec![
        "",
        " ",
        "a",
        "true",
        "null",
        "~",
        "1.0",
        "0x1f",
        "- a",
        "a: b",
        "a #b",
        "#",
        "{{x}}",
        "'",
        "\"",
        "|",
        "|+",
        "\n",
        "\n\n",
        "a\n",
        "a\n\n",
        " a\nb",
        "\ta\n\tb\n",
        "a\r\nb",
        "\u{0}",
        "\u{7f}",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "<<",
        "<<<<<<< HEAD\na\n>>>>>>> b",
        "---",
        "...",
        "--- a\n...\n",
        "2024-01-01",
        "y",
        "é😀",
        "a  ",
        "  \n  \n",
        "a\n \nb",
        "@a",
        "%a",
        "&a",
        "*a",
        "!a",
        "?",
        "? a",
        "[a]",
        "{}",
        "=",
        "a,b",
        "\\n",
        "key:",
        ": ",
        "inherit",
        "none",
    ]);
    prop_oneof![3 => odd.prop_map(str::to_owned), 3 => "[ -~]{0,20}", 1 => "(?s).{0,40}"].boxed()
}

pub fn name() -> BoxedStrategy<String> {
    text().prop_filter("a name", |name| !name.trim().is_empty()).boxed()
}

fn headers() -> impl Strategy<Value = Vec<Header>> {
    let header = (text(), text(), text(), any::<bool>());
    vec(
        header.prop_map(|(name, value, description, enabled)| Header {
            name,
            value,
            description,
            enabled,
        }),
        0..3,
    )
}

fn params() -> impl Strategy<Value = Vec<Param>> {
    let param = (text(), text(), text(), any::<bool>(), any::<bool>());
    vec(
        param.prop_map(|(name, value, description, enabled, path)| Param {
            name,
            value,
            kind: if path { ParamKind::Path } else { ParamKind::Query },
            description,
            enabled,
        }),
        0..3,
    )
}

fn body() -> BoxedStrategy<Body> {
    let language = prop::sample::select(vec![
        RawLanguage::Json,
        RawLanguage::Xml,
        RawLanguage::Text,
        RawLanguage::Sparql,
    ]);
    let form =
        (text(), text(), text(), any::<bool>()).prop_map(|(name, value, description, enabled)| {
            FormRow { name, value, description, enabled }
        });
    let part = (text(), any::<bool>(), text(), vec(name(), 0..3), text(), text(), any::<bool>());
    let part = part.prop_map(|(name, file, value, files, content_type, description, enabled)| {
        let kind = if file { PartKind::File } else { PartKind::Text };
        let value = if file { String::new() } else { value };
        let files = if file { files } else { Vec::new() };
        MultipartRow { name, kind, value, files, content_type, description, enabled }
    });
    let file = (text(), text(), any::<bool>())
        .prop_map(|(path, content_type, selected)| FileBody { path, content_type, selected });
    prop_oneof![
        Just(Body::None),
        (language, text()).prop_map(|(language, text)| Body::Raw { language, text }),
        vec(form, 0..3).prop_map(|rows| Body::FormUrlEncoded { rows }),
        vec(part, 0..3).prop_map(|rows| Body::Multipart { rows }),
        vec(file, 0..3).prop_map(|files| Body::File { files }),
    ]
    .boxed()
}

fn auth() -> BoxedStrategy<Auth> {
    prop_oneof![
        prop::sample::select(Auth::blanks()),
        (text(), text()).prop_map(|(username, password)| Auth::Basic { username, password }),
        text().prop_map(|token| Auth::Bearer { token }),
        Just(Auth::None),
        Just(Auth::Inherit),
        Just(Auth::Other { scheme: "kerberos-x".into() }),
    ]
    .boxed()
}

/// Variables with names of their own; secret ones without a value, as they are read.
fn variables() -> BoxedStrategy<Vec<Variable>> {
    let kind = prop::sample::select(vec![
        VariableType::String,
        VariableType::Number,
        VariableType::Boolean,
        VariableType::Null,
        VariableType::Object,
    ]);
    let source = name().prop_map(|variable| SecretSource::Environment { variable });
    let variable = (name(), text(), kind, text(), any::<bool>(), option::of(source), any::<bool>());
    let all = vec(variable, 0..3).prop_map(|rows| {
        let mut variables: Vec<Variable> = Vec::new();
        for (name, value, kind, description, secret, source, enabled) in rows {
            if variables.iter().any(|variable| variable.name == name) {
                continue;
            }
            let value = if secret { String::new() } else { value };
            let source = source.filter(|_| secret);
            variables.push(Variable { name, value, kind, description, secret, source, enabled });
        }
        variables
    });
    all.boxed()
}

fn scripts() -> impl Strategy<Value = Vec<Script>> {
    let phase = prop::sample::select(vec![
        ScriptPhase::BeforeRequest,
        ScriptPhase::AfterResponse,
        ScriptPhase::Tests,
        ScriptPhase::Hooks,
    ]);
    vec((phase, text()).prop_map(|(phase, code)| Script { phase, code }), 0..2)
}

fn settings() -> BoxedStrategy<RequestSettings> {
    let flags = prop::array::uniform5(option::of(any::<bool>()));
    let version = option::of(prop::sample::select(vec!["1.1".to_owned(), "2".to_owned()]));
    (flags, option::of(0..1_000_000_u64), option::of(0..100_u32), version)
        .prop_map(|(flags, timeout_ms, max_redirects, http_version)| RequestSettings {
            encode_url: flags[0],
            timeout_ms,
            follow_redirects: flags[1],
            max_redirects,
            forward_authorization: flags[2],
            verify_tls: flags[3],
            use_cookies: flags[4],
            http_version,
        })
        .boxed()
}

pub fn extensions() -> BoxedStrategy<Extensions> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e9..1e9_f64).prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((text(), inner), 0..4)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect::<Map<_, _>>())),
        ]
    });
    let tool = prop::sample::select(vec!["postman", "insomnia", "x y", "1", "errand"]);
    vec((tool, value), 0..2)
        .prop_map(|pairs| {
            let own = |value: Value| json!({ "scriptDialect": value });
            let pairs = pairs.into_iter();
            pairs
                .map(|(tool, value)| {
                    (tool.to_owned(), if tool == "errand" { own(value) } else { value })
                })
                .collect()
        })
        .boxed()
}

fn examples() -> BoxedStrategy<Vec<Example>> {
    let request = (text(), text(), params(), headers(), body()).prop_map(
        |(method, url, params, headers, body)| ExampleRequest {
            method,
            url,
            params,
            headers,
            body,
        },
    );
    let kind = prop::sample::select(vec!["json", "text", "xml", "html", "binary"]);
    let body = (kind, text()).prop_map(|(kind, data)| ExampleBody { kind: kind.to_owned(), data });
    let response = (option::of(100..600_u16), text(), headers(), option::of(body)).prop_map(
        |(status, status_text, headers, body)| ExampleResponse {
            status,
            status_text,
            headers,
            body,
        },
    );
    let example = (text(), text(), option::of(request), response).prop_map(
        |(name, description, request, response)| Example { name, description, request, response },
    );
    vec(example, 0..2).boxed()
}

fn checks() -> impl Strategy<Value = (Vec<Check>, Vec<Capture>)> {
    let check = (text(), text(), text(), any::<bool>()).prop_map(
        |(expression, value, description, enabled)| Check {
            expression,
            operator: Operator::Eq,
            value,
            description,
            enabled,
        },
    );
    let capture = (text(), text(), text(), any::<bool>()).prop_map(
        |(expression, variable, description, enabled)| Capture {
            expression,
            variable,
            scope: CaptureScope::Environment,
            description,
            enabled,
        },
    );
    (vec(check, 0..2), vec(capture, 0..2))
}

pub fn request() -> BoxedStrategy<ItemRequest> {
    let head = (name(), text(), vec(text(), 0..2), text(), text(), text());
    let rows = (params(), headers(), body(), auth(), variables());
    let rest = (checks(), scripts(), settings(), examples(), extensions());
    (head, rows, rest)
        .prop_map(|(head, rows, rest)| {
            let (name, description, tags, method, url, docs) = head;
            let (params, headers, body, auth, variables) = rows;
            let ((checks, captures), scripts, settings, examples, extensions) = rest;
            let request = Request {
                name,
                description,
                seq: None,
                tags,
                method,
                url,
                params,
                headers,
                body,
                auth,
                variables,
                checks,
                captures,
                scripts,
                settings,
                docs,
            };
            ItemRequest { request, examples, extensions }
        })
        .boxed()
}

fn certificates() -> impl Strategy<Value = Vec<ClientCertificate>> {
    let certificate = (text(), text(), text(), text(), any::<bool>(), any::<bool>());
    vec(
        certificate.prop_map(|(domain, one, two, passphrase, disabled, pem)| ClientCertificate {
            domain,
            files: if pem {
                CertificateFiles::Pem { certificate_file_path: one, private_key_file_path: two }
            } else {
                CertificateFiles::Pkcs12 { pkcs12_file_path: one }
            },
            passphrase,
            disabled,
        }),
        0..2,
    )
}

fn folder() -> BoxedStrategy<Folder> {
    (name(), text(), text(), headers(), auth(), variables(), scripts(), settings())
        .prop_map(|(name, description, docs, headers, auth, variables, scripts, settings)| {
            let defaults = Defaults { headers, auth, variables, scripts, settings };
            Folder { name, description, docs, defaults, ..Folder::default() }
        })
        .boxed()
}

fn other() -> BoxedStrategy<ItemOther> {
    (name(), text(), extensions())
        .prop_map(|(name, url, extensions)| {
            let mut content = json!({
                "info": { "name": name, "type": "graphql" },
                "graphql": { "method": "POST", "url": url },
            });
            if !extensions.is_empty() {
                content["extensions"] = extensions.into();
            }
            ItemOther { name, content: content.as_object().unwrap().clone() }
        })
        .boxed()
}

fn items() -> BoxedStrategy<Vec<Item>> {
    let leaf = prop_oneof![
        4 => request().prop_map(|item| Item::Request(Box::new(item))),
        1 => other().prop_map(Item::Other),
    ];
    let item = leaf.prop_recursive(2, 8, 3, |inner| {
        (folder(), extensions(), vec(inner, 0..3)).prop_map(|(folder, extensions, items)| {
            Item::Folder(ItemFolder { folder, extensions, items })
        })
    });
    vec(item, 0..4).boxed()
}

fn environment() -> BoxedStrategy<ItemEnvironment> {
    let strategy = (
        text(),
        text(),
        option::of(name()),
        option::of(name()),
        variables(),
        certificates(),
        extensions(),
    );
    strategy
        .prop_map(
            |(
                color,
                description,
                extends,
                dot_env_file,
                variables,
                client_certificates,
                extensions,
            )| {
                let environment = Environment {
                    name: String::new(),
                    color,
                    description,
                    extends,
                    dot_env_file,
                    variables,
                    client_certificates,
                };
                ItemEnvironment { environment, extensions }
            },
        )
        .boxed()
}

/// A collection as it is read: numbered, its environments by name.
pub fn collection() -> BoxedStrategy<Collection> {
    let root = (folder(), variables(), certificates()).prop_map(
        |(folder, globals, client_certificates)| Folder { globals, client_certificates, ..folder },
    );
    (root, extensions(), items(), vec(environment(), 0..3))
        .prop_map(|(root, extensions, mut items, mut environments)| {
            number(&mut items);
            for (at, item) in environments.iter_mut().enumerate() {
                item.environment.name = format!("Environment {at}");
            }
            Collection { root, extensions, items, environments }
        })
        .boxed()
}

#[allow(clippy::cast_precision_loss, reason = "few items")]
pub fn number(items: &mut [Item]) {
    for (at, item) in items.iter_mut().enumerate() {
        let seq = (at + 1) as f64;
        match item {
            Item::Folder(item) => {
                item.folder.seq = Some(seq);
                number(&mut item.items);
            }
            Item::Request(item) => item.request.seq = Some(seq),
            Item::Other(item) => item.content["info"]["seq"] = (at + 1).into(),
        }
    }
}
