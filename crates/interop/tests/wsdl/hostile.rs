//! Bombs, circles and crowds: refused, or cut to a measure, and never a panic.

use errand_interop::{Error, Format, Import, Outcome, Source, import, recognise};

use super::{RPC, STRING, body, description, lines, one, text, with_schema};

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
