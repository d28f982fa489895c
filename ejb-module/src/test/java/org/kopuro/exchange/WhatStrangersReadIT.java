package org.kopuro.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.consent.ConsentRefusal;
import org.kopuro.consent.HeldTokens;
import org.kopuro.consent.Holder;
import org.kopuro.consent.IssuedToken;
import org.kopuro.consent.Tidings;
import org.kopuro.consent.Tokens;
import org.kopuro.consent.UsageFilter;
import org.kopuro.consent.UsageLog;
import org.kopuro.consent.UsageView;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.ledger.Receipts;
import org.kopuro.participants.SubsystemView;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/**
 * Whoever calls with a token that it does not hold reads the same of it everywhere, whether the token is somebody's, whatever its state, or nobody's (CON-42, CON-52); its
 * taxpayer reads all.
 */
class WhatStrangersReadIT {

    private static final String UNKNOWN = "GNS1T-008J4-CT4AN-K7F24-SNAXW-SQFEZ-YM";
    private static final String SERVICE = "tpDataByINN";

    private Scene owner;
    private Scene stranger;
    private IssuedToken working;
    /** One token of each kind that a stranger might hold in hand; the first is nobody's. */
    private List<String> tokens;

    @BeforeEach
    void somebodyHasTokensOfEveryKind() {
        owner = new Scene();
        stranger = new Scene(Contour.TEST, owner.application);
        Scene paused = new Scene(Contour.TEST, owner.application);
        IssuedToken ofPaused = paused.token();
        owner.application.run(Tokens.class, all -> all.pauseAll(paused.taxpayer(), Scene.TAXPAYER));
        IssuedToken expired = owner.token(owner.subsystem, Set.of(SERVICE), owner.today());
        owner.application.clock().advance(Duration.ofDays(1));
        working = owner.token();
        IssuedToken frozen = owner.token();
        owner.application.run(Tokens.class, all -> all.freeze(owner.taxpayer(), frozen.token().id(), Scene.TAXPAYER));
        IssuedToken revoked = owner.token();
        owner.application.run(Tokens.class, all -> all.deactivate(owner.taxpayer(), revoked.token().id(), Scene.TAXPAYER));
        IssuedToken ofAnotherService = owner.token(owner.subsystem, Set.of("headcount"), owner.today());
        tokens = List.of(UNKNOWN, working.text(), expired.text(), frozen.text(), revoked.text(), ofPaused.text(), ofAnotherService.text(),
                new Scene(Contour.PRODUCTION).token().text(), "GNS1P-008J4-CT4AN-K7F24-SNAXW-SQFEZ-JA");
    }

    @Test
    void itsOwnListTheLedgerAndTheStatisticsAreTheSameForATokenOfEveryKind() {
        assertAlike(stranger.inn.digits(), "TOKEN_NOT_ACCEPTED");
    }

    @Test
    void aCallThatIsRefusedBeforeTheTokenIsLookedAtTellsNoMoreOfIt() {
        assertAlike("123", "INN_LENGTH");
        stranger.apply(ConnectionEvent.SUSPEND);
        assertAlike(stranger.inn.digits(), "PARTICIPANT_SUSPENDED");
    }

    private void assertAlike(String inn, String outcome) {
        Set<List<String>> read = new HashSet<>();
        for (String token : tokens) {
            // So that the limit on unknown tokens is none of the matter.
            stranger.application.clock().advance(Duration.ofSeconds(1));
            Answer.Refused<?> refused = ask(stranger, token, inn);
            assertEquals(outcome, refused.refusal().code().name());
            UsageView use = own(stranger, UsageFilter.EVERYTHING).get(0);
            assertEquals(refused.occurrence(), use.occurrence());
            read.add(List.of(refused.refusal().toString(), refused.consentId().toString(), refused.since().toString(), String.valueOf(refused.established()),
                    shape(use.toString().replaceFirst("number=\\d+", "").replace(use.messageId(), "")), String.join("\n", entries(refused.occurrence()))));
        }
        assertEquals(1, read.size(), () -> read.toString());
    }

    @Test
    void whoseTokenItIsStandsNeitherInItsListNorInWhatItMaySearchItFor() {
        Answer.Refused<?> refused = ask(stranger, working.text(), stranger.inn.digits());
        List<UsageView> uses = own(stranger, UsageFilter.EVERYTHING);
        assertEquals(List.of(Optional.of(stranger.inn.digits())), uses.stream().map(UsageView::taxpayerInn).toList());
        assertEquals(List.of(Optional.empty()), uses.stream().map(UsageView::consentId).toList());
        // The ids of tokens are public, by the entries of their issue.
        UsageFilter byToken = new UsageFilter(Optional.empty(), Optional.empty(), Optional.of(working.token().id()), Optional.empty(), Optional.empty(), Optional.empty());
        assertEquals(List.of(), own(stranger, byToken));
        UsageView seen = owner.application.with(UsageLog.class, log -> log.of(owner.taxpayer(), byToken, Optional.empty(), 10)).get(0);
        assertEquals(List.of(refused.occurrence(), stranger.participant.id(), Optional.of(working.token().id().value()), Optional.of(owner.inn.digits())),
                List.of(seen.occurrence(), seen.participant(), seen.consentId(), seen.taxpayerInn()));
        assertEquals(List.of(refused.occurrence()), owner.application.with(Tidings.class, all -> all.of(owner.taxpayer(), Optional.empty(), 10)).stream()
                .filter(tiding -> tiding.kind().name().equals("STRANGER")).map(tiding -> tiding.id()).toList());
        assertEquals(List.of("TOKEN_NOT_ACCEPTED"), Rows.of("select code from exchange.security_event where occurrence = ?", refused.occurrence()));
        owner.application.run(Receipts.class, receipts -> {
            assertTrue(receipts.tells(receipts.entry(refused.occurrence(), Contour.TEST), "subject", owner.inn.digits()));
            assertTrue(receipts.tells(receipts.entry(refused.occurrence(), Contour.TEST), "presented", working.token().id().value().toString()));
            assertFalse(receipts.tells(receipts.entry(refused.occurrence(), Contour.TEST), "subject", stranger.inn.digits()));
        });
    }

