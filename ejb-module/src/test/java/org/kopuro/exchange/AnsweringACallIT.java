package org.kopuro.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.AccessRightEvent;
import org.kopuro.access.AccessRightView;
import org.kopuro.access.AccessRights;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.consent.ConsentRefusal;
import org.kopuro.consent.IssuedToken;
import org.kopuro.consent.Tokens;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.InnRefusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.participants.CertificateEvent;
import org.kopuro.participants.Participants;
import org.kopuro.participants.SubsystemView;
import org.kopuro.registers.RegisterRows;
import org.kopuro.registers.TaxpayerView;
import org.kopuro.taxservices.TaxRefusal;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** A participant with every right and a taxpayer's token; each test takes one thing away. */
class AnsweringACallIT {

    private Scene scene;

    @BeforeEach
    void everythingIsInOrder() {
        scene = new Scene();
    }

    @Test
    void disclosesAndLogsTheUseInTheSameTransaction() {
        IssuedToken token = scene.token();
        Call call = scene.call("tpDataByINN", token.text());
        Answer<TaxpayerView> answer = ask(call, scene.inn.digits());
        assertEquals(scene.inn, assertInstanceOf(Answer.Disclosed.class, answer).value() instanceof TaxpayerView view ? view.inn() : null);
        assertEquals(List.of("tpDataByINN|TOKEN|" + token.token().id().value() + "|" + scene.inn.digits() + "|DISCLOSED|1|" + call.messageId()
                + "|KG" + scene.inn.digits() + "|case 1|TEST"), Rows.of("""
                select concat_ws('|', service_code, consent_kind, consent_id, taxpayer_inn, outcome, records, message_id, user_id, issue, contour)
                  from consent.usage where occurrence = ?""", answer.occurrence()));
    }

    @Test
    void refusesTheSameSignedContentTwice() {
        Call call = scene.call("tpDataByINN", scene.token().text());
        assertInstanceOf(Answer.Disclosed.class, ask(call, scene.inn.digits()));
        assertRefused(IdentityRefusal.MESSAGE_REPLAYED, ask(call, scene.inn.digits()));
    }

    @Test
    void acceptsTheSameMessageIdTwice() {
        Call first = scene.call("tpDataByINN", scene.token().text());
        Call second = new Call(first.client(), first.service(), first.messageId(), first.userId(), first.issue(), first.consentToken(),
                Credential.signature(first.credential().thumbprint(), Scene.freshDigest()), "127.0.0.1");
        assertInstanceOf(Answer.Disclosed.class, ask(first, scene.inn.digits()));
        assertInstanceOf(Answer.Disclosed.class, ask(second, scene.inn.digits()));
    }

    @Test
    void refusesACertificateThatNobodyRegistered() {
        Call call = signedBy(Scene.freshDigest());
        Answer<TaxpayerView> answer = ask(call, scene.inn.digits());
        assertRefused(IdentityRefusal.CERTIFICATE_UNKNOWN, answer);
        assertEquals(List.of("CERTIFICATE_UNKNOWN|" + scene.client()),
                Rows.of("select code || '|' || claimed_client from exchange.security_event where occurrence = ?", answer.occurrence()));
    }

    @Test
    void letsNoStrangersCertificateFillTheReplayTable() {
        Call call = signedBy(Scene.freshDigest());
        ask(call, scene.inn.digits());
        assertEquals(List.of("0"), Rows.of("select count(*) from exchange.replay where signed_digest = ?", (Object) call.credential().signedDigest().orElseThrow()));
    }

    @Test
    void refusesAnotherParticipantsValidCertificate() {
        Scene other = new Scene();
        assertRefused(IdentityRefusal.CERTIFICATE_OF_ANOTHER_SUBSYSTEM, ask(signedBy(Scene.thumbprint(other.certificate)), scene.inn.digits()));
    }

    @Test
    void refusesTheCertificateOfAnotherSubsystemOfTheSameParticipant() {
        SubsystemView other = scene.addSubsystem("other");
        assertRefused(IdentityRefusal.CERTIFICATE_OF_ANOTHER_SUBSYSTEM,
                ask(signedBy(Scene.thumbprint(scene.addCertificate(other, Contour.TEST))), scene.inn.digits()));
    }

