package org.kopuro.deployment;

import java.util.Map;
import java.util.LinkedHashMap;
import java.util.UUID;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestCertificates;

/** A call of a tax service by a scene's subsystem; tests say what is different. */
final class TaxMessage {

    private final Scene scene;
    private final Map<String, String> replacements = new LinkedHashMap<>();
    private String service = "tpDataByINNforBusinessActivity";
    private String inn;
    private String token;
    private String period = "";
    private String id = UUID.randomUUID().toString();

    private TaxMessage(Scene scene) {
        this.scene = scene;
        inn = scene.inn.digits();
    }

    static TaxMessage of(Scene scene) {
        return new TaxMessage(scene);
    }

    TaxMessage service(String code) {
        service = code;
        return this;
    }

    TaxMessage inn(String text) {
        inn = text;
        return this;
    }

    TaxMessage token(String text) {
        token = text;
        return this;
    }

    TaxMessage months(String from, String to) {
        period = "<p:monthFrom>" + from + "</p:monthFrom><p:monthTo>" + to + "</p:monthTo>";
        return this;
    }

    TaxMessage id(String text) {
        id = text;
        return this;
    }

    /** Changes the text before it is signed. */
    TaxMessage replace(String what, String by) {
        replacements.put(what, by);
        return this;
    }

    /** The message with a place for the Security header. */
    SoapText text() {
        String text = """
                <?xml version="1.0" encoding="UTF-8"?>
                <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xrd="http://x-road.eu/xsd/xroad.xsd" xmlns:id="http://x-road.eu/xsd/identifiers" xmlns:sec="http://x-road.eu/xsd/security-token.xsd" xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd">
                  <soap:Header>
                    <xrd:client id:objectType="SUBSYSTEM" wsu:Id="client"><id:xRoadInstance>central-server</id:xRoadInstance><id:memberClass>COM</id:memberClass><id:memberCode>%s</id:memberCode><id:subsystemCode>app</id:subsystemCode></xrd:client>
                    <xrd:service id:objectType="SERVICE" wsu:Id="service"><id:xRoadInstance>central-server</id:xRoadInstance><id:memberClass>GOV</id:memberClass><id:memberCode>70000002</id:memberCode><id:subsystemCode>gns-service</id:subsystemCode><id:serviceCode>%s</id:serviceCode><id:serviceVersion>v1</id:serviceVersion></xrd:service>
                    <xrd:id wsu:Id="id">%s</xrd:id>
                    <xrd:userId wsu:Id="user">KG%s</xrd:userId>
                    <xrd:issue wsu:Id="issue">case 1</xrd:issue>
                    <xrd:protocolVersion wsu:Id="version">4.0</xrd:protocolVersion>
                %s    ${security}
                  </soap:Header>
                  <soap:Body wsu:Id="body"><p:%s xmlns:p="http://gns-security-server.x-road.fi/producer"><p:request><p:inn>%s</p:inn>%s</p:request></p:%s></soap:Body>
                </soap:Envelope>
                """.formatted(scene.participant.memberCode(), service, id, scene.inn.digits(),
                token == null ? "" : "    <sec:securityToken tokenType=\"urn:kopuro:consent-token:v1\" wsu:Id=\"token\">" + token + "</sec:securityToken>\n",
                service, inn, period, service);
        for (Map.Entry<String, String> replacement : replacements.entrySet()) {
            text = text.replace(replacement.getKey(), replacement.getValue());
        }
        return SoapText.of(text);
    }

    String signed() {
        return text().signedBy(scene.identity).text();
    }

    String signedBy(TestCertificates.Identity identity) {
        return text().signedBy(identity).text();
    }
}