    @Test
    void aNumberThatTheRegisterDoesNotKnowStandsInTheListAsEveryOther() {
        ask(stranger, UNKNOWN, "23002190099999");
        ask(stranger, UNKNOWN, owner.inn.digits());
        assertEquals(List.of(Optional.of(owner.inn.digits()), Optional.of("23002190099999")), own(stranger, UsageFilter.EVERYTHING).stream().map(UsageView::taxpayerInn).toList());
    }

    @Test
    void anotherSubsystemOfTheSameParticipantIsAStrangerInTheListToo() {
        SubsystemView other = owner.addSubsystem("other");
        owner.grant(other, SERVICE, owner.today(), null);
        IssuedToken token = owner.token(other, Set.of(SERVICE), owner.today());
        Answer.Refused<?> refused = ask(owner, token.text(), stranger.inn.digits());
        assertEquals(ConsentRefusal.SUBSYSTEM_MISMATCH, refused.refusal().code());
        UsageView use = own(owner, UsageFilter.EVERYTHING).get(0);
        assertEquals(List.of(Optional.empty(), Optional.of(stranger.inn.digits())), List.of(use.consentId(), use.taxpayerInn()));
        String content = Rows.of("select content from ledger.entry where id = ?", refused.occurrence()).get(0);
        assertTrue(content.contains("\"consentKind\":\"NONE\"") && !content.contains(token.token().id().value().toString()), content);
    }

    @Test
    void theRightfulHolderReadsWhichConsentItWas() {
        assertInstanceOf(Answer.Disclosed.class, owner.application.with(TaxServices.class, services -> services.tpDataByINN(owner.call(SERVICE, working.text()), owner.inn.digits())));
        UsageView use = own(owner, UsageFilter.EVERYTHING).get(0);
        assertEquals(List.of(Optional.of(working.token().id().value()), Optional.of(owner.inn.digits()), "TOKEN"), List.of(use.consentId(), use.taxpayerInn(), use.kind().name()));
        assertEquals(List.of("TOKEN " + working.token().id().value()),
                Rows.of("select concat_ws(' ', content::jsonb -> 'data' ->> 'consentKind', content::jsonb -> 'data' ->> 'consent') from ledger.entry where id = ?", use.occurrence()));
    }

    @Test
    void askingAboutAndGivingUpATokenLeavesTheSameInTheLedgerForATokenOfEveryKind() {
        Set<String> left = new HashSet<>();
        for (String token : tokens) {
            SubsystemView subsystem = stranger.addSubsystem(UUID.randomUUID().toString().substring(0, 8));
            Holder holder = new Holder(Contour.TEST, stranger.participant.id().value(), subsystem.id().value(), Actor.of(UUID.randomUUID(), "PARTICIPANT"));
            List<String> before = all(subsystem.id().value());
            assertTrue(stranger.application.with(HeldTokens.class, all -> all.introspect(token, holder)).isEmpty());
            stranger.application.run(HeldTokens.class, all -> all.giveUp(token, holder));
            List<String> after = new ArrayList<>(all(subsystem.id().value()));
            after.removeAll(before);
            assertEquals(2, after.size());
            after.forEach(entry -> left.add(shape(entry)));
        }
        assertEquals(1, left.size(), () -> left.toString());
    }

    private static List<UsageView> own(Scene of, UsageFilter filter) {
        return of.application.with(UsageLog.class, log -> log.by(of.participant.id(), Contour.TEST, filter, Optional.empty(), 10));
    }

    /** All that the public ledger holds of a call. */
    private static List<String> entries(UUID occurrence) {
        return Rows.of("select content from ledger.entry where record_id = ? or id = ?", occurrence, occurrence).stream().map(WhatStrangersReadIT::shape).toList();
    }

    private static List<String> all(UUID subsystem) {
        return Rows.of("select content from ledger.entry where content like ?", "%\"subsystem\":\"" + subsystem + "\"%");
    }

    /** Without what differs between any two: keyed hashes, times, ids of the call, what its sender signed. */
    private static String shape(String text) {
        return text.replaceAll("hmac-sha256:[A-Za-z0-9+/]{43}=", "#").replaceAll("20\\d\\d-[0-9T:.-]+Z", "@").replaceAll("[0-9a-f]{64}", "%")
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "*");
    }

    private static Answer.Refused<?> ask(Scene by, String token, String inn) {
        return assertInstanceOf(Answer.Refused.class, by.application.with(TaxServices.class, services -> services.tpDataByINN(by.call(SERVICE, token), inn)));
    }
}