    @Test
    void refusesABlockedCertificateAndAcceptsItAgainWhenUnblocked() {
        IssuedToken token = scene.token();
        apply(CertificateEvent.BLOCK);
        assertRefused(IdentityRefusal.CERTIFICATE_BLOCKED, ask(scene.call("tpDataByINN", token.text()), scene.inn.digits()));
        apply(CertificateEvent.UNBLOCK);
        assertInstanceOf(Answer.Disclosed.class, ask(scene.call("tpDataByINN", token.text()), scene.inn.digits()));
    }

    @Test
    void refusesACertificateBeforeAndAfterItsTime() {
        scene.application.clock().advance(Duration.ofDays(500));
        assertRefused(IdentityRefusal.CERTIFICATE_EXPIRED, ask(scene.call("tpDataByINN", null), scene.inn.digits()));
        scene.application.clock().advance(Duration.ofDays(-510));
        assertRefused(IdentityRefusal.CERTIFICATE_NOT_YET_VALID, ask(scene.call("tpDataByINN", null), scene.inn.digits()));
    }

    @Test
    void refusesAMemberOrSubsystemThatIsNotRegistered() {
        Call call = scene.call("tpDataByINN", null);
        for (XRoadClient client : List.of(
                new XRoadClient("central-server", "COM", "unknown", "app"),
                new XRoadClient("central-server", "COM", scene.client().memberCode(), "unknown"),
                new XRoadClient("central-server", "COM", scene.client().memberCode(), ""),
                new XRoadClient("central-server", "GOV", scene.client().memberCode(), "app"),
                new XRoadClient("CENTRAL-SERVER", "COM", scene.client().memberCode(), "app"))) {
            assertRefused(IdentityRefusal.MEMBER_UNKNOWN, ask(new Call(client, call.service(), "1", Optional.empty(), Optional.empty(), Optional.empty(),
                    Credential.signature(call.credential().thumbprint(), Scene.freshDigest()), "127.0.0.1"), scene.inn.digits()));
        }
    }

    @Test
    void answersTheMemberItselfWhenItIsRegisteredAsACaller() {
        SubsystemView member = scene.addSubsystem("");
        scene.grant(member, "tpDataByINNforBusinessActivity", scene.today(), null);
        Call call = new Call(new XRoadClient("central-server", "COM", scene.client().memberCode(), ""), Scene.service("tpDataByINNforBusinessActivity"), "1",
                Optional.empty(), Optional.empty(), Optional.empty(),
                Credential.signature(Scene.thumbprint(scene.addCertificate(member, Contour.TEST)), Scene.freshDigest()), "127.0.0.1");
        assertInstanceOf(Answer.Disclosed.class, scene.application.with(TaxServices.class, services ->
                services.tpDataByINNforBusinessActivity(call, scene.inn.digits())));
    }

    @Test
    void refusesASuspendedParticipantAndAnswersItAgainWhenRestored() {
        IssuedToken token = scene.token();
        scene.apply(ConnectionEvent.SUSPEND);
        assertRefused(AccessRefusal.PARTICIPANT_SUSPENDED, ask(scene.call("tpDataByINN", token.text()), scene.inn.digits()));
        scene.apply(ConnectionEvent.RESTORE);
        assertInstanceOf(Answer.Disclosed.class, ask(scene.call("tpDataByINN", token.text()), scene.inn.digits()));
    }

    @Test
    void endsRightsAndTokensForGoodWithTheConnection() {
        IssuedToken token = scene.token();
        scene.apply(ConnectionEvent.DISCONNECT);
        assertRefused(AccessRefusal.PARTICIPANT_DISCONNECTED, ask(scene.call("tpDataByINN", token.text()), scene.inn.digits()));
        scene.connect(Contour.TEST, Scene.PROCEDURE);
        assertRefused(IdentityRefusal.CERTIFICATE_BLOCKED, ask(scene.call("tpDataByINN", token.text()), scene.inn.digits()));
        byte[] anew = Scene.thumbprint(scene.addCertificate(scene.subsystem, Contour.TEST));
        assertMissing("subsystem", ask(signedBy(anew, token.text()), scene.inn.digits()));
        scene.grant(scene.subsystem, "tpDataByINN", scene.today(), null);
        assertRefused(ConsentRefusal.CONSENT_REVOKED, ask(signedBy(anew, token.text()), scene.inn.digits()));
        assertEquals(List.of("PARTICIPANT_DISCONNECTED"), Rows.of("select cause from consent.token where id = ?", token.token().id().value()));
    }

