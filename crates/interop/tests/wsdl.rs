//! What becomes of a description: requests, envelopes, environments, and what is told of the rest.

#[path = "wsdl/hostile.rs"]
mod hostile;
#[path = "wsdl/samples.rs"]
mod samples;

use errand_interop::{Format, Import, Outcome, Source, import, recognise};
use errand_model::{Body, ItemRequest, ParamKind};

/// A description with these types, whose one operation `Op` sends the element `In` and gets `Out`.
fn description(types: &str) -> String {
    format!(
        r#"<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:t="urn:t" targetNamespace="urn:t"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <types>{types}</types>
  <message name="In"><part name="p" element="t:In"/></message>
  <portType name="P"><operation name="Op"><input message="t:In"/></operation></portType>
  <binding name="B" type="t:P">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="Op"><soap:operation soapAction="urn:op"/><input><soap:body use="literal"/></input></operation>
  </binding>
  <service name="S"><port name="Q" binding="t:B"><soap:address location="https://a.example/s"/></port></service>
</definitions>"#
    )
}

/// The same with a schema of the description's namespace.
fn with_schema(attributes: &str, inner: &str) -> String {
    description(&format!("<xs:schema targetNamespace='urn:t' {attributes}>{inner}</xs:schema>"))
}

fn text(text: &str) -> Source {
    Source::file("a.wsdl", text.as_bytes().to_vec())
}

fn read(source: &Source) -> Import {
    assert_eq!(recognise(source), Some(Format::Wsdl));
    import(source, None).expect("it is imported")
}

fn one(import: &Import) -> &ItemRequest {
    import.collection.requests().first().expect("a request").1
}

/// What is in the body of the envelope, without the white space around lines.
fn body(item: &ItemRequest) -> String {
    let Body::Raw { text, .. } = &item.request.body else { panic!("a body of text") };
    let (_, rest) = text.split_once("Body>").expect("a body");
    let (inside, _) = rest.rsplit_once("</soapenv:Body>").expect("its end");
    inside.lines().map(str::trim).collect::<Vec<_>>().concat()
}

/// The body of the one request of a schema.
fn sample(attributes: &str, inner: &str) -> String {
    body(one(&read(&text(&with_schema(attributes, inner)))))
}

fn lines(import: &Import, outcome: Outcome) -> Vec<String> {
    let lines = import.receipt.lines.iter().filter(|line| line.outcome == outcome);
    lines.map(|line| format!("{}: {}: {}", line.place, line.item, line.note)).collect()
}

const STRING: &str = "type='xs:string'";

#[test]
fn an_operation_is_a_request_to_its_port() {
    let import = read(&text(&with_schema("", &format!("<xs:element name='In' {STRING}/>"))));
    assert_eq!(import.collection.root.name, "S");
    let request = &one(&import).request;
    let seen = (&*request.name, &*request.method, &*request.url);
    assert_eq!(seen, ("Op", "POST", "{{base_url}}/s"));
    let headers: Vec<_> = request.headers.iter().map(|h| (&*h.name, &*h.value)).collect();
    let expected = [("Content-Type", "text/xml; charset=utf-8"), ("SOAPAction", "\"urn:op\"")];
    assert_eq!(headers, expected);
    let environment = &import.collection.environments[0].environment;
    assert_eq!(environment.name, "S");
    assert_eq!(environment.variables[0].name, "base_url");
    assert_eq!(environment.variables[0].value, "https://a.example");
    let Body::Raw { text, .. } = &request.body else { panic!("a body") };
    let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:t=\"urn:t\">
  <soapenv:Body>
    <t:In>string</t:In>
  </soapenv:Body>
</soapenv:Envelope>
";
    assert_eq!(text, expected);
    let kept = serde_json::json!({
        "file": "a.wsdl", "targetNamespace": "urn:t",
        "files": [{ "path": "a.wsdl", "targetNamespace": "urn:t" }],
    });
    assert_eq!(import.collection.extensions["wsdl"], kept);
    assert!(lines(&import, Outcome::NotCarried).is_empty());
}

#[test]
fn soap_1_2_has_its_action_in_the_content_type() {
    let newer = with_schema("", &format!("<xs:element name='In' {STRING}/>")).replace(
        "http://schemas.xmlsoap.org/wsdl/soap/",
        "http://schemas.xmlsoap.org/wsdl/soap12/",
    );
    let import = read(&text(&newer));
    let request = &one(&import).request;
    assert_eq!(request.headers.len(), 1);
    let expected = "application/soap+xml; charset=utf-8; action=\"urn:op\"";
    assert_eq!(request.headers[0].value, expected);
    let Body::Raw { text, .. } = &request.body else { panic!("a body") };
    assert!(text.contains("xmlns:soapenv=\"http://www.w3.org/2003/05/soap-envelope\""), "{text}");
}

