package org.kopuro.consent.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.consent.forms.FormScene.Sent;
import org.kopuro.documents.DocumentRefusal;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestCertificates;
import org.kopuro.testing.TestIssuer;

/** What becomes of a form that a participant transfers: CON-90 to CON-95. */
class TransferringAFormIT {

    private static final TestIssuer TRUSTED = TestIssuer.TRUSTED;
    private final FormScene forms = new FormScene();
    private final Scene scene = forms.scene;

    @Test
    void isRegisteredWithItsFileAndTheLedgerTellsIt() {
        FormView form = forms.registered(forms.aForm());
        assertEquals(FormState.REGISTERED, form.state());
        assertEquals(List.of("2"), Rows.of("select count(*) from consent.form_event where form_id = ?", form.id().value()));
        assertEquals(List.of(form.fileSha256()), Rows.of("select encode(sha256, 'hex') from documents.document where id = ?", form.document().orElseThrow()));
        String entry = Rows.of("select content from ledger.entry where record_id = ?", form.id().value()).get(0);
        assertTrue(entry.contains("consent.form_transferred") && entry.contains(form.fileSha256()) && entry.contains(form.document().get().toString()), entry);
        assertTrue(!entry.contains(scene.inn.digits()) && !entry.contains(form.number()), entry);
        assertEquals(List.of(form), scene.application.with(Forms.class, bean -> bean.about(scene.taxpayer(), Optional.empty(), 10)));
    }

    @Test
    void theFirstCheckThatFailsIsItsResultAndNoFileIsKept() {
        Sent good = forms.aForm();
        LocalDate today = scene.today();
        assertResult(FormResult.TAXPAYER_NOT_FOUND, good.about("23002198899998", FormScene.NAME));
        assertResult(FormResult.NAME_MISMATCH, good.about(scene.inn.digits(), "Another"));
        assertResult(FormResult.SERVICE_NOT_IN_AGREEMENT, good.services(FormScene.SERVICE, "noSuchService"));
        assertResult(FormResult.SERVICE_NOT_IN_AGREEMENT, good.services("tpDataByINN"));
        assertResult(FormResult.SERVICE_NOT_IN_AGREEMENT, good.services("tpDataByINNforBusinessActivity"));
        assertResult(FormResult.FORM_VERSION_UNKNOWN, good.version("2"));
        assertResult(FormResult.EXPIRED, good.dated(today.minusDays(10), today.minusDays(1)));
        assertResult(FormResult.EXPIRED, good.dated(today.minusDays(181), null));
        assertResult(FormResult.DOCUMENT_MISSING, good.file(null));
        assertResult(FormResult.HASH_MISMATCH, good.file("<other/>".getBytes(StandardCharsets.UTF_8)));
        // The order of the checks, where several would fail.
        assertResult(FormResult.NAME_MISMATCH, good.about(scene.inn.digits(), "Another").version("2").services("noSuchService").file(null));
        assertEquals(List.of("0"), Rows.of("select count(*) from consent.form_consent where participant_id = ? and document_id is not null", scene.participant.id().value()));
        assertEquals(List.of(), scene.application.with(Forms.class, bean -> bean.about(scene.taxpayer(), Optional.empty(), 10)), "what permits nothing is not shown as permitting");
        assertEquals(FormResult.REGISTERED, forms.transfer(good).result(), "what was rejected can be put right");
    }

    @Test
    void theNameIsComparedAsPeopleWriteIt() {
        Rows.change("update registers.taxpayer set full_name = 'ОсОО «Берёзка — Юг»' where contour = 'TEST' and inn = ?", scene.inn.digits());
        assertEquals(FormResult.REGISTERED, forms.transfer(forms.aForm().about(scene.inn.digits(), "ОСОО \"Березка  - юг\"")).result());
        assertEquals(FormResult.NAME_MISMATCH, forms.transfer(forms.aForm().about(scene.inn.digits(), "ОсОО «Берёзка — Север»")).result());
    }