    @Test
    void saysWhichPartOfTheRightIsMissing() {
        Scene fresh = new Scene(Contour.TEST, scene.application);
        SubsystemView bare = fresh.addSubsystem("bare");
        Call call = fresh.call("tpDataByINN", null);
        Call bareCall = new Call(new XRoadClient("central-server", "COM", fresh.client().memberCode(), "bare"), call.service(), "1", Optional.empty(),
                Optional.empty(), Optional.empty(), Credential.signature(Scene.thumbprint(fresh.addCertificate(bare, Contour.TEST)), Scene.freshDigest()), "x");
        assertMissing("subsystem", ask(bareCall, fresh.inn.digits()));
        fresh.grant(bare, "headcount", fresh.today(), null);
        assertMissing("service", ask(again(bareCall), fresh.inn.digits()));
        fresh.grant(bare, "tpDataByINN", fresh.today().plusDays(1), fresh.today().plusDays(2));
        assertMissing("period", ask(again(bareCall), fresh.inn.digits()));
        fresh.application.clock().advance(Duration.ofDays(1));
        assertRefused(ConsentRefusal.CONSENT_REQUIRED, ask(again(bareCall), fresh.inn.digits()));
        fresh.application.clock().advance(Duration.ofDays(2));
        assertMissing("period", ask(again(bareCall), fresh.inn.digits()));
    }

    @Test
    void saysThatTheContourIsMissingWhenTheRightIsForTheOther() {
        // The same participant, connected to both contours, has the right in TEST and a certificate in PRODUCTION.
        scene.agree(Scene.SERVICES);
        scene.connect(Contour.PRODUCTION, Scene.PROCEDURE);
        Call call = signedBy(Scene.thumbprint(scene.addCertificate(scene.subsystem, Contour.PRODUCTION)));
        assertMissing("contour", ask(call, scene.inn.digits()));
    }

    @Test
    void refusesARevokedRight() {
        AccessRightView right = scene.application.with(AccessRights.class, rights -> rights.of(scene.subsystem.id(), Contour.TEST)).stream()
                .filter(each -> each.serviceCode().equals("tpDataByINN")).findFirst().orElseThrow();
        scene.application.run(AccessRights.class, rights -> rights.apply(AccessRightEvent.REVOKE, right.id(), Contour.TEST, "in a test", Scene.OFFICIAL));
        assertMissing("service", ask(scene.call("tpDataByINN", scene.token(scene.subsystem, Set.of("headcount"), scene.today()).text()), scene.inn.digits()));
    }

    @Test
    void refusesAnotherProviderAnUnknownServiceAndAnUnknownVersion() {
        Call call = scene.call("tpDataByINN", null);
        assertRefused(IdentityRefusal.PROVIDER_UNKNOWN, ask(to(call, new ServiceAddress("central-server", "GOV", "70000009", Optional.empty(), "tpDataByINN", Optional.empty())), "x"));
        assertRefused(AccessRefusal.SERVICE_UNKNOWN, ask(to(call, new ServiceAddress("central-server", "GOV", "70000002", Optional.of("kkm"), "tpDataByINN", Optional.empty())), "x"));
        assertRefused(AccessRefusal.SERVICE_UNKNOWN, ask(to(call, Scene.service("noSuchService")), "x"));
        assertRefused(AccessRefusal.SERVICE_UNKNOWN, ask(to(call, new ServiceAddress("central-server", "GOV", "70000002", Optional.empty(), "tpDataByINN", Optional.of("v2"))), "x"));
    }

    @Test
    void answersWithoutSubsystemAndVersionOfTheService() {
        Call call = to(scene.call("tpDataByINN", scene.token().text()), new ServiceAddress("central-server", "GOV", "70000002", Optional.empty(), "tpDataByINN", Optional.empty()));
        assertInstanceOf(Answer.Disclosed.class, ask(call, scene.inn.digits()));
    }

    @Test
    void refusesAMalformedInnBeforeLookingAtTheToken() {
        assertRefused(InnRefusal.INN_LENGTH, ask(scene.call("tpDataByINN", "no token"), "123"));
    }

