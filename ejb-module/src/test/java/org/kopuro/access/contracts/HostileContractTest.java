package org.kopuro.access.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.kernel.Refusal;

/** What people may hand in as a contract, by mistake or on purpose. Nothing of it is fetched, nothing of it takes long. */
class HostileContractTest {

    private static final String HEAD = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns='urn:t' targetNamespace='urn:t' elementFormDefault='qualified'>";
    private static final String ELEMENTS = "<xs:element name='ask' type='xs:string'/><xs:element name='askResponse' type='xs:string'/>";

    @ParameterizedTest
    @ValueSource(strings = {
        "<!DOCTYPE x SYSTEM 'file:///etc/passwd'>",
        "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE x [<!ENTITY a '1234567890'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]>"})
    void hasNoDocumentType(String type) {
        assertRefused(ContractRefusal.CONTRACT_NOT_READABLE, type + schema(ELEMENTS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:1/schema.xsd", "file:///etc/passwd", "file:schema.xsd", "/schema.xsd", "..\\schema.xsd", "other.xsd", "../other.xsd", "", "jar:file:x!/schema.xsd"})
    void refersToNothingButItsOwnFiles(String location) {
        assertRefused(ContractRefusal.CONTRACT_REFERS_ELSEWHERE, schema("<xs:include schemaLocation='" + location + "'/>" + ELEMENTS));
        assertRefused(ContractRefusal.CONTRACT_REFERS_ELSEWHERE, schema("<xs:import namespace='urn:o' schemaLocation='" + location + "'/>" + ELEMENTS));
    }

    @Test
    void importsNoOtherWsdl() {
        String wsdl = usualWsdl().replace("<wsdl:types>", "<wsdl:import namespace='urn:o' location='http://127.0.0.1:1/'/><wsdl:types>");
        assertRefused(ContractRefusal.CONTRACT_REFERS_ELSEWHERE, List.of(document("service.wsdl", wsdl), document("schema.xsd", schema(ELEMENTS))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "CONTRACT_NOT_READABLE | ",
        "CONTRACT_NOT_READABLE | no XML",
        "CONTRACT_NOT_READABLE | <xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>",
        "CONTRACT_OF_ANOTHER_KIND | <html/>",
        "CONTRACT_OF_ANOTHER_KIND | <definitions/>",
        "CONTRACT_REDEFINES | <xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:redefine schemaLocation='schema.xsd'/></xs:schema>",
        "CONTRACT_INCOMPLETE | <xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:t'/>"})
    void isASchema(ContractRefusal code, String text) {
        assertRefused(code, text == null ? "" : text);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<xs:element name='ask' type='Missing'/><xs:element name='askResponse' type='xs:string'/>",
        "<xs:element name='ask'><xs:complexType><xs:sequence><xs:element ref='missing'/></xs:sequence></xs:complexType></xs:element><xs:element name='askResponse' type='xs:string'/>",
        "<xs:element name='ask'><xs:complexType><xs:group ref='Missing'/></xs:complexType></xs:element><xs:element name='askResponse' type='xs:string'/>",
        "<xs:element name='ask'><xs:complexType><xs:attributeGroup ref='Missing'/></xs:complexType></xs:element><xs:element name='askResponse' type='xs:string'/>",
        "<xs:element name='ask'><xs:complexType><xs:attribute ref='missing'/></xs:complexType></xs:element><xs:element name='askResponse' type='xs:string'/>"})
    void lacksNothingThatItRefersTo(String elements) {
        assertRefused(ContractRefusal.CONTRACT_INCOMPLETE, schema(elements));
    }

    @Test
    void isOneWsdlWithItsSchemas() {
        assertRefused(ContractRefusal.CONTRACT_WITHOUT_WSDL, List.of());
        assertRefused(ContractRefusal.CONTRACT_WITHOUT_WSDL, List.of(document("schema.xsd", schema(ELEMENTS))));
        assertRefused(ContractRefusal.CONTRACT_WITH_SEVERAL_WSDL, List.of(document("a.wsdl", usualWsdl()), document("b.wsdl", usualWsdl()), document("schema.xsd", schema(ELEMENTS))));
        assertRefused(ContractRefusal.CONTRACT_REFERS_ELSEWHERE, List.of(document("service.wsdl", usualWsdl())));
        assertRefused(ContractRefusal.CONTRACT_INCOMPLETE, List.of(document("service.wsdl", usualWsdl().replaceAll("<wsdl:types>.*</wsdl:types>", ""))));
        assertRefused(ContractRefusal.CONTRACT_INCOMPLETE, List.of(document("service.wsdl", usualWsdl().replace("<wsdl:message name=\"ask\">", "<wsdl:message name=\"other\">")),
                document("schema.xsd", schema(ELEMENTS))));
    }

    @Test
    void isNotLarge() {
        List<ContractDocument> files = new ArrayList<>(List.of(document("service.wsdl", usualWsdl())));
        IntStream.range(0, 40).forEach(i -> files.add(document(i + ".xsd", schema(ELEMENTS))));
        assertRefused(ContractRefusal.CONTRACT_TOO_LARGE, files);
        assertRefused(ContractRefusal.CONTRACT_TOO_LARGE, List.of(new ContractDocument("service.wsdl", new byte[50 * 1024 * 1024])));
    }

    /** Groups that hold the next one twice: twenty lines would be a million elements. */
    @Test
    void doesNotMultiplyByGroups() {
        String groups = IntStream.range(0, 40).mapToObj(i -> "<xs:group name='g" + i + "'><xs:sequence><xs:group ref='g" + (i + 1) + "'/><xs:group ref='g" + (i + 1) + "'/></xs:sequence></xs:group>")
                .collect(Collectors.joining()) + "<xs:group name='g40'><xs:sequence><xs:element name='e' type='xs:string'/></xs:sequence></xs:group>";
        assertRefused(ContractRefusal.CONTRACT_TOO_COMPLEX, schema(groups + "<xs:element name='ask'><xs:complexType><xs:group ref='g0'/></xs:complexType></xs:element>"
                + "<xs:element name='askResponse' type='xs:string'/>"));
    }

    /** Two megabytes that would be known as half a gigabyte: each of the inner choices is named by all those around it. */
    @Test
    void doesNotMultiplyByNestedChoices() {
        assertRefused(ContractRefusal.CONTRACT_TOO_COMPLEX, schema("<xs:element name='ask'><xs:complexType>" + "<xs:choice>".repeat(190) + "<xs:choice/>".repeat(150_000) + "</xs:choice>".repeat(190)
                + "</xs:complexType></xs:element><xs:element name='askResponse' type='xs:string'/>"));
    }

    /** Each use of a group needs a name of its own, made of the same long one. */
    @Test
    void doesNotMultiplyByLongNames() {
        assertRefused(ContractRefusal.CONTRACT_TOO_COMPLEX, schema("<xs:group name='g'><xs:sequence><xs:element name='" + "e".repeat(100_000) + "' type='xs:string'/></xs:sequence></xs:group>"
                + "<xs:element name='ask'><xs:complexType><xs:sequence>" + "<xs:group ref='g'/>".repeat(400) + "</xs:sequence></xs:complexType></xs:element><xs:element name='askResponse' type='xs:string'/>"));
    }

    @Test
    void doesNotMultiplyByEnumerations() {
        String values = IntStream.range(0, 2000).mapToObj(i -> "<xs:enumeration value='" + i + "'/>").collect(Collectors.joining());
        String attributes = IntStream.range(0, 2000).mapToObj(i -> "<xs:attribute name='a" + i + "' type='T'/>").collect(Collectors.joining());
        assertRefused(ContractRefusal.CONTRACT_TOO_COMPLEX, schema("<xs:simpleType name='T'><xs:restriction base='xs:string'>" + values + "</xs:restriction></xs:simpleType>"
                + "<xs:element name='ask'><xs:complexType>" + attributes + "</xs:complexType></xs:element><xs:element name='askResponse' type='xs:string'/>"));
    }

    /** As large as contracts are, and larger. */
    @Test
    void mayHaveManyChoicesAndValues() {
        String values = IntStream.range(0, 1000).mapToObj(i -> "<xs:enumeration value='a value " + i + "'/>").collect(Collectors.joining());
        String choices = IntStream.range(0, 2000).mapToObj(i -> "<xs:choice><xs:element name='a" + i + "' type='T'/><xs:sequence><xs:element name='b" + i + "' type='T'/></xs:sequence></xs:choice>")
                .collect(Collectors.joining());
        String attributes = IntStream.range(0, 50).mapToObj(i -> "<xs:attribute name='a" + i + "' type='T'/>").collect(Collectors.joining());
        String schema = schema("<xs:simpleType name='T'><xs:restriction base='xs:string'>" + values + "</xs:restriction></xs:simpleType><xs:element name='ask'><xs:complexType><xs:sequence>" + choices
                + "</xs:sequence>" + attributes + "</xs:complexType></xs:element><xs:element name='askResponse' type='xs:string'/>");
        assertEquals(1, read(List.of(document("service.wsdl", usualWsdl()), document("schema.xsd", schema))).operations().size());
    }

    @Test
    void doesNotMultiplyByUnions() {
        String unions = IntStream.range(0, 40).mapToObj(i -> "<xs:simpleType name='u" + i + "'><xs:union memberTypes='u" + (i + 1) + " u" + (i + 1) + "'/></xs:simpleType>")
                .collect(Collectors.joining()) + "<xs:simpleType name='u40'><xs:restriction base='xs:string'/></xs:simpleType>";
        assertRefused(ContractRefusal.CONTRACT_TOO_COMPLEX, schema(unions + "<xs:element name='ask' type='u0'/><xs:element name='askResponse' type='xs:string'/>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<xs:complexType name='A'><xs:complexContent><xs:extension base='A'/></xs:complexContent></xs:complexType>",
        "<xs:simpleType name='A'><xs:restriction base='A'/></xs:simpleType>",
        "<xs:simpleType name='A'><xs:list itemType='A'/></xs:simpleType>",
        "<xs:group name='G'><xs:sequence><xs:group ref='G'/></xs:sequence></xs:group><xs:complexType name='A'><xs:group ref='G'/></xs:complexType>",
        "<xs:attributeGroup name='G'><xs:attributeGroup ref='G'/></xs:attributeGroup><xs:complexType name='A'><xs:attributeGroup ref='G'/></xs:complexType>"})
    void doesNotConsistOfItself(String types) {
        assertRefused(ContractRefusal.CONTRACT_TOO_COMPLEX, schema(types + "<xs:element name='ask' type='A'/><xs:element name='askResponse' type='xs:string'/>"));
    }

    /** Deeper than any stack, and harmless: each type is looked at by itself. */
    @Test
    void mayBeALongChainOfTypes() {
        String chain = IntStream.range(0, 10_000).mapToObj(i -> "<xs:complexType name='t" + i + "'><xs:sequence><xs:element name='e' type='t" + (i + 1) + "'/></xs:sequence></xs:complexType>")
                .collect(Collectors.joining()) + "<xs:complexType name='t10000'/>";
        Contract contract = read(List.of(document("service.wsdl", usualWsdl()), document("schema.xsd", schema(chain + "<xs:element name='ask' type='t0'/><xs:element name='askResponse' type='xs:string'/>"))));
        assertEquals(1, contract.operations().size());
    }

    @Test
    void isNotNestedWithoutEnd() {
        assertRefused(ContractRefusal.CONTRACT_NOT_READABLE, schema(ELEMENTS + "<xs:annotation>".repeat(100_000) + "</xs:annotation>".repeat(100_000)));
    }

    @Test
    void mayHaveFilesThatIncludeOneAnother() {
        String one = schema("<xs:include schemaLocation='two.xsd'/>" + ELEMENTS.replaceFirst("xs:string", "T"));
        String two = schema("<xs:include schemaLocation='schema.xsd'/><xs:simpleType name='T'><xs:restriction base='xs:string'/></xs:simpleType>");
        assertEquals(1, read(List.of(document("service.wsdl", usualWsdl()), document("schema.xsd", one), document("two.xsd", two))).operations().size());
    }

    private static void assertRefused(ContractRefusal code, String schema) {
        assertRefused(code, List.of(document("service.wsdl", usualWsdl()), document("schema.xsd", schema)));
    }

    private static void assertRefused(ContractRefusal code, List<ContractDocument> files) {
        assertEquals(code, assertThrows(Refusal.class, () -> read(files)).code());
    }

    private static Contract read(List<ContractDocument> files) {
        return assertTimeoutPreemptively(Duration.ofSeconds(30), () -> Contract.read(files));
    }

    private static String schema(String content) {
        return HEAD + content + "</xs:schema>";
    }

    private static ContractDocument document(String name, String text) {
        return new ContractDocument(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String usualWsdl() {
        try {
            return Files.readString(ComparingContractsTest.folder().resolve("service.wsdl"));
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
