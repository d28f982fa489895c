package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.FaultDialect;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestCertificates;

/** The main job: a registered subsystem presents a taxpayer's token and receives that taxpayer's data in a signed answer. */
interface SignedCalls {

    @ParameterizedTest
    @CsvSource({"tpDataByINN,", "taxpayerDataByInn,", "TPpaymentDateByInn,", "incomeStatement, 2026-01", "headcount, 2026-01"})
    default void areAnsweredWithTheTaxpayersData(String service, String month) {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        TaxMessage message = TaxMessage.of(scene).service(service).token(Participants.token(FaultDialect.CAMEL_CASE));
        Server.Response response = Server.soap((month == null ? message : message.months(month, month)).signed());
        SoapAnswer answer = SoapAnswer.of(response);
        assertEquals(200, response.status(), response::text);
        assertEquals(service + "Response", answer.payload().getLocalName(), response::text);
        assertEquals(scene.inn.digits(), answer.value("inn"), response::text);
        answer.assertSignedByTheServer();
        answer.assertFitsTheSchema();
        assertFalse(response.text().contains("securityToken"));
    }

    @Test
    default void areAnsweredInTheKeyFamilyOfTheCaller() {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        SoapAnswer elliptic = SoapAnswer.of(Server.soap(TaxMessage.of(scene).signed()));
        assertTrue(elliptic.isSignedWithEllipticCurve());
        TestCertificates.Identity rsa = TestCertificates.rsa(Participants.APPLICATION.clock().instant());
        scene.addCertificate(scene.subsystem, Contour.TEST, rsa);
        SoapAnswer byRsa = SoapAnswer.of(Server.soap(TaxMessage.of(scene).signedBy(rsa)));
        assertFalse(byRsa.isSignedWithEllipticCurve());
        byRsa.assertSignedByTheServer();
    }

    @ParameterizedTest
    @CsvSource({
        "123, INN_LENGTH", "2300219900000x, INN_NOT_DIGITS", "33002199000001, INN_FIRST_DIGIT", "20002199000001, INN_DAY", "23013199000001, INN_MONTH",
        "23002189000001, INN_YEAR", "'', INN_MISSING", "23002190099998, TAXPAYER_UNKNOWN", "''' or 1=1 --', INN_NOT_DIGITS", "&lt;script&gt;, INN_NOT_DIGITS",
    })
    default void sayWhatIsWrongWithAnInnInTheResponseItself(String inn, String code) {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        Server.Response response = Server.soap(TaxMessage.of(scene).inn(inn).signed());
        SoapAnswer answer = SoapAnswer.of(response);
        assertEquals(200, response.status(), response::text);
        assertEquals(code, answer.value("faultCode"), response::text);
        assertEquals("inn", answer.value("field"));
        assertTrue(answer.value("faultString").length() > 10);
        answer.assertSignedByTheServer();
        answer.assertFitsTheSchema();
    }

    @ParameterizedTest
    @CsvSource({"TPpaymentDateByInn, dateFrom, dateTo", "incomeStatement, monthFrom, monthTo", "headcount, monthFrom, monthTo"})
    default void takeMetacharactersInPeriodsForWhatTheyAre(String service, String from, String to) {
        for (String hostile : List.of("'; drop table consent.token; --", "&lt;x&gt;&amp;", "${jndi:ldap://x}", "%27 or 1=1", "{0}")) {
            Server.Response response = Server.soap(TaxMessage.of(Participants.speaking(FaultDialect.CAMEL_CASE)).service(service).token(Participants.token(FaultDialect.CAMEL_CASE))
                    .replace("</p:inn>", "</p:inn><p:" + from + ">" + hostile + "</p:" + from + "><p:" + to + ">" + hostile + "</p:" + to + ">").signed());
            assertEquals("PERIOD_UNREADABLE", SoapAnswer.of(response).value("faultCode"), response::text);
        }
    }

    @Test
    default void haveABreachOfTheSchemaOnTheirSendersRecord() {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        TaxMessage message = TaxMessage.of(scene).replace("</p:inn>", "</p:inn><p:none>1</p:none>");
        SoapAnswer answer = SoapAnswer.of(Server.soap(message.signed()));
        assertEquals("REQUEST_STRUCTURE_INVALID", answer.refusalCode());
        answer.assertSignedByTheServer();
        assertEquals(List.of("REQUEST_STRUCTURE_INVALID " + scene.subsystem.id().value()),
                Rows.of("select outcome || ' ' || subsystem_id from consent.usage where occurrence = ?", UUID.fromString(answer.occurrence())));
        SoapAnswer strange = SoapAnswer.of(Server.soap(message.signedBy(TestCertificates.elliptic(Participants.APPLICATION.clock().instant()))));
        assertEquals("CERTIFICATE_UNKNOWN", strange.refusalCode());
        assertEquals(List.of(), Rows.of("select outcome from consent.usage where occurrence = ?", UUID.fromString(strange.occurrence())));
    }

    @Test
    default void keepTheTaxServicesOwnEmptyInnForAnUnknownTaxpayer() {
        SoapAnswer answer = SoapAnswer.of(Server.soap(TaxMessage.of(Participants.speaking(FaultDialect.CAMEL_CASE)).inn("23002190099998").signed()));
        assertEquals(1, answer.body().getElementsByTagNameNS(SoapAnswer.PRODUCER, "response").getLength());
        assertEquals("", answer.value("inn"));
    }

