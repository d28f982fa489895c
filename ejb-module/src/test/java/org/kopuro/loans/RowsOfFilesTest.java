package org.kopuro.loans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.loans.checks.CheckResult;

/** A row of a file brings a loan forward by the same events as calls do, and by no others (LOAN-95). */
class RowsOfFilesTest {

    private static final Instant NOW = Instant.parse("2026-03-02T06:00:00Z");

    private final Map<LoanField, Object> application = new EnumMap<>(Map.of(LoanField.PROGRAMME, "1528", LoanField.INN, "7707083893", LoanField.BORROWER_KIND, "LEGAL_ENTITY",
            LoanField.APPLICATION_NUMBER, "A-1", LoanField.APPLIED_AT, Instant.parse("2026-02-02T07:30:00Z"), LoanField.REQUESTED, 1_000_000_00L));

    @Test
    void theDayOfTheApplicationIsItsMomentAgain() {
        Draft draft = row(LoanStatus.FORMED, Map.of(LoanField.APPLIED_AT, Instant.parse("2026-02-01T21:00:00Z")));
        assertTrue(draft.unchanged());
    }

    @Test
    void approvalAndContractComeTogether() {
        Map<LoanField, Object> stated = LoanScene.approval();
        stated.putAll(LoanScene.contract());
        assertEquals(List.of(LoanEvent.APPROVE, LoanEvent.CONTRACT), row(LoanStatus.FORMED, stated).events);
    }

    @Test
    void aContractWithoutAnApprovalIsNoEventOfItsOwn() {
        assertRefused(row(LoanStatus.FORMED, LoanScene.contract()), "FIELD_NOT_OF_EVENT");
    }

    @Test
    void aRejectionIsNotImported() {
        assertRefused(row(LoanStatus.FORMED, LoanScene.rejection()), "FIELD_NOT_OF_EVENT");
        Map<LoanField, Object> anew = new EnumMap<>(application);
        anew.putAll(LoanScene.rejection());
        assertRefused(new Draft(Optional.empty(), Wish.row(1, anew), Contour.TEST, NOW), "FIELD_NOT_OF_EVENT");
    }

    @Test
    void whatIsWithdrawnStaysAsItWas() {
        assertTrue(row(LoanStatus.WITHDRAWN, Map.of()).unchanged());
        assertRefused(row(LoanStatus.WITHDRAWN, Map.of(LoanField.REQUESTED, 1L)), "TRANSITION_NOT_ALLOWED");
    }

    private static void assertRefused(Draft draft, String code) {
        assertTrue(draft.sayings.stream().anyMatch(saying -> saying.refuses() && saying.code().equals(code)), () -> draft.sayings.toString());
    }

    private Draft row(LoanStatus status, Map<LoanField, Object> stated) {
        Loan.Judged judged = new Loan.Judged(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), CheckResult.Verdict.MEETS, UUID.randomUUID(), 1, Optional.empty(), Optional.empty(),
                Optional.empty());
        Loan.Change last = new Loan.Change(List.of(LoanEvent.FORM), NOW, Actor.SYSTEM, Placer.Source.API, Optional.empty(), Optional.empty(), Optional.empty());
        Loan before = new Loan(UUID.randomUUID(), Contour.TEST, UUID.randomUUID(), 1, status, NOW, application, 0, false, judged, List.of(), Optional.empty(), NOW, last);
        Map<LoanField, Object> row = new EnumMap<>(application);
        row.putAll(stated);
        return new Draft(Optional.of(before), Wish.row(1, row), Contour.TEST, NOW);
    }
}