    @Test
    void needsConsentForATaxSecret() {
        assertRefused(ConsentRefusal.CONSENT_REQUIRED, ask(scene.call("tpDataByINN", null), scene.inn.digits()));
    }

    @Test
    void saysThatATokenIsMistypedBeforeAnyLookUp() {
        String mistyped = scene.token().text().replace('0', '9').replace('A', 'B');
        assertRefused(ConsentRefusal.TOKEN_MALFORMED, ask(scene.call("tpDataByINN", mistyped + "0"), scene.inn.digits()));
    }

    @Test
    void answersEveryStrangerAndEveryUnknownTokenAlike() {
        Scene foreign = new Scene();
        Scene production = new Scene(Contour.PRODUCTION);
        for (String token : List.of("GNS1T-008J4-CT4AN-K7F24-SNAXW-SQFEZ-YM", "GNS1P-008J4-CT4AN-K7F24-SNAXW-SQFEZ-JA", foreign.token().text(), production.token().text())) {
            Answer.Refused<?> refused = assertRefused(ConsentRefusal.TOKEN_NOT_ACCEPTED, ask(scene.call("tpDataByINN", token), scene.inn.digits()));
            assertTrue(refused.consentId().isEmpty() && refused.since().isEmpty());
        }
    }

    @Test
    void laysACallWithAnUnknownTokenToNoTaxpayersAccount() {
        Answer<TaxpayerView> answer = ask(scene.call("tpDataByINN", "GNS1T-008J4-CT4AN-K7F24-SNAXW-SQFEZ-YM"), scene.inn.digits());
        assertEquals(List.of("|TOKEN_NOT_ACCEPTED"), Rows.of("select coalesce(taxpayer_inn, '') || '|' || outcome from consent.usage where occurrence = ?", answer.occurrence()));
        assertEquals(List.of("TOKEN_NOT_ACCEPTED"), Rows.of("select code from exchange.security_event where occurrence = ?", answer.occurrence()));
    }

    @Test
    void laysAReplayedMessageToNobodysAccount() {
        Call call = scene.call("tpDataByINN", scene.token().text());
        ask(call, scene.inn.digits());
        Answer<TaxpayerView> replay = ask(call, scene.inn.digits());
        assertEquals(List.of("0"), Rows.of("select count(*) from consent.usage where occurrence = ?", replay.occurrence()));
        assertEquals(List.of("MESSAGE_REPLAYED"), Rows.of("select code from exchange.security_event where occurrence = ?", replay.occurrence()));
    }

    @Test
    void keepsNoTokenThatACallerWroteIntoAnotherField() {
        String token = scene.token().text();
        Call call = scene.call("tpDataByINN", token);
        Answer<TaxpayerView> answer = ask(new Call(call.client(), call.service(), token, Optional.of(token.toLowerCase(java.util.Locale.ROOT)), Optional.of("see " + token),
                call.consentToken(), call.credential(), call.remoteAddress()), scene.inn.digits());
        String last = token.replace("-", "").substring(28);
        assertEquals(List.of("token …" + last + "|token …" + last.toLowerCase(java.util.Locale.ROOT) + "|see token …" + last),
                Rows.of("select message_id || '|' || user_id || '|' || issue from consent.usage where occurrence = ?", answer.occurrence()));
    }

    @Test
    void showsTheTaxpayerThatAStrangerPresentedTheToken() {
        Scene foreign = new Scene();
        Answer<TaxpayerView> answer = ask(scene.call("tpDataByINN", foreign.token().text()), scene.inn.digits());
        assertEquals(List.of(foreign.inn.digits() + "|TOKEN_NOT_ACCEPTED"),
                Rows.of("select taxpayer_inn || '|' || outcome from consent.usage where occurrence = ?", answer.occurrence()));
    }

    @Test
    void refusesATokenOfAnotherSubsystemOfTheSameParticipantWithoutItsState() {
        SubsystemView other = scene.addSubsystem("other");
        scene.grant(other, "tpDataByINN", scene.today(), null);
        IssuedToken token = scene.token(other, Set.of("tpDataByINN"), scene.today());
        Answer.Refused<?> refused = assertRefused(ConsentRefusal.SUBSYSTEM_MISMATCH, ask(scene.call("tpDataByINN", token.text()), scene.inn.digits()));
        assertTrue(refused.consentId().isEmpty());
    }

