package org.kopuro.loans.programmes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestProgrammes;

/** A changed policy on duplicates reaches whoever counts applicants in the same statement, or is refused (LOAN-41, decision 0037). */
class ChangedDuplicatePolicyIT {

    private final TestApplication application = new TestApplication("TEST,PRODUCTION", Scene.NOON);
    private final String programme = TestProgrammes.programme("FLAG");

    @Test
    void isWhatApplicantsAreCountedUnder() {
        counted(1);
        assertEquals(DuplicatePolicy.BLOCK, change(DuplicatePolicy.BLOCK).duplicatePolicy());
        assertEquals(List.of("BLOCK"), Rows.of("select policy from loans.applicant where programme = ?", programme));
        assertThrows(IllegalStateException.class, () -> Rows.change("update loans.applicant set active = 2 where programme = ?", programme));
        change(DuplicatePolicy.FLAG);
        Rows.change("update loans.applicant set active = 2 where programme = ?", programme);
    }

    @Test
    void isRefusedWhereThereAreDuplicatesAlready() {
        counted(2);
        assertEquals(ProgrammeRefusal.DUPLICATES_THERE_ALREADY, assertThrows(Refusal.class, () -> change(DuplicatePolicy.BLOCK)).code());
        assertEquals(List.of("FLAG"), Rows.of("select duplicate_policy from loans.programme where code = ?", programme));
    }

    private void counted(int active) {
        Rows.change("insert into loans.applicant (contour, programme, inn, part, policy, active) values ('TEST', ?, '7707083893', 0, 'FLAG', ?)", programme, active);
    }

    private Programme change(DuplicatePolicy policy) {
        return application.with(Programmes.class, programmes -> programmes.changePolicy(programme, policy, "The decree says so.", Contour.PRODUCTION, Scene.OFFICIAL));
    }
}
