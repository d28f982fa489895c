package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.xml.XMLConstants;
import javax.xml.transform.Source;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.participants.FaultDialect;
import org.kopuro.registers.RegisterRows;
import org.kopuro.testing.Scene;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What there is, who takes part, and how a service is called, from the exchange itself. */
interface Metaservices {

    String WSDL = "http://schemas.xmlsoap.org/wsdl/";

    static SoapText message(Scene scene, String code, String body) {
        return SoapText.of(TaxMessage.of(scene).service(code).text().text().replaceAll("(?s)<soap:Body.*</soap:Body>", "<soap:Body wsu:Id=\"body\">" + body + "</soap:Body>")
                .replace("</soap:Header>", "${security}</soap:Header>")).signedBy(scene.identity);
    }

    /** One file, which needs nothing else: its schemas are compiled as they stand in it, and a sample of the documentation fits them. */
    @ParameterizedTest
    @CsvSource({"headcount, tax/v1, tax-v1/headcount-request.xml", "apply, access/v1, access-v1/apply-request.xml"})
    default void attachTheContractOfAService(String service, String address, String sample) throws IOException {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        SoapText asked = message(scene, "getWsdl", "<xrd:getWsdl><xrd:serviceCode>" + service + "</xrd:serviceCode><xrd:serviceVersion>v1</xrd:serviceVersion></xrd:getWsdl>");
        Server.Response response = Server.soap("meta", asked.text());
        assertEquals(200, response.status(), response::text);
        assertTrue(response.contentType().startsWith("multipart/related; type=\"text/xml\""), response.contentType());
        String boundary = response.contentType().replaceAll(".*boundary=\"(.*)\"", "$1");
        String[] parts = response.text().split("(\r\n)?--" + boundary + "(--)?\r\n");
        assertEquals(3, parts.length, response::text);
        for (int part = 1; part < parts.length; part++) {
            assertTrue(parts[part].contains("Content-Type: text/xml;charset=UTF-8\r\n") && parts[part].contains("Content-Transfer-Encoding: 8bit\r\n"), parts[part]);
        }

        SoapAnswer answer = SoapAnswer.of(new Server.Response(200, "text/xml;charset=UTF-8", response.ledgerEntry(), content(parts[1]).getBytes(StandardCharsets.UTF_8)));
        assertEquals("getWsdlResponse", answer.payload().getLocalName());
        assertEquals(service, answer.value("serviceCode"));
        answer.assertFitsTheSchema();
        answer.assertSignedByTheServer();
        answer.assertRepeatsHeaderOf(asked.text());

        Document contract = SoapText.parse(content(parts[2]));
        NodeList operations = contract.getElementsByTagNameNS(WSDL, "operation");
        TreeSet<String> names = new TreeSet<>();
        for (int i = 0; i < operations.getLength(); i++) {
            names.add(((Element) operations.item(i)).getAttribute("name"));
        }
        assertTrue(names.contains(service), names::toString);
        assertTrue(((Element) contract.getElementsByTagNameNS("http://schemas.xmlsoap.org/wsdl/soap/", "address").item(0)).getAttribute("location").endsWith("/soap/" + address));
        assertFalse(content(parts[2]).contains("schemaLocation"), "nothing to fetch");
        try {
            Element body = (Element) SoapText.parse(java.nio.file.Files.readString(java.nio.file.Path.of("../docs/protocols/" + sample))).getElementsByTagNameNS(SoapAnswer.SOAP, "Body").item(0);
            Element request = (Element) body.getElementsByTagNameNS("*", service).item(0);
            schemasOf(contract).newValidator().validate(new DOMSource(request));
        } catch (SAXException e) {
            fail(e);
        }
    }

    private static String content(String part) {
        return part.substring(part.indexOf("\r\n\r\n") + 4);
    }

    private static Schema schemasOf(Document contract) throws SAXException {
        List<Source> sources = new ArrayList<>();
        NodeList schemas = contract.getElementsByTagNameNS(XMLConstants.W3C_XML_SCHEMA_NS_URI, "schema");
        // What is imported comes before what imports it.
        for (int i = schemas.getLength() - 1; i >= 0; i--) {
            StringWriter text = new StringWriter();
            try {
                TransformerFactory.newInstance().newTransformer().transform(new DOMSource(schemas.item(i)), new StreamResult(text));
            } catch (TransformerException e) {
                throw new IllegalStateException(e);
            }
            sources.add(new StreamSource(new StringReader(text.toString())));
        }
        return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(sources.toArray(Source[]::new));
    }

    @Test
    default void listTheSameServicesOverBothProtocols() {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        Document soap = SoapText.parse(Server.soap("meta", message(scene, "listMethods", "<xrd:listMethods/>").text()).body());
        List<String> overSoap = new ArrayList<>();
        NodeList codes = ((Element) soap.getElementsByTagNameNS(SoapAnswer.SOAP, "Body").item(0)).getElementsByTagNameNS("http://x-road.eu/xsd/identifiers", "serviceCode");
        for (int i = 0; i < codes.getLength(); i++) {
            overSoap.add(codes.item(i).getTextContent());
        }
        // Files go back beside messages, which X-Road REST does not do yet.
        overSoap.remove("formFile");
        RestAnswer rest = RestText.of("GET /r1/central-server/GOV/70000002/gns-service/listMethods\nX-Road-Client: central-server/COM/" + scene.participant.memberCode() + "/app\nX-Road-Id: a\n")
                .signedBy(scene.identity).send();
        assertEquals(overSoap, rest.json().getJsonArray("service").getValuesAs(value -> value.asJsonObject().getString("service_code")), "every other service that has SOAP has REST");
        assertTrue(overSoap.containsAll(Scene.SERVICES) && overSoap.containsAll(List.of("markNoticesRead", "transferForm", "findUsage")), overSoap::toString);
    }

    @Test
    default void listWhoTakesPartToEverybody() throws SAXException, IOException {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        Server.Response xml = Server.send("GET", "/listClients", null, Map.of());
        assertEquals(200, xml.status(), xml::text);
        Document list = SoapText.parse(xml.body());
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(Metaservices.class.getClassLoader().getResource("contract/xroad/xroad.xsd")).newValidator()
                .validate(new DOMSource(list));
        assertTrue(xml.text().contains("<id:memberCode>70000002</id:memberCode><id:subsystemCode>gns-service</id:subsystemCode>"), "ourselves");
        assertTrue(xml.text().contains("<id:memberCode>" + scene.participant.memberCode() + "</id:memberCode><id:subsystemCode>app</id:subsystemCode>"), "whoever is connected");

        RegisterRows.run("update participants.participant set kind = 'SOLE_PROPRIETOR' where member_code = ?", scene.participant.memberCode());
        try {
            Server.Response json = Server.send("GET", "/listClients?xRoadInstance=central-server", null, Map.of("Accept", "application/json"));
            try (JsonReader reader = Json.createReader(new StringReader(json.text()))) {
                assertEquals("70000002", reader.readObject().getJsonArray("member").getJsonObject(0).getJsonObject("id").getString("member_code"));
            }
            assertFalse(json.text().contains(scene.participant.memberCode()), "a person's code is personal data");
        } finally {
            RegisterRows.run("update participants.participant set kind = 'LEGAL_PERSON' where member_code = ?", scene.participant.memberCode());
        }
        assertEquals("{\"member\":[]}", Server.send("GET", "/listClients?xRoadInstance=elsewhere", null, Map.of("Accept", "application/json")).text());
    }
}