    @Test
    void refusesAServiceThatTheTaxpayerDidNotList() {
        IssuedToken token = scene.token(scene.subsystem, Set.of("headcount"), scene.today());
        assertRefused(ConsentRefusal.SERVICE_NOT_COVERED, ask(scene.call("tpDataByINN", token.text()), scene.inn.digits()));
    }

    @Test
    void refusesAnotherPersonsInn() {
        Scene other = new Scene();
        Answer.Refused<?> refused = assertRefused(ConsentRefusal.SUBJECT_MISMATCH, ask(scene.call("tpDataByINN", scene.token().text()), other.inn.digits()));
        assertEquals("inn", refused.refusal().field());
        assertTrue(refused.consentId().isPresent());
    }

    @Test
    void stopsAtOnceWhenTheTaxpayerDeactivates() {
        IssuedToken token = scene.token();
        assertInstanceOf(Answer.Disclosed.class, ask(scene.call("tpDataByINN", token.text()), scene.inn.digits()));
        scene.application.run(Tokens.class, tokens -> tokens.deactivate(scene.taxpayer(), token.token().id(), Scene.TAXPAYER));
        Answer.Refused<?> refused = assertRefused(ConsentRefusal.CONSENT_REVOKED, ask(scene.call("tpDataByINN", token.text()), scene.inn.digits()));
        assertEquals(Optional.of(token.token().id().value()), refused.consentId());
        assertEquals(Optional.of(Scene.NOON), refused.since());
    }

    @Test
    void expiresAtTheEndOfTheChosenDayInBishkek() {
        IssuedToken token = scene.token(scene.subsystem, Set.of("tpDataByINN"), scene.today());
        scene.application.clock().set(token.token().expiresAt().minusMillis(1));
        assertInstanceOf(Answer.Disclosed.class, ask(scene.call("tpDataByINN", token.text()), scene.inn.digits()));
        scene.application.clock().set(token.token().expiresAt());
        assertEquals(Optional.of(token.token().expiresAt()),
                assertRefused(ConsentRefusal.CONSENT_EXPIRED, ask(scene.call("tpDataByINN", token.text()), scene.inn.digits())).since());
        assertEquals("2026-03-02T18:00:00Z", token.token().expiresAt().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-13, 2026-12, PERIOD_UNREADABLE", "2025-01, , PERIOD_INCOMPLETE", "2026-02, 2026-01, PERIOD_REVERSED", "2027-01, 2027-02, PERIOD_IN_THE_FUTURE",
        "+999999999-01, 2026-01, PERIOD_UNREADABLE",
    })
    void refusesAPeriodThatIsNone(String from, String to, TaxRefusal expected) {
        assertRefused(expected, scene.application.with(TaxServices.class, services ->
                services.incomeStatement(scene.call("incomeStatement", scene.token().text()), scene.inn.digits(), from, to)));
    }

    @ParameterizedTest
    @CsvSource({"2021-03, 2021-03, true", "2021-02, 2021-02, false", "2023-01, 2025-12, true", "2023-01, 2026-01, false"})
    void keepsPeriodsWithinTheServicesCeilings(String from, String to, boolean covered) {
        Answer<?> answer = scene.application.with(TaxServices.class, services ->
                services.incomeStatement(scene.call("incomeStatement", scene.token().text()), scene.inn.digits(), from, to));
        if (covered) {
            assertInstanceOf(Answer.Disclosed.class, answer);
        } else {
            assertRefused(ConsentRefusal.PERIOD_NOT_COVERED, answer);
        }
    }

    @Test
    void answersAServiceWithoutTaxSecretsWithoutConsentAndSaysWhenTheTaxpayerIsUnknown() {
        Inn unknown = new Inn("23002190099999");
        assertInstanceOf(Answer.Disclosed.class, businessActivity(scene.inn.digits()));
        Answer<TaxpayerView> answer = businessActivity(unknown.digits());
        assertRefused(TaxRefusal.TAXPAYER_UNKNOWN, answer);
        assertEquals(List.of("NONE|TAXPAYER_UNKNOWN|" + unknown.digits()), Rows.of(
                "select concat_ws('|', consent_kind, outcome, taxpayer_inn, asked_inn) from consent.usage where occurrence = ?", answer.occurrence()));
    }

