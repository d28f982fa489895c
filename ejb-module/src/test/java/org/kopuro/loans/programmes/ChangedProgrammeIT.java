package org.kopuro.loans.programmes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestProgrammes;

/** A programme is changed by what one proposes and another one approves; a changed policy reaches whoever counts applicants in the same statement, or is refused (LOAN-10, LOAN-41, LOAN-80). */
class ChangedProgrammeIT {

    private static final Actor OPERATOR = Actor.of(UUID.randomUUID(), "OPERATOR");
    private static final Actor OWNER = Actor.of(UUID.randomUUID(), "METHODOLOGY_OWNER");
    private static final Actor OTHER_OWNER = Actor.of(UUID.randomUUID(), "METHODOLOGY_OWNER");

    private final TestApplication application = new TestApplication("TEST,PRODUCTION", Scene.NOON);
    private final String programme = TestProgrammes.programme("FLAG");

    @Test
    void itsPolicyIsWhatApplicantsAreCountedUnder() {
        counted(1);
        approve(propose(policy(DuplicatePolicy.BLOCK), OWNER), OTHER_OWNER);
        assertEquals(List.of("BLOCK"), Rows.of("select policy from loans.applicant where programme = ?", programme));
        assertThrows(IllegalStateException.class, () -> Rows.change("update loans.applicant set active = 2 where programme = ?", programme));
        approve(propose(policy(DuplicatePolicy.FLAG), OWNER), OTHER_OWNER);
        Rows.change("update loans.applicant set active = 2 where programme = ?", programme);
    }

    @Test
    void aPolicyThatBlocksIsRefusedWhereThereAreDuplicatesAlready() {
        counted(2);
        ProgrammeChangeView proposed = propose(policy(DuplicatePolicy.BLOCK), OWNER);
        assertRefused(ProgrammeRefusal.DUPLICATES_THERE_ALREADY, () -> approve(proposed, OTHER_OWNER));
        assertEquals(List.of("FLAG"), Rows.of("select duplicate_policy from loans.programme where code = ?", programme));
        assertEquals(Optional.empty(), changes().get(0).outcome(), "and still waits");
    }

    @Test
    void anotherBodyWatchesItFromTheApprovalOn() {
        Actor official = TestProgrammes.official("MINEC", Contour.TEST);
        String code = "R_" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
        Map<Language, String> names = Map.of(Language.RU, "Орган", Language.KY, "Орган", Language.EN, "A body");
        assertRefused(ProgrammeRefusal.PROGRAMME_REFERS_TO_NOTHING, () -> propose(regulator(code), OPERATOR));
        assertEquals(List.of(), application.with(Regulators.class, all -> all.register(code, names, Contour.PRODUCTION, OPERATOR)).programmes());
        assertRefused(ProgrammeRefusal.REGULATOR_ADDED_ALREADY, () -> application.with(Regulators.class, all -> all.register(code, names, Contour.PRODUCTION, OPERATOR)));
        Actor successor = TestProgrammes.official(code, Contour.TEST);
        ProgrammeChangeView proposed = propose(regulator(code), OPERATOR);
        assertTrue(programmesOf(official).contains(programme), "until then the old one does");
        approve(proposed, OWNER);
        assertEquals(Set.of(programme), programmesOf(successor));
        assertTrue(!programmesOf(official).contains(programme));
    }

