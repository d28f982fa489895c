package org.kopuro.access.catalogue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.documents.Upload;
import org.kopuro.kernel.Contour;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** A service of a test's own, and contracts for it. */
public final class Contracts {

    private Contracts() {
    }

    public static String aService() {
        String code = "s" + UUID.randomUUID().toString().substring(0, 8);
        Rows.change("insert into access.service (code, version, title_ru, title_ky, title_en, procedure_code) values (?, 'v1', 'Название', 'Аталышы', 'Title', ?)", code, Scene.PROCEDURE);
        Rows.change("insert into access.service_rule (service_code, effective_from, discloses_tax_secret, token_rule, self_call) values (?, '2024-09-07', false, 'NOT_USED', true)", code);
        return code;
    }

    /** Opens a version to calls; in PRODUCTION in an emergency, as a test has no days to wait. */
    public static void serve(TestApplication application, String service, String version, Contour contour) {
        apply(application, contour == Contour.TEST ? VersionEvent.PUBLISH : VersionEvent.PUBLISH_IN_EMERGENCY, draft(application, service, version, contour, ""));
    }

    static VersionView apply(TestApplication application, VersionEvent event, VersionView version) {
        return application.with(Versions.class, versions -> versions.apply(event, version.id(), version.contour(), Optional.of("in a test"), Scene.OFFICIAL));
    }

    /** Of one operation, whose request has an INN and whatever else is given. */
    static String wsdl(String operation, String moreElements) {
        return """
                <wsdl:definitions name="S" targetNamespace="urn:s" xmlns:t="urn:s" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:xs="http://www.w3.org/2001/XMLSchema">
                  <wsdl:types><xs:schema targetNamespace="urn:s" elementFormDefault="qualified">
                    <xs:element name="in"><xs:complexType><xs:sequence><xs:element name="inn" type="xs:string"/>%s</xs:sequence></xs:complexType></xs:element>
                    <xs:element name="out" type="xs:string"/>
                  </xs:schema></wsdl:types>
                  <wsdl:message name="in"><wsdl:part name="p" element="t:in"/></wsdl:message>
                  <wsdl:message name="out"><wsdl:part name="p" element="t:out"/></wsdl:message>
                  <wsdl:portType name="S"><wsdl:operation name="%s"><wsdl:input message="t:in"/><wsdl:output message="t:out"/></wsdl:operation></wsdl:portType>
                </wsdl:definitions>""".formatted(moreElements, operation);
    }

    static VersionView draft(TestApplication application, String service, String version, Contour contour, String moreElements) {
        VersionView draft = application.with(Versions.class, versions -> versions.draft(service, version, contour, Scene.OFFICIAL));
        return attach(application, draft, "service.wsdl", wsdl(service, moreElements));
    }

    static VersionView attach(TestApplication application, VersionView to, String fileName, String content) {
        try (Upload upload = Upload.receive(fileName, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), Versions.FILE_LIMITS)) {
            return application.with(Versions.class, versions -> versions.attach(to.id(), to.contour(), upload, Scene.OFFICIAL));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