    @Test
    default void areRefusedForEveryFlawOfTheToken() {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        Scene foreign = Participants.speaking(FaultDialect.SNAKE_CASE);
        Scene production = new Scene(Contour.PRODUCTION, Participants.APPLICATION);
        String good = Participants.token(FaultDialect.CAMEL_CASE);
        Map<String, String> codes = Map.of(
                "mistyped-" + good, "TOKEN_MALFORMED",
                good.substring(0, 37) + (good.endsWith("0") ? '1' : '0'), "TOKEN_MALFORMED",
                "'; drop table consent.token; --", "TOKEN_MALFORMED",
                Participants.token(FaultDialect.SNAKE_CASE), "TOKEN_NOT_ACCEPTED",
                production.token().text(), "TOKEN_NOT_ACCEPTED",
                "GNS1T-008J4-CT4AN-K7F24-SNAXW-SQFEZ-YM", "TOKEN_NOT_ACCEPTED");
        codes.forEach((token, code) -> {
            Server.Response response = Server.soap(TaxMessage.of(scene).service("tpDataByINN").token(token).signed());
            assertEquals(code, SoapAnswer.of(response).value("faultCode"), response::text);
            assertFalse(response.text().contains(token.replace("&", "&amp;")), "the token is repeated");
        });
        assertEquals("SUBJECT_MISMATCH", SoapAnswer.of(Server.soap(TaxMessage.of(scene).service("tpDataByINN").inn(foreign.inn.digits()).token(good).signed())).value("faultCode"));
        assertEquals("CONSENT_REQUIRED", SoapAnswer.of(Server.soap(TaxMessage.of(scene).service("tpDataByINN").signed())).value("faultCode"));
    }

    @Test
    default void answerStrangersWithEqualBytesWhateverTheTokenIs() {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        Scene production = new Scene(Contour.PRODUCTION, Participants.APPLICATION);
        List<String> bodies = List.of(Participants.token(FaultDialect.SNAKE_CASE), production.token().text(), "GNS1T-008J4-CT4AN-K7F24-SNAXW-SQFEZ-YM")
                .stream().map(token -> Server.soap(TaxMessage.of(scene).service("tpDataByINN").token(token).signed()).text())
                .map(text -> text.replaceAll("(?s).*<(?:\\w+:)?fault>(.*)</(?:\\w+:)?fault>.*", "$1").replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "")).distinct().toList();
        assertEquals(1, bodies.size(), bodies::toString);
    }

    @Test
    default void acceptATokenAsPeopleTypeIt() {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        String typed = Participants.token(FaultDialect.CAMEL_CASE).toLowerCase(java.util.Locale.ROOT).replace('-', ' ').replace('0', 'o').replace('c', 'с');
        assertEquals("tpDataByINNResponse", SoapAnswer.of(Server.soap(TaxMessage.of(scene).service("tpDataByINN").token(typed).signed())).payload().getLocalName());
    }

    @Test
    default void refuseAnotherKindOfSecurityToken() {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        Server.Response response = Server.soap(TaxMessage.of(scene).service("tpDataByINN").token(Participants.token(FaultDialect.CAMEL_CASE))
                .replace("urn:kopuro:consent-token:v1", "urn:ietf:params:oauth:token-type:jwt").signed());
        assertEquals("TOKEN_MALFORMED", SoapAnswer.of(response).value("faultCode"), response::text);
    }

    @Test
    default void leaveNoTokenInTheLogOfTheDatabase() {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        String token = Participants.token(FaultDialect.CAMEL_CASE);
        Server.soap(TaxMessage.of(scene).service("tpDataByINN").token(token).signed());
        assertEquals(List.of("0"), Rows.of("select count(*) from consent.usage u where u::text like ?", "%" + token.substring(6, 17) + "%"));
    }

    @Test
    default void fitTheSampleMessagesOfTheDocumentation() throws IOException {
        Path samples = Path.of("../docs/protocols/tax-v1");
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        String token = Participants.token(FaultDialect.CAMEL_CASE);
        try (var files = Files.list(samples)) {
            for (Path sample : files.filter(file -> file.toString().endsWith("-request.xml")).sorted().toList()) {
                String text = Files.readString(sample).replace("60009999", scene.participant.memberCode()).replace("demo-bank-service", "app")
                        .replace("23002199000001", scene.inn.digits()).replace("GNS1T-008J4-CT4AN-K7F24-SNAXW-SQFEZ-YM", token)
                        .replace("6f0d7c1e-3b0a-4d0e-9c55-2a8f6f1b7a10", UUID.randomUUID().toString())
                        .replace("</soap:Header>", "${security}</soap:Header>");
                String service = sample.getFileName().toString().replace("-request.xml", "");
                Server.Response response = Server.soap(SoapText.of(text).signedBy(scene.identity).text());
                SoapAnswer answer = SoapAnswer.of(response);
                assertEquals(service + "Response", answer.payload().getLocalName(), response::text);
                assertEquals("", answer.value("faultCode"), response::text);
                answer.assertFitsTheSchema();
            }
        }
    }
}
