//! Sample envelopes, as the schemas say.

use super::{STRING, sample};

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
