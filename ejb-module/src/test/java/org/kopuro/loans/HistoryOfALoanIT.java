package org.kopuro.loans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.kopuro.loans.LifeOfALoanIT.assertRefused;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.testing.Rows;

/** Whatever happens to a loan can be read afterwards, as of any moment, and stands in the ledger (LOAN-110 to LOAN-113, LOAN-137). */
class HistoryOfALoanIT {

    private final LoanScene scene = new LoanScene("FLAG");

    @Test
    void eachVersionSaysWhoChangedWhatFromWhatToWhatAndWhy() {
        LoanView formed = scene.form(scene.application(scene.aBorrower()));
        scene.application.clock().advance(Duration.ofHours(1));
        LoanView edited = scene.apply(formed, LoanEvent.EDIT, LoanScene.stating(LoanField.REQUESTED, 950_000_00L), "Asked for less.");
        scene.application.clock().advance(Duration.ofHours(1));
        scene.apply(edited, LoanEvent.APPROVE, LoanScene.approval());
        List<HistoryEntry> history = scene.application.with(Loans.class, loans -> loans.history(formed.loan().id(), scene.viewer()));
        assertEquals(List.of(List.of(LoanEvent.FORM), List.of(LoanEvent.EDIT), List.of(LoanEvent.APPROVE)), history.stream().map(entry -> entry.change().events()).toList());
        assertEquals(List.of("requested \"1000000.00\" \"950000.00\""), history.get(1).changes().stream()
                .map(change -> change.field() + " " + change.before().orElse("-") + " " + change.after().orElse("-")).toList());
        assertEquals("Asked for less.", history.get(1).change().reason().orElseThrow());
        assertEquals(scene.operator, history.get(1).change().actor());
        assertEquals(Set.of("approved", "decidedOn", "status"), Set.copyOf(history.get(2).changes().stream().map(FieldChange::field).toList()));
    }

    @Test
    void theCardIsReadAsOfAnyMoment() {
        Instant begin = scene.application.clock().instant();
        LoanView formed = scene.form(scene.application(scene.aBorrower()));
        scene.application.clock().advance(Duration.ofHours(1));
        scene.apply(formed, LoanEvent.APPROVE, LoanScene.approval());
        UUID id = formed.loan().id();
        assertEquals(LoanStatus.FORMED, scene.application.with(Loans.class, loans -> loans.asOf(id, begin.plusSeconds(60), scene.viewer())).status());
        assertEquals(LoanStatus.APPROVED, scene.application.with(Loans.class, loans -> loans.asOf(id, begin.plusSeconds(3600), scene.viewer())).status());
        assertEquals("asOf", assertRefused(InputRefusal.NOT_FOUND, () -> scene.application.with(Loans.class, loans -> loans.asOf(id, begin.minusSeconds(1), scene.viewer()))).field());
    }

    @Test
    void everyVersionIsAnEntryOfTheLedgerThatNamesNobody() {
        String inn = scene.aBorrower();
        LoanView formed = scene.form(scene.application(inn));
        scene.apply(formed, LoanEvent.REJECT, LoanScene.rejection());
        List<String> entries = Rows.of("select content from ledger.entry where record_id = ? order by number", formed.loan().id());
        assertEquals(2, entries.size());
        entries.forEach(entry -> assertTrue(!entry.contains(inn) && !entry.contains("Ромашка") && !entry.contains("Иванов"), entry));
        entries.forEach(entry -> assertTrue(!entry.contains("REJECTED") && !entry.contains(scene.bank.toString()) && !entry.contains(scene.programme), entry));
    }

    @Test
    void whatARegulatorLooksAtIsRecordedAndWhatABankLooksAtIsNot() {
        LoanView formed = scene.form(scene.application(scene.aBorrower()));
        UUID id = formed.loan().id();
        scene.get(id);
        scene.application.run(Loans.class, loans -> loans.get(id, scene.watching()));
        scene.application.run(Loans.class, loans -> loans.history(id, scene.watching()));
        assertEquals(List.of("card", "history"), Rows.of("select content::json -> 'data' ->> 'what' from ledger.entry where record_id = ? and content::json ->> 'type' = 'loans.card_read' order by number", id));
    }

    @Test
    void nobodySeesMoreThanIsHis() {
        UUID id = scene.form(scene.application(scene.aBorrower())).loan().id();
        LoanScene other = scene.anotherBank();
        List<Viewer> strangers = List.of(other.viewer(), Viewer.regulator(Set.of("1528"), scene.contour, Actor.of(UUID.randomUUID(), "REGULATOR")),
                Viewer.bank(scene.bank, Contour.PRODUCTION, scene.operator), Viewer.official(Contour.PRODUCTION, Actor.of(UUID.randomUUID(), "AUDITOR")));
        for (Viewer stranger : strangers) {
            assertRefused(InputRefusal.NOT_FOUND, () -> scene.application.with(Loans.class, loans -> loans.get(id, stranger)));
            assertRefused(InputRefusal.NOT_FOUND, () -> scene.application.with(Loans.class, loans -> loans.history(id, stranger)));
            assertRefused(InputRefusal.NOT_FOUND, () -> scene.application.with(Loans.class, loans -> loans.duplicates(id, stranger)));
            assertRefused(InputRefusal.NOT_FOUND, () -> scene.application.with(Loans.class, loans -> loans.receipt(id, stranger)));
        }
        assertRefused(InputRefusal.NOT_FOUND, () -> scene.application.with(Loans.class,
                loans -> loans.change(Wish.change(id, LoanEvent.APPROVE, LoanScene.approval(), 1, Optional.empty()), other.placer())));
        assertEquals(id, scene.application.with(Loans.class, loans -> loans.get(id, Viewer.official(scene.contour, Actor.of(UUID.randomUUID(), "AUDITOR")))).loan().id());
    }
}