    @Test
    void itEndsAndGetsAnotherSectorAndEntryPointAndTheRestStays() {
        LocalDate end = LocalDate.of(2026, 6, 30);
        Programme before = get();
        approve(propose(new ProgrammeChange(Optional.empty(), Optional.empty(), Optional.of("OTHER_SECTOR"), Optional.of(EntryPoint.AFTER_CONTRACT), Optional.of(end)), OWNER), OTHER_OWNER);
        assertEquals(new Programme(before.code(), before.decreedOn(), before.titles(), "OTHER_SECTOR", before.regulator(), EntryPoint.AFTER_CONTRACT, before.duplicatePolicy(), before.stagesApart(),
                before.activeFrom(), Optional.of(end), before.procedure()), get());
        assertEquals("activeTo", assertRefused(InputRefusal.FIELD_INVALID,
                () -> propose(new ProgrammeChange(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(before.activeFrom().minusDays(1))), OWNER)).field());
        assertRefused(InputRefusal.FIELD_MISSING, () -> new ProgrammeChange(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void nobodyApprovesWhatHeProposedAndADecisionIsForGood() {
        ProgrammeChangeView proposed = propose(policy(DuplicatePolicy.BLOCK), OWNER);
        assertRefused(ProgrammeRefusal.RULE_SET_OWN_PROPOSAL, () -> approve(proposed, OWNER));
        assertRefused(ProgrammeRefusal.PROGRAMME_CHANGE_PROPOSED_ALREADY, () -> propose(policy(DuplicatePolicy.BLOCK), OTHER_OWNER));
        for (String forged : List.of("decided_by = '" + OWNER.account().orElseThrow() + "', decider_role = 'METHODOLOGY_OWNER'", "decided_by = gen_random_uuid(), decider_role = 'OPERATOR'")) {
            assertThrows(IllegalStateException.class, () -> Rows.change("update loans.programme_change set outcome = 'APPROVED', decided_at = now(), " + forged + " where id = ?", proposed.id()));
        }
        ProgrammeChangeView rejected = application.with(ProgrammeChanges.class, all -> all.reject(programme, proposed.id(), "Not so.", Contour.PRODUCTION, OTHER_OWNER));
        assertEquals(Optional.of("Not so."), rejected.remark());
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> approve(proposed, OTHER_OWNER));
        assertEquals(DuplicatePolicy.FLAG, get().duplicatePolicy());
        assertThrows(IllegalStateException.class, () -> Rows.change("update loans.programme_change set remark = 'x' where id = ?", proposed.id()));
        assertThrows(IllegalStateException.class, () -> Rows.change("delete from loans.programme_change where id = ?", proposed.id()));
        assertRefused(ProgrammeRefusal.PROGRAMMES_NOT_OF_THIS_CONTOUR, () -> application.with(ProgrammeChanges.class,
                all -> all.propose(programme, policy(DuplicatePolicy.BLOCK), "x", Contour.TEST, OWNER)));
    }

    private static ProgrammeChange policy(DuplicatePolicy policy) {
        return new ProgrammeChange(Optional.of(policy), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static ProgrammeChange regulator(String code) {
        return new ProgrammeChange(Optional.empty(), Optional.of(code), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private void counted(int active) {
        Rows.change("insert into loans.applicant (contour, programme, inn, part, policy, active) values ('TEST', ?, '7707083893', 0, 'FLAG', ?)", programme, active);
    }

    private Programme get() {
        return application.with(Programmes.class, programmes -> programmes.get(programme));
    }

    private List<ProgrammeChangeView> changes() {
        return application.with(ProgrammeChanges.class, all -> all.of(programme));
    }

    private Set<String> programmesOf(Actor person) {
        return application.with(Regulators.class, all -> all.programmesOf(person.account().orElseThrow()));
    }

    private ProgrammeChangeView propose(ProgrammeChange change, Actor by) {
        return application.with(ProgrammeChanges.class, all -> all.propose(programme, change, "The decree says so.", Contour.PRODUCTION, by));
    }

    private ProgrammeChangeView approve(ProgrammeChangeView proposed, Actor by) {
        return application.with(ProgrammeChanges.class, all -> all.approve(programme, proposed.id(), Contour.PRODUCTION, by));
    }

    private static Refusal assertRefused(RefusalCode code, Executable action) {
        Refusal refusal = assertThrows(Refusal.class, action);
        assertEquals(code, refusal.code());
        return refusal;
    }
}
