//! What becomes of a description: requests, envelopes, environments, and what is told of the rest.

use errand_interop::{Error, Format, Import, Outcome, Source, import, recognise};
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

/// The element `In` with a complex type.
fn element(inner: &str) -> String {
    format!("<xs:element name='In'><xs:complexType>{inner}</xs:complexType></xs:element>")
}

/// Compares the samples of schemas whose local elements are qualified.
fn compare(cases: &[(&str, String, &str)]) {
    for (what, schema, expected) in cases {
        assert_eq!(sample("elementFormDefault='qualified'", schema), *expected, "{what}");
    }
}

#[test]
fn samples_follow_the_schema() {
    compare(&[
        (
            "elements are qualified as the schema or they themselves say",
            element(&format!(
                "<xs:sequence><xs:element name='a' {STRING}/>
                 <xs:element name='b' {STRING} form='unqualified'/></xs:sequence>"
            )),
            "<t:In><t:a>string</t:a><b>string</b></t:In>",
        ),
        (
            "counts are told",
            element(
                "<xs:sequence><xs:element name='a' type='xs:int' minOccurs='0'/>
                 <xs:element name='b' type='xs:date' maxOccurs='unbounded' nillable='true'/>
                 <xs:element name='c' type='xs:boolean' maxOccurs='3'/>
                 <xs:element name='d' type='xs:int' maxOccurs='0'/></xs:sequence>",
            ),
            "<t:In><!-- optional --><t:a>1</t:a><!-- repeats; may be nil --><t:b>2026-01-15</t:b>\
             <!-- up to 3 times --><t:c>true</t:c></t:In>",
        ),
        (
            "the first of a choice",
            element(&format!(
                "<xs:choice><xs:element name='a' {STRING}/><xs:sequence>
                 <xs:element name='b' {STRING}/><xs:element name='c' {STRING}/></xs:sequence>
                 <xs:any namespace='##other'/></xs:choice>"
            )),
            "<t:In><t:a>string</t:a><!-- or instead: <b>, <c> -->\
             <!-- or instead: any element of another namespace --></t:In>",
        ),
        (
            "what is fixed, a default, the first of several values, and bounds",
            element(
                "<xs:sequence><xs:element name='a' type='xs:string' fixed='F'/>
                 <xs:element name='b' type='xs:int' default='7'/>
                 <xs:element name='c'><xs:simpleType><xs:restriction base='xs:string'>
                   <xs:enumeration value='R&amp;D'/><xs:enumeration value='x'/>
                 </xs:restriction></xs:simpleType></xs:element>
                 <xs:element name='d'><xs:simpleType><xs:restriction base='xs:int'>
                   <xs:minInclusive value='10'/></xs:restriction></xs:simpleType></xs:element>
                 <xs:element name='e'><xs:simpleType><xs:restriction base='xs:string'>
                   <xs:length value='3'/></xs:restriction></xs:simpleType></xs:element>
                 <xs:element name='f'><xs:simpleType><xs:list itemType='xs:int'/></xs:simpleType></xs:element>
                 <xs:element name='g'><xs:simpleType><xs:union memberTypes='xs:date xs:int'/>
                 </xs:simpleType></xs:element></xs:sequence>",
            ),
            "<t:In><t:a>F</t:a><t:b>7</t:b><t:c>R&amp;D</t:c><t:d>10</t:d><t:e>str</t:e><t:f>1</t:f>\
             <t:g>2026-01-15</t:g></t:In>",
        ),
    ]);
    let plain = element(&format!("<xs:all><xs:element name='a' {STRING}/></xs:all>"));
    assert_eq!(sample("", &plain), "<t:In><a>string</a></t:In>");
}

