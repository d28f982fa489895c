package org.kopuro.loans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.kopuro.loans.LifeOfALoanIT.assertRefused;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.Connections;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.participants.ParticipantId;
import org.kopuro.registers.borrowers.IdentifierProblem;
import org.kopuro.testing.Scene;

/** TEST warns of what PRODUCTION refuses, with the same code (LOAN-130, LOAN-131, LOAN-154). */
class ContoursOfLoansIT {

    private final LoanScene test = new LoanScene(Contour.TEST, "FLAG");
    private final LoanScene production = new LoanScene(Contour.PRODUCTION, "FLAG");

    private interface Stating {
        Map<LoanField, Object> in(LoanScene scene);
    }

    private void assertWarnedAndRefused(RefusalCode code, String field, Stating stating) {
        LoanView taken = test.form(stating.in(test));
        assertTrue(taken.loan().warnings().contains(new Loan.Warning(code.name(), field)), () -> taken.loan().warnings().toString());
        assertEquals(field, assertRefused(code, () -> production.form(stating.in(production))).field());
    }

    @Test
    void aCheckDigitThatDoesNotFit() {
        assertWarnedAndRefused(IdentifierProblem.BORROWER_INN_CHECK_DIGIT, "inn", scene -> scene.application("7707083894"));
    }

    @Test
    void aNumberThatNoRegisterKnows() {
        assertWarnedAndRefused(LoanRefusal.INN_UNKNOWN, "inn", scene -> scene.application(LoanScene.inn()));
    }

    @Test
    void anApplicationOfTomorrow() {
        assertWarnedAndRefused(LoanRefusal.DATE_IN_FUTURE, "appliedAt", scene -> with(scene, LoanField.APPLIED_AT, scene.application.clock().instant().plusSeconds(86_400)));
    }

    @Test
    void anApplicationBeforeTheProgrammeAndTheAccreditation() {
        Instant early = LocalDate.of(2019, 12, 31).atTime(12, 0).atZone(Installation.MOSCOW).toInstant();
        LoanView taken = test.form(with(test, LoanField.APPLIED_AT, early));
        assertEquals(List.of("NOT_ACCREDITED", "PROGRAMME_NOT_ACTIVE"), taken.loan().warnings().stream().map(Loan.Warning::code).filter(code -> !Set.of("OUTSIDE_STAGE", "INN_UNKNOWN", "OKVED_UNCLASSIFIED").contains(code))
                .sorted().collect(Collectors.toList()));
        assertRefused(LoanRefusal.NOT_ACCREDITED, () -> production.form(with(production, LoanField.APPLIED_AT, early)));
    }

    /** What PRODUCTION would have refused at entry stays on the card, whatever is asked anew of the borrower. */
    @Test
    void theMarksOfAnEntryStayUntilProgrammeOrDayIsAnother() {
        LoanView formed = test.form(with(test, LoanField.APPLIED_AT, LocalDate.of(2019, 12, 31).atTime(12, 0).atZone(Installation.MOSCOW).toInstant()));
        LoanView moved = test.apply(formed, LoanEvent.EDIT, LoanScene.stating(LoanField.INN, test.aBorrower()));
        LoanView rechecked = test.apply(moved, LoanEvent.RECHECK, Map.of());
        LoanView contracted = test.apply(test.apply(rechecked, LoanEvent.APPROVE, LoanScene.approval()), LoanEvent.CONTRACT, LoanScene.contract());
        for (LoanView view : List.of(formed, moved, rechecked, contracted, test.apply(contracted, LoanEvent.RECHECK, Map.of()))) {
            assertEquals(Set.of("NOT_ACCREDITED", "PROGRAMME_NOT_ACTIVE"), entryMarks(view), () -> view.loan().last().events().toString());
        }
        LoanView late = test.form(with(test, LoanField.APPLIED_AT, LocalDate.of(2019, 12, 31).atTime(12, 0).atZone(Installation.MOSCOW).toInstant()));
        assertEquals(Set.of(), entryMarks(test.apply(late, LoanEvent.EDIT, LoanScene.stating(LoanField.APPLIED_AT, LoanScene.APPLIED.atTime(10, 0).atZone(Installation.MOSCOW).toInstant()))));
    }