#[test]
fn schemas_are_found_in_files_and_not_outside() {
    let main = description(
        "<xs:schema targetNamespace='urn:t' elementFormDefault='qualified'>
           <xs:include schemaLocation='../xsd/plain.xsd'/><xs:redefine schemaLocation='../xsd/old.xsd'>
             <xs:complexType name='Old'><xs:complexContent><xs:extension base='t:Old'><xs:sequence>
               <xs:element name='more' type='xs:int'/></xs:sequence></xs:extension></xs:complexContent>
             </xs:complexType></xs:redefine>
           <xs:include schemaLocation='../../etc/passwd'/><xs:include schemaLocation='gone.xsd'/>
           <xs:import namespace='urn:w' schemaLocation='https://b.example/w.xsd'/>
         </xs:schema>",
    );
    let plain =
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' elementFormDefault='qualified'>
        <xs:include schemaLocation='plain.xsd'/>
        <xs:element name='In' type='In'/><xs:complexType name='In'><xs:sequence>
        <xs:element name='old' type='Old'/></xs:sequence></xs:complexType></xs:schema>";
    let old = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:t'>
        <xs:complexType name='Old'><xs:sequence><xs:element name='first' type='xs:int'/></xs:sequence>
        </xs:complexType></xs:schema>";
    let source = Source::file("wsdl/a.wsdl", main.into_bytes())
        .with("xsd/plain.xsd", plain.as_bytes().to_vec())
        .with("xsd/old.xsd", old.as_bytes().to_vec());
    let import = read(&source);
    let expected = "<t:In><t:old><first>1</first><t:more>1</t:more></t:old></t:In>";
    assert_eq!(body(one(&import)), expected);
    let wanted: Vec<_> = import.wanted.iter().map(|one| (&*one.url, &*one.from)).collect();
    assert_eq!(wanted, [("https://b.example/w.xsd", "wsdl/a.wsdl")]);
    let missing = lines(&import, Outcome::NotCarried);
    assert_eq!(missing.len(), 2, "{missing:?}");
    assert!(missing[0].contains("../../etc/passwd") && missing[1].contains("gone.xsd"));
}

#[test]
fn addresses_are_wanted_until_they_are_fetched() {
    let main = description(
        "<xs:schema><xs:import namespace='urn:t' schemaLocation='https://b.example/x/t.xsd'/></xs:schema>",
    );
    let first = read(&text(&main));
    assert_eq!(first.wanted.len(), 1);
    assert!(lines(&first, Outcome::NotCarried)[0].contains("In: It is named and not declared"));
    let mut source = text(&main);
    let head = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:t'>";
    let schema = format!("{head}<xs:include schemaLocation='u.xsd'/></xs:schema>");
    source.fetched.insert("https://b.example/x/t.xsd".to_owned(), schema.into_bytes().into());
    let second = read(&source);
    assert_eq!(second.wanted[0].url, "https://b.example/x/u.xsd");
    let schema = format!("{head}<xs:element name='In' type='xs:int'/></xs:schema>");
    source.fetched.insert("https://b.example/x/u.xsd".to_owned(), schema.into_bytes().into());
    let third = read(&source);
    assert!(third.wanted.is_empty());
    assert_eq!(body(one(&third)), "<t:In>1</t:In>");
}

