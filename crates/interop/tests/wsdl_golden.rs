//! node-soap's golden envelopes: what they have, our samples have at the same place.
//!
//! Each case is a folder `<operation>__<what it shows>` with a description, a request and mostly a
//! response. Our sample has more than they have, because what is optional is there too; of theirs
//! nothing may be missing but what the tables beside this say, each for the reason given here.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use errand_interop::{Source, import};
use errand_model::{Body, ItemRequest};
use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

/// Requests that differ, and why. Which elements they are is in `wsdl/request.xml.tsv`.
const REQUESTS: &[(&str, &str)] = &[
    (
        "Dummy__should_ignore_custom_defined_namespaces",
        "its request has an element by the name of its type; the schema calls it Account",
    ),
    (
        "GET_ALL_STORE_NUMBERS__should_work_with_more_deeply_nested_XML_messages_and_security",
        "its program adds a WS-Security header that the description does not mention",
    ),
    (
        "Login__unsupported_response_name_returned_and_local_xs_schema_missed",
        "node-soap takes the target namespace; that of soap:body counts (WSDL 1.1 §3.5)",
    ),
    (
        "Message__overriding_namespace_prefix",
        "its program puts another namespace on a part; parts of rpc have none",
    ),
    (
        "RequestHeaders__propogate_custom_header",
        "its program adds a header that the description does not mention",
    ),
    (
        "UpdateProfile__correct_namespaces_for_elements_with_base_ignorednamespaces",
        "its program tells node-soap to leave out namespaces that the schema asks for",
    ),
    (
        "fooOp__should_return_back_good_response_object",
        "node-soap writes the elements without their namespaces",
    ),
    (
        "getAvailability__should_not_fail_without_children",
        "it takes the namespace of another service, and has parts that are in no message",
    ),
    (
        "multiCall__rpc_stype_request_xsi_attributes",
        "its items are arrays of anything, with contents that no type tells",
    ),
];

/// Responses that differ, and why. They were made by hand for programs that
/// read them.
const RESPONSES: &[(&str, &str)] = &[
    ("Dummy__ref_element_should_have_correct_namespace", "an envelope in another envelope"),
    ("Dummy__should_add_prefix_for_unqualified_global_elements", "the schema is unqualified"),
    ("Dummy__should_extract_envelope_from_response", "an envelope in another envelope"),
    ("Dummy__should_handle_inline_types", "the schema is unqualified"),
    (
        "GetItemInformation__should_ignore_default_namespace_from_schema",
        "it leaves out the element that holds the items",
    ),
    ("GetNodes__complex_self_referencing", "a recursion is cut at its first repeat"),
    ("Message__overriding_namespace_prefix", "the answer of rpc ends in Response by convention"),
    (
        "RetrieveFareQuoteDateRange__should_handle_child_namespaces",
        "its types are not in the files",
    ),
    (
        "SendCDATA__cdata_removes_leading_and_trailing_whitespace_by_default",
        "it leaves out the namespace of the message",
    ),
    ("addPrefix__should_add_namespace_on_output_message", "it has a part of another name"),
    ("fooOp__should_return_back_good_response_object", "its namespace of SOAP is misspelt"),
    (
        "readMetadata__should_respect_xsi_type_attribute",
        "of the types made from an abstract one it has another than the first",
    ),
    (
        "readMetadata__should_support_XMLSchema_Instance_override",
        "of the types made from an abstract one it has another than the first",
    ),
];

fn corpus() -> Option<PathBuf> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/wsdl/node-soap-cases");
    path.is_dir().then_some(path)
}

/// A folder as a source.
fn source(root: &Path, folder: &Path, mut source: Source) -> Source {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            source = self::source(root, &path, source);
        } else {
            let name = path.strip_prefix(root).expect("below").to_string_lossy().replace('\\', "/");
            source = source.with(name, fs::read(path).expect("a file"));
        }
    }
    source
}

