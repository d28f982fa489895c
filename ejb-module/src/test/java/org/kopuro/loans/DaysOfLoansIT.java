package org.kopuro.loans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.kopuro.loans.LifeOfALoanIT.assertRefused;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Contour;
import org.kopuro.testing.Rows;

/** Days begin and end in Moscow: of accreditations, programmes, applications and contracts; what was entered in time is kept up afterwards (LOAN-4, LOAN-10, LOAN-F15, LOAN-F19). */
class DaysOfLoansIT {

    /** The last second of 2 February in Moscow, and the first one of the third. */
    private static final Instant LAST = Instant.parse("2026-02-02T20:59:59Z");
    private static final Instant NEXT = Instant.parse("2026-02-02T21:00:00Z");

    private final LoanScene scene = new LoanScene(Contour.PRODUCTION, "FLAG");

    @Test
    void anAccreditationTakesNewEntriesUntilItsLastDayEndsAndKeepsUpThoseThatAreThere() {
        LoanView formed = scene.form(appliedAt(LAST));
        Rows.change("update loans.accreditation set last_day = date '2026-02-02', ended_at = now(), ended_by = ?, ender_role = 'REGULATOR', end_reason = 'x' where bank_id = ?", UUID.randomUUID(), scene.bank);
        scene.form(appliedAt(LAST));
        assertEquals("programme", assertRefused(LoanRefusal.NOT_ACCREDITED, () -> scene.form(appliedAt(NEXT))).field());
        assertRefused(LoanRefusal.NOT_ACCREDITED, () -> scene.apply(formed, LoanEvent.EDIT, LoanScene.stating(LoanField.APPLIED_AT, NEXT)));
        LoanView contracted = scene.apply(scene.apply(scene.apply(formed, LoanEvent.EDIT, LoanScene.stating(LoanField.REQUESTED, 950_000_00L)), LoanEvent.APPROVE, LoanScene.approval()),
                LoanEvent.CONTRACT, LoanScene.contract());
        LoanView issued = scene.apply(contracted, LoanEvent.RECORD, LoanScene.stating(LoanField.ISSUES, LoanScene.sums("2026-02-17", 1L)));
        assertEquals(6, scene.apply(issued, LoanEvent.CORRECT, LoanScene.stating(LoanField.CONTRACT_NUMBER, "K-2")).loan().version());
    }

    @Test
    void anAccreditationTakesNewEntriesFromItsFirstDayOn() {
        LoanScene other = scene.anotherBank();
        Rows.change("update loans.accreditation set last_day = first_day - 1, ended_at = now(), ended_by = ?, ender_role = 'REGULATOR', end_reason = 'x' where bank_id = ?", UUID.randomUUID(), other.bank);
        Rows.change("""
                insert into loans.accreditation (id, contour, bank_id, programme, first_day, reason, given_at, given_by, giver_role)
                values (gen_random_uuid(), 'PRODUCTION', ?, ?, date '2026-02-03', 'x', now(), gen_random_uuid(), 'REGULATOR')""", other.bank, scene.programme);
        assertRefused(LoanRefusal.NOT_ACCREDITED, () -> other.form(appliedAt(LAST)));
        other.form(appliedAt(NEXT));
    }

    @Test
    void aProgrammeTakesApplicationsUntilItsLastDayEnds() {
        Rows.change("update loans.programme set active_to = date '2026-02-02' where code = ?", scene.programme);
        LoanView formed = scene.form(appliedAt(LAST));
        assertEquals("appliedAt", assertRefused(LoanRefusal.PROGRAMME_NOT_ACTIVE, () -> scene.form(appliedAt(NEXT))).field());
        scene.apply(formed, LoanEvent.APPROVE, LoanScene.approval());
    }

    @Test
    void anApplicationIsOfNowOrBefore() {
        scene.application.clock().set(LAST);
        scene.form(appliedAt(LAST));
        assertEquals("appliedAt", assertRefused(LoanRefusal.DATE_IN_FUTURE, () -> scene.form(appliedAt(LAST.plusSeconds(1)))).field());
    }

    @Test
    void aDecisionAContractAndAnIssueAreOfTodayOrBefore() {
        Instant lastOfTheDay = Instant.parse("2026-02-10T20:59:59Z");
        scene.application.clock().set(lastOfTheDay);
        LoanView formed = scene.form(appliedAt(LAST));
        LocalDate tomorrow = LocalDate.of(2026, 2, 11);
        Map<LoanField, Object> approval = LoanScene.approval();
        approval.put(LoanField.DECIDED_ON, tomorrow);
        Map<LoanField, Object> contract = LoanScene.contract();
        contract.put(LoanField.CONTRACT_DATE, tomorrow);
        assertEquals("decidedOn", assertRefused(LoanRefusal.DATE_IN_FUTURE, () -> scene.apply(formed, LoanEvent.APPROVE, approval)).field());
        LoanView approved = scene.apply(formed, LoanEvent.APPROVE, LoanScene.approval());
        assertEquals("contractDate", assertRefused(LoanRefusal.DATE_IN_FUTURE, () -> scene.apply(approved, LoanEvent.CONTRACT, contract)).field());
        scene.application.clock().set(lastOfTheDay.plusSeconds(1));
        LoanView contracted = scene.apply(approved, LoanEvent.CONTRACT, contract);
        Map<LoanField, Object> issues = LoanScene.stating(LoanField.ISSUES, LoanScene.sums("2026-02-12", 1L));
        assertEquals("issues", assertRefused(LoanRefusal.DATE_IN_FUTURE, () -> scene.apply(contracted, LoanEvent.RECORD, issues)).field());
        scene.application.clock().set(lastOfTheDay.plusSeconds(86_401));
        assertEquals(List.of(LoanEvent.RECORD), scene.apply(contracted, LoanEvent.RECORD, issues).loan().last().events());
    }

    private Map<LoanField, Object> appliedAt(Instant at) {
        Map<LoanField, Object> stated = scene.application(scene.aBorrower());
        stated.put(LoanField.APPLIED_AT, at);
        return stated;
    }
}
