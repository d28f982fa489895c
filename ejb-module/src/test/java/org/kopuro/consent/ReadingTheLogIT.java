package org.kopuro.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.exchange.Answer;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Receipts;
import org.kopuro.participants.ParticipantId;
import org.kopuro.registers.TaxpayerView;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** “Who saw my data”: CON-110, CON-113 to CON-116. */
class ReadingTheLogIT {

    private static final Actor AUDITOR = Actor.of(UUID.fromString("00000000-0000-4000-8000-000000000004"), "AUDITOR");
    private final Scene scene = new Scene();
    private final IssuedToken token = scene.token();

    @Test
    void aTaxpayerSeesEveryUseTheNewestFirstRefusedOnesIncluded() {
        Answer<TaxpayerView> disclosed = ask(token.text());
        scene.application.clock().advance(Duration.ofMinutes(1));
        scene.application.run(Tokens.class, tokens -> tokens.deactivate(scene.taxpayer(), token.token().id(), Scene.TAXPAYER));
        Answer<TaxpayerView> refused = ask(token.text());
        List<UsageView> uses = mine(UsageFilter.EVERYTHING);
        assertEquals(List.of(refused.occurrence(), disclosed.occurrence()), uses.stream().map(UsageView::occurrence).toList());
        assertEquals(List.of("CONSENT_REVOKED 0", "DISCLOSED 1"), uses.stream().map(use -> use.outcome() + " " + use.records()).toList());
        UsageView first = uses.get(1);
        assertEquals("Participant app tpDataByINN TOKEN", String.join(" ", first.participantName(), first.subsystem(), first.service(), first.kind().name()));
        assertEquals(Optional.of(token.token().id().value()), first.consentId());
        assertEquals(3, first.titles().size());
        assertEquals(List.of("1"), Rows.of("select count(*) from ledger.entry where id = ?", first.occurrence()), "by which it is proved");
    }

    @Test
    void nobodyElsesUsesAreThere() {
        Scene stranger = new Scene(Contour.TEST, scene.application);
        ask(token.text());
        assertEquals(1, mine(UsageFilter.EVERYTHING).size());
        assertEquals(List.of(), scene.application.with(UsageLog.class, log -> log.of(stranger.taxpayer(), UsageFilter.EVERYTHING, Optional.empty(), 10)));
        assertEquals(List.of(), scene.application.with(UsageLog.class, log -> log.of(new Taxpayer(Contour.PRODUCTION, scene.inn), UsageFilter.EVERYTHING, Optional.empty(), 10)));
        assertEquals(List.of(), scene.application.with(UsageLog.class, log -> log.by(stranger.participant.id(), Contour.TEST, UsageFilter.EVERYTHING, Optional.empty(), 10)));
        assertEquals(1, scene.application.with(UsageLog.class, log -> log.by(scene.participant.id(), Contour.TEST, UsageFilter.EVERYTHING, Optional.empty(), 10)).size());
    }

    @Test
    void aCallWithATokenThatNobodyHereMadeIsAboutNobody() {
        ask("GNS1T-008J4-CT4AN-K7F24-SNAXW-SQFEZ-YM");
        assertEquals(List.of(), mine(UsageFilter.EVERYTHING));
    }

    @Test
    void aPageIsReadAfterAnother() {
        for (int i = 0; i < 5; i++) {
            ask(token.text());
        }
        List<UsageView> first = scene.application.with(UsageLog.class, log -> log.of(scene.taxpayer(), UsageFilter.EVERYTHING, Optional.empty(), 3));
        ask(token.text());
        List<UsageView> second = scene.application.with(UsageLog.class, log -> log.of(scene.taxpayer(), UsageFilter.EVERYTHING, Optional.of(first.get(2).number()), 3));
        assertEquals(3, first.size());
        assertEquals(2, second.size(), "what came meanwhile shifts nothing");
        assertTrue(second.get(0).number() < first.get(2).number());
    }