const RPC: &str = r#"<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:t="urn:t" targetNamespace="urn:t"
    xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:x="http://www.w3.org/2001/XMLSchema" name="Many"
    xmlns:e="http://schemas.xmlsoap.org/soap/encoding/" xmlns:http="http://schemas.xmlsoap.org/wsdl/http/"
    xmlns:mime="http://schemas.xmlsoap.org/wsdl/mime/" xmlns:wsp="http://www.w3.org/ns/ws-policy">
  <w:documentation>Two services.</w:documentation>
  <wsp:Policy/>
  <w:types><x:schema targetNamespace="urn:t">
    <x:complexType name="List"><x:complexContent><x:restriction base="e:Array">
      <x:attribute ref="e:arrayType" w:arrayType="t:Row[]"/></x:restriction></x:complexContent></x:complexType>
    <x:complexType name="Row"><x:all><x:element name="id" type="x:int"/></x:all></x:complexType>
    <x:element name="Token" type="x:string"/>
  </x:schema></w:types>
  <w:message name="In"><w:part name="rows" type="t:List"/><w:part name="n" type="x:int"/></w:message>
  <w:message name="Out"><w:part name="return" type="x:boolean"/></w:message>
  <w:message name="Head"><w:part name="token" element="t:Token"/></w:message>
  <w:portType name="P">
    <w:operation name="Put"><w:documentation>Puts   rows
      away.</w:documentation><w:input message="t:In"/><w:output message="t:Out"/><w:fault name="Bad" message="t:Out"/></w:operation>
    <w:operation name="Told"><w:output message="t:Out"/></w:operation>
  </w:portType>
  <w:portType name="G"><w:operation name="Find"><w:input message="t:In"/></w:operation></w:portType>
  <w:binding name="B" type="t:P"><s:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>
    <w:operation name="Put"><s:operation soapAction=""/>
      <w:input><s:header message="t:Head" part="token" use="literal"/><s:body use="encoded" namespace="urn:b"/></w:input>
      <w:output><s:body use="literal" namespace="urn:b"/></w:output></w:operation>
    <w:operation name="Told"><w:output><s:body use="literal"/></w:output></w:operation>
  </w:binding>
  <w:binding name="H" type="t:G"><http:binding verb="GET"/>
    <w:operation name="Find"><http:operation location="/rows/(n)/x(rows)"/><w:input><http:urlReplacement/></w:input></w:operation></w:binding>
  <w:binding name="I" type="t:G"><http:binding verb="POST"/>
    <w:operation name="Find"><http:operation location="/f"/><w:input><mime:content type="application/x-www-form-urlencoded"/></w:input></w:operation></w:binding>
  <w:binding name="J" type="t:G"><http:binding verb="GET"/>
    <w:operation name="Find"><http:operation location="/q"/><w:input><http:urlEncoded/></w:input></w:operation></w:binding>
  <w:service name="One"><w:port name="B" binding="t:B"><s:address location="http://a.example/b?k=v"/></w:port></w:service>
  <w:service name="Two"><w:documentation>By hand.</w:documentation>
    <w:port name="H" binding="t:H"><http:address location="http://b.example/h"/></w:port>
    <w:port name="I" binding="t:I"><http:address location="http://b.example/h"/></w:port>
    <w:port name="J" binding="t:J"><http:address location="http://b.example/h"/></w:port>
    <w:port name="K" binding="t:K"/></w:service>
</w:definitions>"#;

#[test]
fn rpc_wraps_its_parts_and_names_their_types() {
    let import = read(&text(RPC));
    let requests = import.collection.requests();
    let places: Vec<_> = requests
        .iter()
        .map(|(above, item)| {
            format!("{} {} {}", above.join("/"), item.request.name, item.request.url)
        })
        .collect();
    let expected = [
        "One Put {{base_url}}/b?k=v",
        "Two/H Find {{base_url_2}}/h/rows/:n/x{{rows}}",
        "Two/I Find {{base_url_2}}/h/f",
        "Two/J Find {{base_url_2}}/h/q?rows=&n=1",
    ];
    assert_eq!(places, expected);
    let put = requests[0].1;
    assert_eq!(put.request.docs, "Puts rows\naway.");
    assert_eq!(put.request.params[0].name, "k");
    let Body::Raw { text, .. } = &put.request.body else { panic!("a body") };
    let header = "<soapenv:Header>\n    <t:Token>string</t:Token>\n  </soapenv:Header>";
    assert!(text.contains(header), "{text}");
    let expected = "<ns1:Put soapenv:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\">\
        <rows xsi:type=\"t:List\" soapenc:arrayType=\"t:Row[1]\"><!-- repeats --><item xsi:type=\"t:Row\">\
        <id xsi:type=\"xsd:int\">1</id></item></rows><n xsi:type=\"xsd:int\">1</n></ns1:Put>";
    assert_eq!(body(put), expected);
    let answer = put.examples[0].response.body.as_ref().expect("an answer");
    assert!(
        answer.data.contains("<ns1:PutResponse>\n      <return>true</return>"),
        "{}",
        answer.data
    );
}

#[test]
fn http_bindings_have_paths_queries_and_forms() {
    let import = read(&text(RPC));
    let requests = import.collection.requests();
    let [_, (_, replaced), (_, form), (_, query)] = &requests[..] else { panic!("four requests") };
    assert_eq!(replaced.request.method, "GET");
    assert_eq!(replaced.request.params[0].kind, ParamKind::Path);
    assert_eq!(replaced.request.variables[0].name, "rows");
    let Body::FormUrlEncoded { rows } = &form.request.body else { panic!("a form") };
    assert_eq!((form.request.method.as_str(), rows[1].name.as_str()), ("POST", "n"));
    assert_eq!(query.request.params.len(), 2);
}