#[test]
fn types_are_made_of_others() {
    compare(&[
        (
            "attributes that must be there, groups, and a simple content",
            format!(
                "<xs:element name='In' type='t:In'/>
                 <xs:complexType name='In'><xs:simpleContent><xs:extension base='xs:decimal'>
                 <xs:attributeGroup ref='t:G'/><xs:attribute name='c' fixed='X' use='required'/>
                 <xs:attribute ref='t:d' use='required'/></xs:extension></xs:simpleContent></xs:complexType>
                 <xs:attributeGroup name='G'><xs:attribute name='a' {STRING} use='required'/>
                 <xs:attribute name='b' {STRING}/></xs:attributeGroup>
                 <xs:attribute name='d' type='xs:int'/>"
            ),
            "<t:In a=\"string\" c=\"X\" t:d=\"1\">1.5</t:In>",
        ),
        (
            "an extension has what its base has, first",
            element(&format!(
                "<xs:complexContent><xs:extension base='t:Base'><xs:sequence>
                 <xs:element name='b' {STRING}/></xs:sequence></xs:extension></xs:complexContent>"
            )) + &format!(
                "<xs:complexType name='Base'><xs:group ref='t:G'/>
                 <xs:attribute name='id' type='xs:int' use='required'/></xs:complexType>
                 <xs:group name='G'><xs:sequence><xs:element name='a' {STRING}/></xs:sequence></xs:group>"
            ),
            "<t:In id=\"1\"><t:a>string</t:a><t:b>string</t:b></t:In>",
        ),
        (
            "a restriction has its own elements and the attributes of its base",
            element(
                "<xs:complexContent><xs:restriction base='t:Base'><xs:sequence>
                 <xs:element name='b' type='xs:int'/></xs:sequence></xs:restriction></xs:complexContent>",
            ) + "<xs:complexType name='Base'><xs:sequence><xs:element name='a' type='xs:int'
                 minOccurs='0'/><xs:element name='b' type='xs:int'/></xs:sequence>
                 <xs:attribute name='id' type='xs:int' use='required'/></xs:complexType>",
            "<t:In id=\"1\"><t:b>1</t:b></t:In>",
        ),
        (
            "a recursion ends at its first repeat",
            element("<xs:sequence><xs:element name='n' type='t:N'/></xs:sequence>")
                + "<xs:complexType name='N'><xs:sequence>
                 <xs:element name='v' type='xs:int'/>
                 <xs:element name='n' type='t:N' minOccurs='0'/></xs:sequence></xs:complexType>",
            "<t:In><t:n><t:v>1</t:v><!-- optional: <n> holds the same again --></t:n></t:In>",
        ),
        (
            "for what is abstract stands the first that is not",
            element(
                "<xs:sequence><xs:element ref='t:head'/><xs:element name='x' type='t:A'/></xs:sequence>",
            ) + "<xs:element name='head' type='xs:int' abstract='true'/>
                 <xs:element name='member' substitutionGroup='t:head'/>
                 <xs:complexType name='A' abstract='true'/>
                 <xs:complexType name='C'><xs:complexContent><xs:extension base='t:A'><xs:sequence>
                 <xs:element name='y' type='xs:int'/></xs:sequence></xs:extension></xs:complexContent>
                 </xs:complexType>",
            "<t:In><t:member>1</t:member><t:x xsi:type=\"t:C\"><t:y>1</t:y></t:x></t:In>",
        ),
        (
            "anything is a comment",
            element("<xs:sequence><xs:element name='a'/><xs:any/></xs:sequence>"),
            "<t:In><t:a><!-- anything --></t:a><!-- any element --></t:In>",
        ),
    ]);
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

fn each(count: usize, text: impl FnMut(usize) -> String) -> String {
    (0..count).map(text).collect()
}

/// Imports what may not be recognised. What is not bounded would not come back.
fn bounded(source: &Source) -> Result<Import, Error> {
    import(source, Some(Format::Wsdl))
}

#[test]
fn bombs_are_refused() {
    let entities = format!(
        "<!DOCTYPE definitions [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>{}",
        description("&b;")
    );
    let source = text(&entities);
    assert_eq!(recognise(&source), Some(Format::Wsdl));
    let error = bounded(&source).expect_err("a bomb").to_string();
    assert_eq!(error, "a.wsdl is refused: its DTD declares things of its own.");
    let outside = format!("<!DOCTYPE d SYSTEM \"file:///etc/passwd\">{}", description("&d;"));
    let error = bounded(&text(&outside)).expect_err("an entity").to_string();
    assert!(error.contains("the entity &d; is not one of XML's own"), "{error}");
    let deep = description(&"<x>".repeat(100_000));
    assert!(bounded(&text(&deep)).expect_err("deep").to_string().contains("nested over 200 deep"));
    let wide = description(&"<x/>".repeat(400_000));
    assert!(bounded(&text(&wide)).expect_err("wide").to_string().contains("elements are in it"));
}

#[test]
fn schemas_that_grow_without_end_are_cut() {
    // Ten of each in each: 10^30 elements.
    let layers = each(30, |n| {
        let inner = each(10, |m| format!("<xs:element name='e{m}' type='t:T{}'/>", n + 1));
        format!("<xs:complexType name='T{n}'><xs:sequence>{inner}</xs:sequence></xs:complexType>")
    });
    let import =
        bounded(&text(&with_schema("", &format!("<xs:element name='In' type='t:T0'/>{layers}"))))
            .expect("it is cut");
    assert!(lines(&import, Outcome::NotCarried).iter().any(|line| line.contains("too long")));
    // The same of groups, attribute groups and bases, and each of them in a circle.
    let groups = each(30, |n| {
        let next = (n + 1) % 30;
        let group = format!("<xs:group ref='t:G{next}'/>").repeat(10);
        let attributes = format!("<xs:attributeGroup ref='t:A{next}'/>").repeat(10);
        let base = format!("<xs:extension base='t:B{next}'/>").repeat(10);
        format!(
                "<xs:group name='G{n}'><xs:sequence>{group}</xs:sequence></xs:group>
                 <xs:attributeGroup name='A{n}'>{attributes}</xs:attributeGroup>
                 <xs:complexType name='B{n}'><xs:complexContent>{base}</xs:complexContent></xs:complexType>
                 <xs:simpleType name='S{n}'><xs:restriction base='t:S{next}'/></xs:simpleType>
                 <xs:element name='h{n}' abstract='true' substitutionGroup='t:h{next}'/>"
            )
    });
    let uses = "<xs:sequence><xs:group ref='t:G0'/><xs:element name='b' type='t:B0'/>
        <xs:element name='s' type='t:S0'/><xs:element ref='t:h0'/></xs:sequence><xs:attributeGroup ref='t:A0'/>";
    let circles = format!(
        "<xs:element name='In'><xs:complexType>{uses}</xs:complexType></xs:element>{groups}"
    );
    bounded(&text(&with_schema("", &circles))).expect("it is cut");
}

#[test]
fn the_deepest_schema_fits_on_the_stack() {
    let (open, close) = ("<xs:sequence>".repeat(25), "</xs:sequence>".repeat(25));
    let types = each(60, |n| {
        let next = n + 1;
        format!(
            "<xs:complexType name='T{n}'><xs:complexContent><xs:extension base='t:U{n}'>{open}
             <xs:group ref='t:G{n}'/>{close}</xs:extension></xs:complexContent></xs:complexType>
             <xs:complexType name='U{n}'>{open}<xs:element name='u' type='t:T{next}'/>{close}</xs:complexType>
             <xs:group name='G{n}'>{open}<xs:element name='g' type='t:T{next}'/>{close}</xs:group>"
        )
    });
    let schema = format!("<xs:element name='In' type='t:T0'/>{types}");
    bounded(&text(&with_schema("", &schema))).expect("it is cut");
    let narrow = schema.replace(&open, &open[..13 * 9]).replace(&close, &close[..14 * 9]);
    bounded(&text(&with_schema("", &narrow))).expect("it is cut");
}

#[test]
fn many_operations_share_one_measure() {
    let fields = each(1_000, |n| format!("<xs:element name='f{n}' type='xs:string'/>"));
    let schema = format!(
        "<xs:element name='In'><xs:complexType><xs:sequence>{fields}</xs:sequence></xs:complexType></xs:element>"
    );
    let whole = with_schema("", &schema);
    let bound = "<operation name=\"Op\"><soap:operation soapAction=\"urn:op\"/><input><soap:body use=\"literal\"/></input></operation>";
    assert!(whole.contains(bound));
    let import =
        bounded(&text(&whole.replace(bound, &bound.repeat(3_000)))).expect("it is imported");
    assert_eq!(import.collection.requests().len(), 3_000);
    let size: usize = import.collection.requests().iter().map(|(_, item)| body(item).len()).sum();
    assert!(size < 32 << 20, "{size} bytes");
}

#[test]
fn files_that_include_each_other_end() {
    let head = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>";
    let main = description(
        "<xs:schema targetNamespace='urn:t'><xs:include schemaLocation='0.xsd'/></xs:schema>",
    );
    let mut source = text(&main);
    for n in 0..500 {
        let includes =
            each(20, |m| format!("<xs:include schemaLocation='{}.xsd'/>", (n + m + 1) % 500));
        let element =
            if n == 499 { format!("<xs:element name='In' {STRING}/>") } else { String::new() };
        let schema = format!("{head}{includes}{element}</xs:schema>");
        source = source.with(format!("{n}.xsd"), schema.into_bytes());
    }
    let import = bounded(&source).expect("it is imported");
    assert_eq!(body(one(&import)), "<t:In>string</t:In>");
}

#[test]
fn cut_descriptions_are_errors_wherever_they_are_cut() {
    let end = RPC.len() - 1;
    for at in (0..end).step_by(7).chain(end - 20..end) {
        let Some(part) = RPC.get(..at) else { continue };
        let error = bounded(&text(part)).expect_err("it is cut");
        assert!(matches!(error, Error::Syntax { .. } | Error::Unknown { .. }), "{at}: {error}");
    }
    // Bytes that are wrong somewhere are an error or another description, and never a panic.
    for at in (0..end).step_by(11) {
        let mut bytes = RPC.as_bytes().to_vec();
        bytes[at] = b"<>&\"x\xff"[at % 6];
        drop(bounded(&Source::file("a.wsdl", bytes)));
    }
}