    @Test
    void theListIsRestrictedByWhoWhatWhenAndOutcome() {
        ask(token.text());
        ask("GNS1T-008J4-CT4AN-K7F24-SNAXW-SQFEZ-YJ");
        LocalDate today = scene.today();
        UsageFilter all = UsageFilter.EVERYTHING;
        assertEquals(2, mine(all).size());
        assertEquals(1, mine(new UsageFilter(all.participant(), all.service(), Optional.of(token.token().id()), all.from(), all.to(), all.outcome())).size());
        assertEquals(2, mine(new UsageFilter(Optional.of(scene.participant.id()), Optional.of("tpDataByINN"), all.consent(), Optional.of(today), Optional.of(today), all.outcome())).size());
        assertEquals(0, mine(new UsageFilter(all.participant(), all.service(), all.consent(), Optional.of(today.plusDays(1)), all.to(), all.outcome())).size());
        assertEquals(0, mine(new UsageFilter(all.participant(), all.service(), all.consent(), all.from(), Optional.of(today.minusDays(1)), all.outcome())).size());
        assertEquals(1, mine(new UsageFilter(all.participant(), all.service(), all.consent(), all.from(), all.to(), Optional.of("TOKEN_MALFORMED"))).size());
        assertEquals(0, mine(new UsageFilter(all.participant(), Optional.of("headcount"), all.consent(), all.from(), all.to(), all.outcome())).size());
        assertEquals(InputRefusal.FIELD_INVALID, assertThrows(Refusal.class,
                () -> new UsageFilter(all.participant(), all.service(), all.consent(), Optional.of(today), Optional.of(today.minusDays(1)), all.outcome())).code());
    }

    @Test
    void whenTheAuthorityReadsTheLogTheTaxpayerReadsThatAndWhy() {
        ask(token.text());
        List<UsageView> seen = scene.application.with(UsageLog.class, log -> log.inspect(scene.taxpayer(), UsageFilter.EVERYTHING, Optional.empty(), 10, "complaint 7", AUDITOR));
        assertEquals(1, seen.size());
        List<UsageInspection> inspections = scene.application.with(UsageLog.class, log -> log.inspectionsOf(scene.taxpayer(), Optional.empty(), 100));
        assertEquals(List.of("AUDITOR LOG complaint 7"), inspections.stream().map(one -> one.role() + " " + one.kind() + " " + one.reason().orElseThrow()).toList());
        assertEquals(List.of("1"), Rows.of("select count(*) from ledger.entry where id = ?", inspections.get(0).id()));
        assertEquals(InputRefusal.NOT_FOUND, assertThrows(Refusal.class, () -> scene.application.run(UsageLog.class,
                log -> log.inspect(new Taxpayer(Contour.TEST, new Inn("23002198899999")), UsageFilter.EVERYTHING, Optional.empty(), 10, "complaint 7", AUDITOR))).code());
        assertEquals(InputRefusal.FIELD_MISSING, assertThrows(Refusal.class, () -> scene.application.run(UsageLog.class,
                log -> log.inspect(scene.taxpayer(), UsageFilter.EVERYTHING, Optional.empty(), 10, " ", AUDITOR))).code());
    }

    @Test
    void evidenceOfACallIsToldToWhomItWasAboutThatCallOnly() {
        Answer<TaxpayerView> about = ask(token.text());
        scene.application.run(UsageLog.class, log -> log.evidenceRead(about.occurrence(), Contour.TEST, AUDITOR));
        Answer<TaxpayerView> aboutNobody = ask("GNS1T-008J4-CT4AN-K7F24-SNAXW-SQFEZ-YM");
        scene.application.run(UsageLog.class, log -> log.evidenceRead(aboutNobody.occurrence(), Contour.TEST, AUDITOR));
        UsageInspection told = inspections(scene).get(0);
        assertEquals(1, inspections(scene).size());
        assertEquals(List.of("AUDITOR", InspectionKind.EVIDENCE, Optional.of(about.occurrence()), Optional.empty()), List.of(told.role(), told.kind(), told.about(), told.reason()));
        assertEquals(true, scene.application.with(Receipts.class, receipts -> receipts.tells(receipts.entry(told.id(), Contour.TEST), "subject", scene.inn.digits())));
    }

    @Test
    void operationalRecordsThatTheAuthorityReadAreToldToWhoeverWasCalledAboutInThatTime() {
        Scene other = new Scene(Contour.TEST, scene.application);
        // A moment that no other test reads records of: they are about everybody.
        scene.application.clock().advance(Duration.ofSeconds(11_833));
        ask(token.text());
        Instant now = scene.application.clock().instant();
        scene.application.clock().advance(Duration.ofMinutes(2));
        readRecords(now.minusSeconds(60), now.plusSeconds(60), Optional.empty());
        readRecords(now.minusSeconds(60), now.plusSeconds(60), Optional.of(scene.participant.id()));
        readRecords(now.minusSeconds(60), now.plusSeconds(60), Optional.of(other.participant.id()));
        readRecords(now.minusSeconds(60), now.minusSeconds(1), Optional.empty());
        readRecords(now.plusSeconds(301), now.plusSeconds(400), Optional.empty());
        assertEquals(List.of(InspectionKind.RECORDS, InspectionKind.RECORDS), inspections(scene).stream().map(UsageInspection::kind).toList());
        assertEquals(List.of(), inspections(other));
        assertEquals(List.of("1"), Rows.of("select count(*) from ledger.entry where id = ?", inspections(scene).get(0).id()));
    }

