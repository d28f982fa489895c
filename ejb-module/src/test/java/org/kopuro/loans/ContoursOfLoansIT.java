package org.kopuro.loans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.kopuro.loans.LifeOfALoanIT.assertRefused;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
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
        assertEquals(List.of("NOT_ACCREDITED", "PROGRAMME_NOT_ACTIVE"), taken.loan().warnings().stream().map(Loan.Warning::code).filter(code -> !code.equals("OUTSIDE_STAGE") && !code.equals("INN_UNKNOWN"))
                .sorted().collect(Collectors.toList()));
        assertRefused(LoanRefusal.NOT_ACCREDITED, () -> production.form(with(production, LoanField.APPLIED_AT, early)));
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