    @Test
    void letsAParticipantAskAboutItselfWhereTheCatalogueSaysSo() {
        Rows.registeredWithInn(scene.participant.id().value(), scene.inn.digits());
        assertInstanceOf(Answer.Disclosed.class, ask(scene.call("tpDataByINN", null), scene.inn.digits()));
        assertRefused(ConsentRefusal.CONSENT_REQUIRED, scene.application.with(TaxServices.class, services ->
                services.incomeStatement(scene.call("incomeStatement", null), scene.inn.digits(), "2025-01", "2025-02")));
    }

    @Test
    void disclosesNothingWhenTheLogEntryCannotBeWritten() {
        Call call = scene.call("tpDataByINN", scene.token().text());
        RegisterRows.run("alter table consent.usage add constraint usage_broken_in_test check (message_id <> '" + call.messageId() + "') not valid");
        try {
            org.junit.jupiter.api.Assertions.assertThrows(RuntimeException.class, () -> ask(call, scene.inn.digits()));
        } finally {
            RegisterRows.run("alter table consent.usage drop constraint usage_broken_in_test");
        }
        assertEquals(List.of("0"), Rows.of("select count(*) from consent.usage where message_id = ?", call.messageId()));
        // Nothing was kept of the failed call, so the same signed message may be tried again.
        assertInstanceOf(Answer.Disclosed.class, ask(call, scene.inn.digits()));
    }

    @Test
    void forgetsSignedContentOnlyAfterItsTimeHasPassed() {
        Call call = scene.call("tpDataByINN", scene.token().text());
        ask(call, scene.inn.digits());
        scene.application.clock().advance(Exchange.TIMESTAMP_WINDOW.multipliedBy(2));
        scene.application.with(Exchange.class, Exchange::sweepReplays);
        assertRefused(IdentityRefusal.MESSAGE_REPLAYED, ask(call, scene.inn.digits()));
        scene.application.clock().advance(Exchange.TIMESTAMP_WINDOW.multipliedBy(2));
        scene.application.with(Exchange.class, Exchange::sweepReplays);
        assertInstanceOf(Answer.Disclosed.class, ask(call, scene.inn.digits()));
    }

    private Answer<TaxpayerView> businessActivity(String inn) {
        return scene.application.with(TaxServices.class, services ->
                services.tpDataByINNforBusinessActivity(scene.call("tpDataByINNforBusinessActivity", null), inn));
    }

    private Answer<TaxpayerView> ask(Call call, String inn) {
        return scene.application.with(TaxServices.class, services -> services.tpDataByINN(call, inn));
    }

    private Call signedBy(byte[] thumbprint) {
        return signedBy(thumbprint, null);
    }

    private Call signedBy(byte[] thumbprint, String token) {
        Call call = scene.call("tpDataByINN", token);
        return new Call(call.client(), call.service(), call.messageId(), call.userId(), call.issue(), call.consentToken(),
                Credential.signature(thumbprint, Scene.freshDigest()), call.remoteAddress());
    }

    private static Call again(Call call) {
        return to(call, call.service());
    }

    private static Call to(Call call, ServiceAddress service) {
        return new Call(call.client(), service, call.messageId(), call.userId(), call.issue(), call.consentToken(),
                Credential.signature(call.credential().thumbprint(), Scene.freshDigest()), call.remoteAddress());
    }

    private void apply(CertificateEvent event) {
        scene.application.run(Participants.class, participants -> participants.apply(event, scene.certificate.thumbprint(), Contour.TEST, "in a test", Scene.OFFICIAL));
    }

    private static Answer.Refused<?> assertRefused(RefusalCode expected, Answer<?> answer) {
        Answer.Refused<?> refused = assertInstanceOf(Answer.Refused.class, answer, () -> "expected " + expected);
        assertEquals(expected, refused.refusal().code());
        return refused;
    }

    private static void assertMissing(String part, Answer<?> answer) {
        assertEquals("accessRight." + part, assertRefused(AccessRefusal.ACCESS_RIGHT_MISSING, answer).refusal().field());
    }
}