    /** Whoever polls what has happened since the last time reads once, as far as those go who are told; and nobody is told of what lies between. */
    @Test
    void whatOneReadsOfRecordsInTheCourseOfADayIsOneReadingWhereItAdjoins() {
        scene.application.clock().advance(Duration.ofSeconds(500_833));
        Instant start = scene.application.clock().instant();
        ask(token.text());
        for (int minute = 1; minute <= 5; minute++) {
            scene.application.clock().advance(Duration.ofMinutes(1));
            Instant now = scene.application.clock().instant();
            readRecords(now.minusSeconds(60), now.plusSeconds(3600), Optional.of(scene.participant.id()));
        }
        UsageInspection told = inspections(scene).get(0);
        assertEquals(1, inspections(scene).size());
        assertEquals(List.of(start.plusSeconds(60), start.plusSeconds(300)), List.of(told.at(), told.until().orElseThrow()));
        assertEquals(List.of("5"), Rows.of("select count(*) from ledger.entry where content::json ->> 'type' = 'consent.usage_inspected' and content::json #>> '{data,from}' >= ? and content::json #>> '{data,from}' < ?",
                start.toString(), start.plusSeconds(300).toString()), "each has its entry");
        Instant before = start.minus(Duration.ofDays(3));
        readRecords(before, before.plusSeconds(60), Optional.of(scene.participant.id()));
        assertEquals(List.of(start + " " + start.plusSeconds(300), before + " " + before.plusSeconds(60)), Rows.of("""
                select to_char(records_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') || ' ' || to_char(records_to at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
                  from consent.records_reading where participant_id = ? order by records_from desc""", scene.participant.id().value()), "what lies between was not read, nor what is to come");
        assertEquals(1, inspections(scene).size());
        scene.application.clock().advance(Duration.ofDays(1));
        Instant next = scene.application.clock().instant();
        readRecords(start, next, Optional.of(scene.participant.id()));
        assertEquals(2, inspections(scene).size(), "the next day is another reading");
    }

    @Test
    void aPageOfReadingsComesAfterAnotherAndNoneIsLost() {
        scene.application.clock().advance(Duration.ofSeconds(900_833));
        ask(token.text());
        Instant now = scene.application.clock().instant();
        scene.application.clock().advance(Duration.ofMinutes(1));
        for (int i = 0; i < 2; i++) {
            int number = i;
            scene.application.run(UsageLog.class, log -> log.inspect(scene.taxpayer(), UsageFilter.EVERYTHING, Optional.empty(), 10, "complaint " + number, AUDITOR));
            readRecords(now, now.plusSeconds(1), number == 0 ? Optional.empty() : Optional.of(scene.participant.id()));
            scene.application.clock().advance(Duration.ofMinutes(1));
        }
        List<UsageInspection> all = inspections(scene);
        assertEquals(4, all.size());
        List<UsageInspection> read = new ArrayList<>();
        for (Optional<UUID> before = Optional.empty(); read.size() < 4; before = Optional.of(read.get(read.size() - 1).id())) {
            Optional<UUID> after = before;
            List<UsageInspection> page = scene.application.with(UsageLog.class, log -> log.inspectionsOf(scene.taxpayer(), after, 1));
            assertEquals(1, page.size());
            read.addAll(page);
        }
        assertEquals(all, read);
        assertEquals(List.of(), scene.application.with(UsageLog.class, log -> log.inspectionsOf(scene.taxpayer(), Optional.of(all.get(3).id()), 10)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete from consent.records_reading", "update consent.records_reading set records_to = records_from",
        "update consent.records_reading set at = at - interval '1 day'"})
    void aReadingIsOnlyEverWidened(String sql) {
        Instant now = scene.application.clock().instant();
        readRecords(now.minusSeconds(700_000), now.minusSeconds(699_000), Optional.of(scene.participant.id()));
        assertThrows(RuntimeException.class, () -> Rows.change(sql));
    }

    private void readRecords(Instant from, Instant to, Optional<ParticipantId> participant) {
        scene.application.run(UsageLog.class, log -> log.recordsRead(Contour.TEST, from, to, participant, AUDITOR));
    }

    private static List<UsageInspection> inspections(Scene of) {
        return of.application.with(UsageLog.class, log -> log.inspectionsOf(of.taxpayer(), Optional.empty(), 100));
    }

    private List<UsageView> mine(UsageFilter filter) {
        return scene.application.with(UsageLog.class, log -> log.of(scene.taxpayer(), filter, Optional.empty(), 100));
    }

    private Answer<TaxpayerView> ask(String tokenText) {
        return scene.application.with(TaxServices.class, services -> services.tpDataByINN(scene.call("tpDataByINN", tokenText), scene.inn.digits()));
    }
}