#[test]
fn the_receipt_tells_the_rest() {
    let import = read(&text(RPC));
    let expected = [
        ": Policy: Errand does not follow policies and other extensions of WSDL",
        "One / Put: fault Bad: Answers that are faults have no example",
        "One / Told: operation: The service sends it; Errand does not listen",
        "Two: port K: Its binding t:K is not in the description",
    ];
    assert_eq!(lines(&import, Outcome::NotCarried), expected);
    let kept = lines(&import, Outcome::Kept);
    assert!(kept.contains(&"Two / J / Find: request: ".to_owned()), "{kept:?}");
    let environment = &import.collection.environments[0].environment;
    assert_eq!((environment.name.as_str(), environment.variables.len()), ("Many", 2));
    assert_eq!(import.collection.root.docs, "Two services.");
}

#[test]
fn descriptions_that_import_each_other_are_one() {
    let main = with_schema("", &format!("<xs:element name='In' {STRING}/>"));
    let (types, rest) = main.split_once("<binding").expect("a binding");
    let head = main.split_once("<types>").expect("a head").0;
    let lower = format!("{types}<import namespace='urn:t' location='./upper.wsdl'/></definitions>");
    let upper =
        format!("{head}<import namespace='urn:t' location='low/lower.wsdl'/><binding{rest}");
    let lower = lower.replace("./upper", "../upper");
    let source =
        Source::file("upper.wsdl", upper.into_bytes()).with("low/lower.wsdl", lower.into_bytes());
    let import = read(&source);
    assert_eq!(import.collection.requests().len(), 1);
    assert_eq!(body(one(&import)), "<t:In>string</t:In>");
}

#[test]
fn what_real_descriptions_get_wrong_is_told() {
    let good = with_schema("", &format!("<xs:element name='In' {STRING}/>"));
    // As in the example of the standard.
    let import = read(&text(&good.replace("binding=\"t:B\"", "binding=\"t:Other\"")));
    assert_eq!(import.collection.requests().len(), 1);
    let told = ": binding Other: There is none of that name; it is taken for B, the only one";
    assert_eq!(lines(&import, Outcome::Converted), [told]);
    let (before, _) = good.split_once("<service").expect("a service");
    let import = read(&text(&format!("{before}</definitions>")));
    let told = ": address: The description has none: fill in base_url";
    assert_eq!(lines(&import, Outcome::Converted), [told]);
    let import = read(&text(&good.replace("xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"", "")));
    assert_eq!(body(one(&import)), "<t:In>string</t:In>");
    assert_eq!(lines(&import, Outcome::Converted).len(), 1);
    let import = read(&text(&good.replace("element=\"t:In\"", "element=\"In\"")));
    assert_eq!(body(one(&import)), "<t:In>string</t:In>");
}

#[test]
fn a_file_of_the_same_name_stands_for_an_address() {
    let main = description(
        "<xs:schema><xs:import namespace='urn:t' schemaLocation='https://b.example/x/t.xsd'/></xs:schema>",
    );
    let schema = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:t'>
        <xs:element name='In' type='xs:int'/></xs:schema>";
    let beside = |schema: String| read(&text(&main).with("t.xsd", schema.into_bytes()));
    let import = beside(schema.to_owned());
    assert_eq!((body(one(&import)).as_str(), import.wanted.len()), ("<t:In>1</t:In>", 0));
    let told = ": https://b.example/x/t.xsd: t.xsd is read in its place";
    assert_eq!(lines(&import, Outcome::Converted), [told]);
    // Another namespace is another schema.
    assert_eq!(beside(schema.replace("'urn:t'", "'urn:u'")).wanted.len(), 1);
}

#[test]
fn what_is_no_description_is_told() {
    let newer = text("<d:description xmlns:d='http://www.w3.org/ns/wsdl'/>");
    let error = import(&newer, None).expect_err("WSDL 2.0").to_string();
    assert!(error.contains("it is WSDL 2.0, and Errand reads WSDL 1.1"), "{error}");
    let empty = text("<definitions xmlns='http://schemas.xmlsoap.org/wsdl/'/>");
    let error = import(&empty, None).expect_err("nothing is in it").to_string();
    assert!(error.contains("no operation in it can be called"), "{error}");
    let other = text("<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'/>");
    assert_eq!(recognise(&other), None);
    let schema = text("<schema xmlns='http://www.w3.org/2001/XMLSchema'/>");
    assert_eq!(recognise(&schema), None);
}