/// The paths of all elements, each with the namespaces of the whole way.
fn paths(xml: &str) -> BTreeSet<String> {
    let mut reader = NsReader::from_str(xml);
    let mut above: Vec<String> = Vec::new();
    let mut found = BTreeSet::new();
    let mut open = |reader: &NsReader<&[u8]>, above: &mut Vec<String>, start: &BytesStart<'_>| {
        let (space, local) = reader.resolver().resolve_element(start.name());
        let name = match space {
            ResolveResult::Bound(space) => format!("{{{}}}{}", space.0, local.as_ref()),
            _ => local.as_ref().to_owned(),
        };
        above.push(name);
        found.insert(above[1..].join(" / "));
    };
    loop {
        // One golden response is broken on purpose: what comes before the mistake counts.
        let Ok(event) = reader.read_event() else { return found };
        match event {
            Event::Start(start) => open(&reader, &mut above, &start),
            Event::Empty(start) => {
                open(&reader, &mut above, &start);
                above.pop();
            }
            Event::End(_) => drop(above.pop()),
            Event::Eof => return found,
            _ => {}
        }
    }
}

fn sent(item: &ItemRequest) -> &str {
    match &item.request.body {
        Body::Raw { text, .. } => text,
        _ => "",
    }
}

fn answered(item: &ItemRequest) -> &str {
    let body = item.examples.first().and_then(|example| example.response.body.as_ref());
    body.map(|body| body.data.as_str()).unwrap_or_default()
}

/// What the golden envelope has and ours does not, for a case and a file.
fn missing(folder: &Path, file: &str, pick: fn(&ItemRequest) -> &str) -> Option<Vec<String>> {
    let golden = fs::read_to_string(folder.join(file)).ok()?;
    let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
    let operation = name.split("__").next().expect("a first part");
    let import = import(&source(folder, folder, Source::default()), None).expect("it is imported");
    let requests = import.collection.requests();
    let golden = paths(&golden);
    // Several services may have an operation of that name.
    let named = requests.iter().filter(|(_, item)| item.request.name == operation);
    let missing = named.map(|(_, item)| -> Vec<String> {
        golden.difference(&paths(pick(item))).cloned().collect()
    });
    let least = missing.min_by_key(Vec::len);
    Some(least.unwrap_or_else(|| panic!("{name}: no operation {operation}")))
}

/// Compares all cases; only the bodies of responses, because servers add headers of their own.
fn compare(file: &str, pick: fn(&ItemRequest) -> &str, known: &[(&str, &str)], least: usize) {
    let Some(root) = corpus() else {
        eprintln!("SKIPPED: the corpus is not here.");
        return;
    };
    let mut folders: Vec<PathBuf> = fs::read_dir(root)
        .expect("the corpus")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    let (mut compared, mut found) = (0, String::new());
    for folder in &folders {
        let Some(mut missing) = missing(folder, file, pick) else { continue };
        compared += 1;
        if file == "response.xml" {
            missing.retain(|path| !path.starts_with(HEADER));
        }
        let name = folder.file_name().expect("a name").to_string_lossy();
        let explained = known.iter().any(|(case, _)| *case == name);
        assert_eq!(explained, !missing.is_empty(), "{name}/{file}: {}", missing.join("\n"));
        for path in missing {
            let _ = writeln!(found, "{name}\t{path}");
        }
    }
    assert!(compared >= least, "{compared} cases were compared");
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/wsdl/{file}.tsv"));
    if std::env::var_os("ERRAND_ACCEPT").is_some() {
        fs::write(&table, &found).expect("it can be written");
    }
    assert_eq!(found, fs::read_to_string(&table).expect("the table"), "not as in the table");
}

const HEADER: &str = "{http://schemas.xmlsoap.org/soap/envelope/}Header";

#[test]
fn requests_have_what_the_golden_ones_have() {
    compare("request.xml", sent, REQUESTS, 45);
}

#[test]
fn responses_have_what_the_golden_ones_have() {
    compare("response.xml", answered, RESPONSES, 40);
}