    @Test
    void whatNoFormCanBeIsRefusedAndLeavesNothing() {
        String before = Rows.of("select count(*) from consent.form_consent").get(0);
        assertRefused(InputRefusal.FIELD_INVALID, forms.aForm().dated(scene.today().plusDays(1), null));
        assertRefused(DocumentRefusal.DOCUMENT_XML_DTD, forms.aForm().file("<!DOCTYPE a><a/>".getBytes(StandardCharsets.UTF_8)));
        assertRefused(DocumentRefusal.DOCUMENT_EXTENSION_DIFFERS, forms.aForm().file("%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.US_ASCII)));
        Refusal foreign = assertThrows(Refusal.class, () -> new FormScene().scene.application.run(Forms.class, bean -> bean.transfer(new FormScene().scene.participant.id(), scene.subsystem.id(),
                Contour.TEST, forms.aForm().declared(), Optional.empty(), Optional.empty(), forms.system)));
        assertEquals(InputRefusal.NOT_FOUND, foreign.code());
        scene.apply(ConnectionEvent.SUSPEND);
        assertRefused(AccessRefusal.PARTICIPANT_SUSPENDED, forms.aForm());
        assertEquals(before, Rows.of("select count(*) from consent.form_consent").get(0));
    }

    @Test
    void endsAsItSaysButNeverBeyondTheCeilingOfItsServices() {
        LocalDate today = scene.today();
        assertEquals(end(today.plusDays(5)), forms.registered(forms.aForm().dated(today, today.plusDays(5))).expiresAt());
        assertEquals(end(today.plusDays(180)), forms.registered(forms.aForm().dated(today, today.plusDays(1000))).expiresAt());
        assertEquals(end(today.plusDays(170)), forms.registered(forms.aForm().dated(today.minusDays(10), null)).expiresAt(), "it counts from the signature");
        assertEquals(end(today.plusDays(365)), forms.registered(forms.aForm().services("taxpayerDataByInn")).expiresAt());
    }

    private static Optional<Instant> end(LocalDate lastDay) {
        return Optional.of(lastDay.plusDays(1).atStartOfDay(Installation.ZONE).toInstant());
    }

    @Test
    void sentTwiceIsOneConsentWithOneAnswer() {
        Sent sent = forms.aForm();
        FormView first = forms.registered(sent);
        assertEquals(first, forms.registered(sent));
        assertEquals(FormResult.ALREADY_REGISTERED, forms.transfer(forms.aForm().number(sent.number())).result(), "the number is another's");
        TransferResult sameFile = forms.transfer(sent.number("another"));
        assertEquals(FormResult.ALREADY_REGISTERED, sameFile.result());
        assertEquals(first.id(), sameFile.form().id());
        Sent wrong = forms.aForm().version("2");
        assertEquals(forms.transfer(wrong), forms.transfer(wrong));
        assertEquals(List.of("1", "1"), Rows.of("select count(*) from consent.form_consent where participant_id = ? group by result", scene.participant.id().value()));
        assertEquals(List.of("2"), Rows.of("select count(*) from ledger.entry where record_id in (select id from consent.form_consent where participant_id = ?)", scene.participant.id().value()));
        // A withdrawn one does not come back by being sent again.
        scene.application.run(Forms.class, bean -> bean.withdraw(scene.taxpayer(), first.id(), Scene.TAXPAYER));
        assertEquals(FormState.WITHDRAWN, forms.registered(sent).state());
    }

    @Test
    void sentByTwoNodesAtOnceIsOneConsent() throws Exception {
        Sent sent = forms.aForm();
        ExecutorService node = Executors.newSingleThreadExecutor();
        try {
            TestApplication.Open<TransferResult> first = forms.begin(sent);
            Future<FormId> second = node.submit(() -> forms.registered(sent).id());
            try {
                assertThrows(TimeoutException.class, () -> second.get(500, TimeUnit.MILLISECONDS));
            } finally {
                first.commit();
            }
            assertEquals(first.result().form().id(), second.get(10, TimeUnit.SECONDS));
        } finally {
            node.shutdown();
        }
    }

    @Test
    void anElectronicSignatureOfTheTaxpayerCountsBesideTheFileAndAroundIt() {
        for (String subject : List.of("SERIALNUMBER=" + scene.inn.digits() + ",CN=A", "2.5.4.97=NTRKG-" + scene.inn.digits() + ",CN=A", "SERIALNUMBER=PNOKG-" + scene.inn.digits())) {
            TestCertificates.Identity signer = TRUSTED.issue(subject);
            Sent sent = forms.aForm();
            FormView beside = forms.registered(sent.detached(TestIssuer.cms(sent.file(), false, signer)));
            FormView around = forms.registered(forms.aForm().embedded(TestIssuer.cms(forms.aForm().file(), true, signer)));
            assertTrue(beside.signature().isPresent() && around.signature().isEmpty());
            assertEquals(List.of(FormScene.sha256(signer.der())), Rows.of("select encode(signer_thumbprint, 'hex') from consent.form_consent where id = ?", beside.id().value()));
            assertEquals(List.of("application/cms"), Rows.of("select media_type from documents.document where id = ?", around.document().orElseThrow()));
        }
    }

    @Test
    void aRepresentativeSignsWhereOneIsDeclared() {
        Inn inn = new Inn("10101198012345");
        Sent sent = forms.aForm();
        byte[] cms = TestIssuer.cms(sent.file(), false, TRUSTED.issue("SERIALNUMBER=" + inn.digits() + ",CN=R"));
        assertProblem(SignatureProblem.SIGNER_NOT_THE_TAXPAYER, sent.detached(cms));
        FormView form = forms.registered(sent.by(new Representative(inn, "R", "Power of attorney 1")).detached(cms));
        assertEquals("Power of attorney 1", form.representative().orElseThrow().ground());
    }

    @Test
    void aSignatureThatDoesNotCountIsToldWhy() {
        String subject = "SERIALNUMBER=" + scene.inn.digits() + ",CN=A";
        TestCertificates.Identity signer = TRUSTED.issue(subject);
        Sent sent = forms.aForm();
        byte[] right = TestIssuer.cms(sent.file(), false, signer);
        assertProblem(SignatureProblem.SIGNATURE_MISSING, sent.detached(null));
        assertProblem(SignatureProblem.SIGNERS_SEVERAL, sent.detached(TestIssuer.cms(sent.file(), false, signer, signer)));
        assertProblem(SignatureProblem.ALGORITHM_FORBIDDEN, sent.detached(TestIssuer.cms(sent.file(), false, "SHA1withECDSA", signer)));
        assertProblem(SignatureProblem.SIGNATURE_WRONG, sent.detached(TestIssuer.cms("<other/>".getBytes(StandardCharsets.UTF_8), false, signer)));
        byte[] altered = right.clone();
        altered[altered.length - 1] ^= 1;
        assertProblem(SignatureProblem.SIGNATURE_WRONG, sent.detached(altered));
        assertProblem(SignatureProblem.SIGNER_NOT_THE_TAXPAYER, sent.detached(TestIssuer.cms(sent.file(), false, TRUSTED.issue("SERIALNUMBER=" + "1" + scene.inn.digits() + ",CN=A"))));
        assertProblem(SignatureProblem.SIGNER_NOT_THE_TAXPAYER, sent.detached(TestIssuer.cms(sent.file(), false, TRUSTED.issue("CN=" + scene.inn.digits()))));
        assertProblem(SignatureProblem.SIGNER_CERTIFICATE_NOT_TRUSTED, sent.detached(TestIssuer.cms(sent.file(), false, new TestIssuer("CN=Stranger").issue(subject))));
        // The trusted issuer's name alone is nothing.
        assertProblem(SignatureProblem.SIGNER_CERTIFICATE_NOT_TRUSTED, sent.detached(TestIssuer.cms(sent.file(), false, new TestIssuer("CN=Trusted in tests,C=KG").issue(subject))));
        assertProblem(SignatureProblem.SIGNER_CERTIFICATE_EXPIRED, sent.detached(TestIssuer.cms(sent.file(), false,
                TRUSTED.issue(subject, "SHA256withECDSA", Scene.NOON.minusSeconds(100), Scene.NOON.minusSeconds(1), KeyUsage.nonRepudiation))));
        assertProblem(SignatureProblem.SIGNER_CERTIFICATE_EXPIRED, sent.detached(TestIssuer.cms(sent.file(), false,
                TRUSTED.issue(subject, "SHA256withECDSA", Scene.NOON.plusSeconds(1), Scene.NOON.plusSeconds(100), KeyUsage.nonRepudiation))));
        assertProblem(SignatureProblem.SIGNER_CERTIFICATE_NOT_FOR_SIGNING, sent.detached(TestIssuer.cms(sent.file(), false,
                TRUSTED.issue(subject, "SHA256withECDSA", Scene.NOON.minusSeconds(100), Scene.NOON.plusSeconds(100), KeyUsage.keyEncipherment))));
        SignatureProblem weak = forms.transfer(sent.detached(TestIssuer.cms(sent.file(), false,
                TRUSTED.issue(subject, "SHA1withECDSA", Scene.NOON.minusSeconds(100), Scene.NOON.plusSeconds(100), KeyUsage.nonRepudiation)))).problem().orElseThrow();
        assertTrue(Set.of(SignatureProblem.ALGORITHM_FORBIDDEN, SignatureProblem.SIGNER_CERTIFICATE_NOT_TRUSTED).contains(weak), weak.name());
        TestCertificates.Identity revoked = TRUSTED.issue(subject);
        TRUSTED.revoke(revoked);
        assertProblem(SignatureProblem.SIGNER_CERTIFICATE_REVOKED, sent.detached(TestIssuer.cms(sent.file(), false, revoked)));
        assertEquals(FormResult.REGISTERED, forms.transfer(sent.detached(right)).result(), "the file is as good as it was");
    }

    @Test
    void whatSaysItIsSignedInsideMustBe() {
        Sent sent = forms.aForm();
        byte[] around = TestIssuer.cms(sent.file(), true, TRUSTED.issue("SERIALNUMBER=" + scene.inn.digits()));
        byte[] altered = around.clone();
        int at = new String(around, StandardCharsets.ISO_8859_1).indexOf("urn:example");
        altered[at] = 'U';
        assertProblem(SignatureProblem.SIGNATURE_WRONG, sent.embedded(altered));
        assertEquals(DocumentRefusal.DOCUMENT_EXTENSION_DIFFERS, assertThrows(Refusal.class, () -> forms.transfer(sent.embedded(sent.file()))).code());
        assertEquals(InputRefusal.FIELD_INVALID, assertThrows(Refusal.class, () -> forms.transfer(new Sent(sent.number(), sent.inn(), sent.name(), sent.representative(), sent.services(),
                sent.signedOn(), sent.lastDay(), sent.version(), Signing.HANDWRITTEN, sent.file(), Optional.of(TestIssuer.cms(sent.file(), false, TRUSTED.issue("CN=A"))),
                sent.declaredSha256()))).code(), "signed by hand, and a signature came");
    }

    @Test
    void everyResultIsToldInEveryLanguage() {
        for (Language language : Language.values()) {
            Set<String> sentences = Arrays.stream(FormResult.values()).map(result -> new TransferResult(result, Optional.empty(), null).sentence(language)).collect(Collectors.toSet());
            assertEquals(FormResult.values().length, sentences.size());
            TransferResult invalid = new TransferResult(FormResult.SIGNATURE_INVALID, Optional.of(SignatureProblem.ALGORITHM_FORBIDDEN), null);
            assertTrue(invalid.sentence(language).contains("SHA-1") && invalid.whatToDo(language).contains("SHA-256"));
        }
    }

    /** In PRODUCTION the agreement says which services and which wordings. */
    @Test
    void inProductionTheAgreementDecides() {
        FormScene production = new FormScene(Contour.PRODUCTION);
        assertEquals(FormResult.REGISTERED, production.transfer(production.aForm()).result());
        assertEquals(FormResult.FORM_VERSION_UNKNOWN, production.transfer(production.aForm().version("2")).result());
        Refusal twice = assertThrows(Refusal.class, () -> name(production, Scene.PROCEDURE, FormScene.VERSION));
        assertEquals(FormRefusal.FORM_VERSION_NAMED_ALREADY, twice.code());
        assertEquals(FormRefusal.NO_AGREEMENT_IN_FORCE, assertThrows(Refusal.class, () -> name(production, "RU-1221", "3")).code());
        FormVersionView named = production.scene.application.with(FormVersions.class, versions -> versions.of(production.scene.participant.id(), Contour.PRODUCTION)).get(0);
        assertNotEquals(Optional.empty(), named.agreement());
        assertEquals("0".repeat(64), named.sha256().get(Language.EN));
    }

    private static void name(FormScene forms, String procedure, String version) {
        forms.scene.application.run(FormVersions.class, versions -> versions.name(forms.scene.participant.id(), forms.scene.contour, Optional.of(procedure), version,
                Map.of(Language.RU, "0".repeat(64)), Scene.OFFICIAL));
    }

    private void assertResult(FormResult expected, Sent sent) {
        TransferResult result = forms.transfer(sent);
        assertEquals(expected, result.result());
        assertEquals(FormState.REJECTED, result.form().state());
    }

    private void assertProblem(SignatureProblem expected, Sent sent) {
        TransferResult result = forms.transfer(sent);
        assertEquals("SIGNATURE_INVALID " + expected, result.result() + result.problem().map(problem -> " " + problem).orElse(""));
    }

    private void assertRefused(RefusalCode expected, Sent sent) {
        assertEquals(expected, assertThrows(Refusal.class, () -> forms.transfer(sent)).code());
    }
}
