package org.kopuro.access.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.kopuro.kernel.Refusal;
import org.kopuro.testing.TestCertificates;

/** A participant sends the report of its run, honest or not, to the authority. */
class AcceptingAReportTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:15:00Z");
    private static final String BANK = "central-server/COM/60009999/bank";
    private static final TestCertificates.Identity IDENTITY = TestCertificates.rsa(NOW);

    private static final TokenRules RULES = (service, at) -> !service.equals("tpDataByINNforBusinessActivity");

    private static ConformanceReport report(Instant startedAt, List<String> services, List<ScenarioResult> results) {
        return new ConformanceReport(BANK, MessageProtocol.SOAP, "0.1.0", "https://test.example/soap/tax/v1", startedAt, startedAt.plusSeconds(90), services, results);
    }

    private static List<ScenarioResult> passed(List<String> services) {
        List<ScenarioResult> results = new ArrayList<>();
        for (Scenario scenario : Scenario.values()) {
            List<ForwardedCall> calls = scenario == Scenario.SIGNED_CALLS
                    ? services.stream().map(service -> new ForwardedCall("id of " + service, service, ForwardedCall.ANSWERED, Optional.of("entry of " + service))).toList() : List.of();
            results.add(new ScenarioResult(scenario, scenario.appliesTo(RULES.anyTakesToken(services, NOW)) ? Verdict.PASSED : Verdict.NOT_APPLICABLE, List.of(), calls));
        }
        return results;
    }

    private static ConformanceReport good() {
        return report(NOW.minusSeconds(600), List.of("tpDataByINN"), passed(List.of("tpDataByINN")));
    }

    private static byte[] signed(ConformanceReport report) throws GeneralSecurityException {
        return report.signed(IDENTITY.keys().getPrivate(), IDENTITY.certificate());
    }

    private static byte[] signed(String content) throws GeneralSecurityException {
        return ReportSignature.sign(content.getBytes(StandardCharsets.UTF_8), IDENTITY.keys().getPrivate(), IDENTITY.certificate());
    }

    private static void isRefused(ConformanceRefusal code, String field, byte[] octets) {
        Refusal refusal = assertThrows(Refusal.class, () -> ConformanceReport.verify(octets, IDENTITY.certificate(), BANK, RULES, NOW));
        assertEquals(code, refusal.code());
        assertEquals(field, refusal.field());
    }

    private static void isRefused(ConformanceRefusal code, String field, UnaryOperator<List<ScenarioResult>> change) throws GeneralSecurityException {
        isRefused(code, field, signed(report(NOW.minusSeconds(600), List.of("tpDataByINN"), change.apply(new ArrayList<>(passed(List.of("tpDataByINN")))))));
    }

    @ParameterizedTest
    @CsvSource({"RSA", "EC"})
    void isTakenAsItWasWritten(String algorithm) throws GeneralSecurityException {
        TestCertificates.Identity identity = algorithm.equals("EC") ? TestCertificates.elliptic(NOW) : IDENTITY;
        byte[] octets = good().signed(identity.keys().getPrivate(), identity.certificate());
        assertEquals(good(), ConformanceReport.verify(octets, identity.certificate(), BANK, RULES, NOW));
    }

    @Test
    void saysByWhichProtocolEverythingWasShown() throws GeneralSecurityException {
        ConformanceReport shown = good();
        ConformanceReport byRest = new ConformanceReport(BANK, MessageProtocol.REST, shown.harness(), shown.endpoint(), shown.startedAt(), shown.finishedAt(), shown.services(), shown.results());
        ConformanceReport taken = ConformanceReport.verify(signed(byRest), IDENTITY.certificate(), BANK, RULES, NOW);
        assertEquals(byRest, taken);
        assertEquals(MessageProtocol.REST, taken.protocol());
    }

    @Test
    void isNotTakenUnderAnotherCertificate() throws GeneralSecurityException {
        TestCertificates.Identity other = TestCertificates.rsa(NOW);
        isRefused(ConformanceRefusal.REPORT_SIGNATURE_WRONG, "signature", good().signed(other.keys().getPrivate(), other.certificate()));
        // The right certificate beside another key's signature.
        isRefused(ConformanceRefusal.REPORT_SIGNATURE_WRONG, "signature", good().signed(other.keys().getPrivate(), IDENTITY.certificate()));
    }

    @Test
    void isNotTakenWithAnyOctetOfItChanged() throws GeneralSecurityException {
        byte[] genuine = signed(good());
        String json = new String(genuine, StandardCharsets.ISO_8859_1);
        int begin = json.indexOf("{\"catalogue\"");
        for (int place = begin; place < begin + good().format().length(); place += 101) {
            byte[] altered = genuine.clone();
            altered[place] ^= 1;
            isRefused(ConformanceRefusal.REPORT_SIGNATURE_WRONG, "signature", altered);
        }
        // Who signed stands at the end; a type that is another one there is found late by the library.
        for (int place = 0; place < genuine.length; place += place < genuine.length - 700 ? 13 : 1) {
            byte[] altered = genuine.clone();
            altered[place] ^= 0x10;
            // The certificate that is sent along is nobody's business: a change in it may go unnoticed, and changes no report.
            try {
                assertEquals(good(), ConformanceReport.verify(altered, IDENTITY.certificate(), BANK, RULES, NOW));
            } catch (Refusal refused) {
                assertEquals(ConformanceRefusal.class, refused.code().getDeclaringClass());
            }
        }
    }

    /** An elliptic curve's signature is a structure by itself, and stands at the end. */
    @ParameterizedTest
    @CsvSource({"RSA", "EC"})
    void isAnsweredWhateverBitOfItsEndIsChanged(String algorithm) throws GeneralSecurityException {
        TestCertificates.Identity identity = algorithm.equals("EC") ? TestCertificates.elliptic(NOW) : IDENTITY;
        byte[] genuine = good().signed(identity.keys().getPrivate(), identity.certificate());
        for (int bit = (genuine.length - 400) * 8; bit < genuine.length * 8; bit += bit > genuine.length * 8 - 640 ? 1 : 3) {
            byte[] altered = genuine.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertEquals(good(), ConformanceReport.verify(altered, identity.certificate(), BANK, RULES, NOW));
            } catch (Refusal refused) {
                assertEquals(ConformanceRefusal.class, refused.code().getDeclaringClass());
            }
        }
    }

    @Test
    void whatIsNoSignedDataIsRefusedInWords() throws GeneralSecurityException {
        isRefused(ConformanceRefusal.REPORT_UNREADABLE, "signature", new byte[0]);
        isRefused(ConformanceRefusal.REPORT_UNREADABLE, "signature", good().format().getBytes(StandardCharsets.UTF_8));
        byte[] genuine = signed(good());
        isRefused(ConformanceRefusal.REPORT_UNREADABLE, "signature", Arrays.copyOf(genuine, genuine.length - 1));
        isRefused(ConformanceRefusal.REPORT_UNREADABLE, "signature", Arrays.copyOf(genuine, genuine.length + 1));
        isRefused(ConformanceRefusal.REPORT_UNREADABLE, "report", new byte[ConformanceReport.LENGTH_MAX + 1]);
    }

    /** Without signed attributes, what was signed as something else could be shown as a report. */
    @Test
    void aSignatureOverTheBareContentIsRefused() throws Exception {
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build()).setDirectSignature(true)
                .build(new JcaContentSignerBuilder("SHA256withRSA").build(IDENTITY.keys().getPrivate()), IDENTITY.certificate()));
        isRefused(ConformanceRefusal.REPORT_SIGNATURE_WRONG, "signature",
                generator.generate(new CMSProcessableByteArray(good().format().getBytes(StandardCharsets.UTF_8)), true).getEncoded("DER"));
    }

    @Test
    void sha1IsRefused() throws Exception {
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                .build(new JcaContentSignerBuilder("SHA1withRSA").build(IDENTITY.keys().getPrivate()), IDENTITY.certificate()));
        isRefused(ConformanceRefusal.REPORT_SIGNATURE_WRONG, "signature",
                generator.generate(new CMSProcessableByteArray(good().format().getBytes(StandardCharsets.UTF_8)), true).getEncoded("DER"));
    }

    @Test
    void isNotTakenForAnotherSubsystem() throws GeneralSecurityException {
        byte[] octets = signed(good());
        Refusal refusal = assertThrows(Refusal.class, () -> ConformanceReport.verify(octets, IDENTITY.certificate(), BANK + "-2", RULES, NOW));
        assertEquals(ConformanceRefusal.REPORT_OF_ANOTHER_SUBSYSTEM, refusal.code());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "REPORT_VERSION_UNKNOWN|format|kopuro-conformance/2|kopuro-conformance/1",
        "REPORT_VERSION_UNKNOWN|format|\"catalogue\":1|\"catalogue\":2",
        "REPORT_UNREADABLE|report|\"catalogue\":1|\"catalogue\": 1",
        "REPORT_UNREADABLE|report|\"catalogue\":1|\"catalogue\":1,\"cause\":\"\"",
        "REPORT_UNREADABLE|scenarios|CONF-07|CONF-77",
        "REPORT_UNREADABLE|protocol|\"SOAP\"|\"FTP\"",
        "REPORT_UNREADABLE|protocol|,\"protocol\":\"SOAP\"|''",
        "REPORT_UNREADABLE|verdict|\"PASSED\"|\"WAIVED\"",
        "REPORT_UNREADABLE|startedAt|2026-03-02T09:05:00Z|yesterday",
        "REPORT_UNREADABLE|services|[\"tpDataByINN\"]|\"tpDataByINN\"",
        "REPORT_UNREADABLE|messageId|\"id of tpDataByINN\"|17"})
    void isNotTakenInAnotherForm(ConformanceRefusal code, String field, String written, String instead) throws GeneralSecurityException {
        String changed = good().format().replace(written, instead);
        assertEquals(false, changed.equals(good().format()), "the sample has no " + written);
        isRefused(code, field, signed(changed));
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void everyScenarioMustBeThereAndPassed(Scenario scenario) throws GeneralSecurityException {
        String field = "scenarios." + scenario.id();
        isRefused(ConformanceRefusal.SCENARIO_MISSING, field, results -> results.stream().filter(result -> result.scenario() != scenario).toList());
        for (Verdict verdict : List.of(Verdict.FAILED, Verdict.NOT_APPLICABLE)) {
            isRefused(ConformanceRefusal.SCENARIO_NOT_PASSED, field, results -> results.stream()
                    .map(result -> result.scenario() == scenario ? new ScenarioResult(scenario, verdict, result.observations(), result.calls()) : result).toList());
        }
    }

    @Test
    void aScenarioPassedOnceAndFailedOnceIsNotPassed() throws GeneralSecurityException {
        isRefused(ConformanceRefusal.REPORT_UNREADABLE, "scenarios", results -> {
            results.add(new ScenarioResult(Scenario.GIVES_UP, Verdict.PASSED, List.of(), List.of()));
            return results;
        });
        isRefused(ConformanceRefusal.SCENARIO_NOT_PASSED, "scenarios.CONF-14", results -> {
            results.removeIf(result -> result.scenario() == Scenario.WAITS_AND_ENDS);
            results.add(new ScenarioResult(Scenario.GIVES_UP, Verdict.PASSED, List.of(), List.of()));
            return results;
        });
    }

    @Test
    void tokensAreNotAskedOfAProductThatUsesNone() throws GeneralSecurityException {
        List<String> services = List.of("tpDataByINNforBusinessActivity");
        ConformanceReport report = report(NOW, services, passed(services));
        assertEquals(report, ConformanceReport.verify(signed(report), IDENTITY.certificate(), BANK, RULES, NOW));
    }

    @Test
    void aRunWithoutAnyServiceShowsNothing() throws GeneralSecurityException {
        isRefused(ConformanceRefusal.SERVICE_NOT_SHOWN, "services", signed(report(NOW.minusSeconds(600), List.of(), passed(List.of()))));
    }

    @Test
    void namesItsCertificateAmongOthers() throws GeneralSecurityException {
        TestCertificates.Identity other = TestCertificates.rsa(NOW);
        assertEquals(List.of(IDENTITY.certificate()), ConformanceReport.named(signed(good()), List.of(other.certificate(), IDENTITY.certificate())));
        assertEquals(List.of(), ConformanceReport.named(signed(good()), List.of(other.certificate())));
    }

    @Test
    void isTakenForThirtyDays() throws GeneralSecurityException {
        List<String> services = List.of("tpDataByINN");
        byte[] last = signed(report(NOW.minus(ConformanceReport.AGE_MAX), services, passed(services)));
        assertEquals(services, ConformanceReport.verify(last, IDENTITY.certificate(), BANK, RULES, NOW).services());
        isRefused(ConformanceRefusal.REPORT_TOO_OLD, "startedAt", signed(report(NOW.minus(ConformanceReport.AGE_MAX).minusMillis(1), services, passed(services))));
        isRefused(ConformanceRefusal.REPORT_TIMES_INVALID, "finishedAt", signed(report(NOW.plus(Duration.ofHours(1)), services, passed(services))));
        isRefused(ConformanceRefusal.REPORT_TIMES_INVALID, "finishedAt", signed(new ConformanceReport(BANK, MessageProtocol.SOAP, "0.1.0", "https://test.example", NOW, NOW.minusSeconds(1), services, passed(services))));
    }

    @ParameterizedTest
    @CsvSource({"taxpayerDataByInn, ANSWERED, entry", "tpDataByINN, SERVICE_NOT_COVERED, entry", "tpDataByINN, ANSWERED, ''"})
    void aServiceIsShownByAnAnswerThatTheLedgerHolds(String service, String outcome, String entry) throws GeneralSecurityException {
        isRefused(ConformanceRefusal.SERVICE_NOT_SHOWN, "services", results -> {
            results.set(0, new ScenarioResult(Scenario.SIGNED_CALLS, Verdict.PASSED, List.of(),
                    List.of(new ForwardedCall("id", service, outcome, Optional.of(entry).filter(text -> !text.isEmpty())))));
            return results;
        });
    }

    @ParameterizedTest
    @CsvSource({"id of tpDataByINN, another entry", "another id, entry of tpDataByINN"})
    void oneCallCountsOnce(String id, String entry) throws GeneralSecurityException {
        isRefused(ConformanceRefusal.MESSAGE_ID_REPEATED, "messageId", results -> {
            results.set(1, new ScenarioResult(Scenario.REFUSED_BY_TEST, Verdict.PASSED, List.of(), List.of(new ForwardedCall(id, "tpDataByINN", "TOKEN_NOT_ACCEPTED", Optional.of(entry)))));
            return results;
        });
    }
}
