package org.kopuro.access.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.access.duties.IncidentView;
import org.kopuro.access.duties.Incidents;
import org.kopuro.loans.LoanEvent;
import org.kopuro.loans.LoanField;
import org.kopuro.loans.LoanScene;
import org.kopuro.loans.LoanView;
import org.kopuro.loans.Loans;
import org.kopuro.loans.RequestKey;
import org.kopuro.loans.Wish;
import org.kopuro.testing.Rows;

/** Calls without a later business event (ACC-97): a bank that looks at borrowers and decides on none. Each test has an hour of its own. */
class ApplicationsWithoutADecisionIT {

    private final LoanScene scene = new LoanScene("FLAG");
    private final String rule = "RULE_" + UUID.randomUUID().toString().replaceAll("[^a-z]", "").toUpperCase(Locale.ROOT);
    private final Instant hour;

    ApplicationsWithoutADecisionIT() {
        scene.application.clock().advance(Duration.ofHours(24 + ThreadLocalRandom.current().nextInt(10_000)));
        hour = scene.application.clock().instant().truncatedTo(ChronoUnit.HOURS);
        Rows.change("""
                insert into access.signal_rule (code, version, kind, effective_from, enabled, severity, window_minutes, at_least, percent, within_days)
                values (?, 1, 'NO_BUSINESS_EVENT', '2026-01-01', true, 'LOW', 60, 3, 75, 30)""", rule);
    }

    @ParameterizedTest(name = "{0} formed and left, {1} decided: {2}")
    @CsvSource({"3, 0, 3 of 3", "3, 1, 3 of 4", "3, 2, ", "2, 0, ", "0, 4, "})
    void enoughOfThemAndMostOfTheBanksAreASignal(int left, int decided, String seen) {
        form(left);
        form(decided).forEach(loan -> scene.apply(loan, LoanEvent.APPROVE, LoanScene.approval()));
        assertEquals(seen == null ? List.of() : List.of(seen), look());
    }

    @Test
    void aDecisionThatComesInTimeCountsAndAWithdrawalIsNone() {
        List<LoanView> formed = form(4);
        formed.forEach(loan -> scene.apply(loan, LoanEvent.WITHDRAW, Map.of()));
        assertEquals(List.of("4 of 4"), look());
        SignalView signal = own().get(0);
        assertEquals(Optional.empty(), signal.subsystem());
        assertEquals(List.of(scene.bank, hour, hour.plus(Duration.ofHours(1))), List.of(signal.participant().value(), signal.windowStart(), signal.windowEnd()));
        IncidentView incident = scene.application.with(Incidents.class, incidents -> incidents.get(signal.incident(), scene.contour));
        assertEquals(Optional.of(signal.participant()), incident.participant());
        Rows.change("update access.signal_watch set tried_until = ? where rule_code = ?", hour.plus(Duration.ofDays(30)).atOffset(java.time.ZoneOffset.UTC), rule);
        assertEquals(List.of("4 of 4"), look(), "once");
    }

    @Test
    void whatIsDecidedTheDayBeforeIsDecided() {
        List<LoanView> formed = form(4);
        scene.application.clock().set(hour.plus(Duration.ofDays(29)));
        scene.apply(formed.get(0), LoanEvent.REJECT, LoanScene.rejection());
        scene.apply(formed.get(1), LoanEvent.APPROVE, LoanScene.approval());
        assertEquals(List.of(), look());
    }

    @Test
    void whatIsEnteredAnewIsLookedAtWhereItStands() {
        for (LoanView loan : form(3)) {
            LoanView withdrawn = scene.apply(loan, LoanEvent.WITHDRAW, Map.of());
            Map<LoanField, Object> again = scene.application(loan.loan().inn());
            LoanView replacing = scene.application.with(Loans.class, loans -> loans.enter(Wish.enter(LoanEvent.FORM, again, Optional.of(withdrawn.loan().id())), scene.placer(),
                    new RequestKey(UUID.randomUUID().toString(), new byte[32])));
            scene.apply(replacing, LoanEvent.APPROVE, LoanScene.approval());
        }
        assertEquals(List.of(), look());
    }

    /** Each change of the borrower shows the bank another one. */
    @Test
    void anApplicationThatGoesFromBorrowerToBorrowerCountsForEach() {
        LoanView loan = form(1).get(0);
        for (int i = 0; i < 3; i++) {
            loan = scene.apply(loan, LoanEvent.EDIT, Map.of(LoanField.INN, scene.aBorrower()));
        }
        loan = scene.apply(loan, LoanEvent.EDIT, Map.of(LoanField.REQUESTED, 9_000_000L));
        scene.apply(loan, LoanEvent.APPROVE, LoanScene.approval());
        assertEquals(List.of("3 of 4"), look(), "of the last one it was decided");
    }

    /** Decided ones that come from a file with wrong numbers, and are mended by another: each borrower who was wrong stands beside one of whom it was decided. */
    @Test
    void numbersThatAreMendedAfterTheDecisionAreNoneOfMisuse() {
        for (int i = 0; i < 4; i++) {
            Map<LoanField, Object> decided = scene.application(scene.aBorrower());
            decided.putAll(LoanScene.approval());
            LoanView loan = scene.enter(LoanEvent.ENTER, decided);
            scene.apply(loan, LoanEvent.EDIT, Map.of(LoanField.INN, scene.aBorrower()));
        }
        assertEquals(List.of(), look(), "4 of 8");
    }

    private List<LoanView> form(int number) {
        List<LoanView> formed = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            formed.add(scene.form(scene.application(scene.aBorrower())));
        }
        return formed;
    }

    /** Tries the rule when the days have passed; "seen of calls" of what it found of the bank. */
    private List<String> look() {
        scene.application.clock().set(hour.plus(Duration.ofDays(30)).plusSeconds(3660));
        scene.application.with(Signals.class, signals -> signals.watch(rule));
        return own().stream().map(signal -> signal.seen() + " of " + signal.calls()).toList();
    }

    private List<SignalView> own() {
        return Rows.of("select id from access.signal where rule_code = ? and participant_id = ? order by number", rule, scene.bank).stream()
                .map(id -> scene.application.with(Signals.class, signals -> signals.get(new SignalId(UUID.fromString(id)), scene.contour))).toList();
    }
}