    private static Set<String> entryMarks(LoanView view) {
        return view.loan().warnings().stream().map(Loan.Warning::code).filter(Set.of("NOT_ACCREDITED", "PROGRAMME_NOT_ACTIVE")::contains).collect(Collectors.toSet());
    }

    @Test
    void anIssueOrABalanceOfTomorrowAndAContractBeforeTheDecision() {
        assertWarnedAndRefused(LoanRefusal.DATE_IN_FUTURE, "issues", LoanEvent.RECORD, LoanScene.stating(LoanField.ISSUES, LoanScene.sums("2026-03-03", 1L)));
        assertWarnedAndRefused(LoanRefusal.DATE_IN_FUTURE, "balances", LoanEvent.RECORD, LoanScene.stating(LoanField.BALANCES, LoanScene.sums("2026-04-01", 1L)));
        assertWarnedAndRefused(LoanRefusal.DATE_ORDER, "contractDate", LoanEvent.CORRECT, LoanScene.stating(LoanField.CONTRACT_DATE, LocalDate.of(2026, 2, 9)));
        for (LoanScene scene : List.of(test, production)) {
            LoanView loan = scene.contracted(scene.aBorrower());
            scene.apply(scene.apply(loan, LoanEvent.RECORD, LoanScene.stating(LoanField.BALANCES, LoanScene.sums("2026-03-01", 1L))), LoanEvent.CORRECT,
                    LoanScene.stating(LoanField.CONTRACT_DATE, LocalDate.of(2026, 2, 10)));
        }
    }

    private void assertWarnedAndRefused(RefusalCode code, String field, LoanEvent event, Map<LoanField, Object> stated) {
        LoanView taken = test.apply(test.contracted(test.aBorrower()), event, stated);
        assertTrue(taken.loan().warnings().contains(new Loan.Warning(code.name(), field)), () -> taken.loan().warnings().toString());
        LoanView loan = production.contracted(production.aBorrower());
        assertEquals(field, assertRefused(code, () -> production.apply(loan, event, stated)).field());
    }

    @Test
    void whatHasNoFormOfANumberIsRefusedInBoth() {
        for (LoanScene scene : List.of(test, production)) {
            for (String wrong : List.of("123456789", "0000000000", "77070838931", "٧٧٠٧٠٨٣٨٩٣", "7707083893 ")) {
                assertEquals("inn", assertRefused(wrong.equals("0000000000") ? IdentifierProblem.BORROWER_INN_ZEROS : IdentifierProblem.BORROWER_INN_FORM, () -> scene.form(scene.application(wrong))).field());
            }
            assertRefused(LoanRefusal.PROGRAMME_UNKNOWN, () -> scene.form(with(scene, LoanField.PROGRAMME, "none")));
            assertRefused(LoanRefusal.BORROWER_KIND_DIFFERS, () -> scene.form(with(scene, LoanField.BORROWER_KIND, "SOLE_PROPRIETOR")));
            Map<LoanField, Object> without = scene.application(scene.aBorrower());
            without.remove(LoanField.REQUESTED);
            assertEquals("requested", assertRefused(InputRefusal.FIELD_MISSING, () -> scene.form(without)).field());
        }
    }

    @Test
    void aBankThatIsNotConnectedNowEntersAndChangesNothing() {
        LoanView formed = test.form(test.application(test.aBorrower()));
        test.application.run(Connections.class, connections -> connections.of(new ParticipantId(test.bank), Contour.TEST).forEach(connection ->
                connections.apply(connection.id(), Contour.TEST, Scene.change(ConnectionEvent.SUSPEND).on("OFF_PURPOSE"))));
        assertRefused(LoanRefusal.BANK_NOT_CONNECTED, () -> test.form(test.application(test.aBorrower())));
        assertRefused(LoanRefusal.BANK_NOT_CONNECTED, () -> test.apply(formed, LoanEvent.APPROVE, LoanScene.approval()));
        assertEquals(formed.loan(), test.get(formed.loan().id()).loan(), "and reads what it has");
    }

    private static Map<LoanField, Object> with(LoanScene scene, LoanField field, Object value) {
        Map<LoanField, Object> stated = scene.application(scene.aBorrower());
        stated.put(field, value);
        return stated;
    }
}
