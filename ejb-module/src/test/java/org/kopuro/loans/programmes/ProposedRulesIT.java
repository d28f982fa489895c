package org.kopuro.loans.programmes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.loans.programmes.RuleSet.Alternative;
import org.kopuro.loans.programmes.RuleSet.Condition;
import org.kopuro.loans.programmes.RuleSet.Formula;
import org.kopuro.loans.programmes.RuleSet.Metric;
import org.kopuro.loans.programmes.RuleSet.MonthRule;
import org.kopuro.loans.programmes.RuleSet.OnBreach;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestProgrammes;

/** A rule set is proposed by one, approved by the methodology's owner who is another one, and never changed (LOAN-80). */
class ProposedRulesIT {

    private static final Actor OWNER = Actor.of(UUID.randomUUID(), "METHODOLOGY_OWNER");
    private static final Actor OTHER_OWNER = Actor.of(UUID.randomUUID(), "METHODOLOGY_OWNER");
    private static final LocalDate DAY = LocalDate.of(2021, 5, 1);

    private final TestApplication application = new TestApplication("TEST,PRODUCTION", Scene.NOON);
    private final String programme = TestProgrammes.programme("FLAG");

    @Test
    void theNewestApprovedVersionHolds() {
        RuleSetView proposed = propose(full(0, DAY.minusYears(1), Optional.empty()), OWNER);
        assertEquals("2 " + Optional.empty(), proposed.rules().version() + " " + proposed.outcome());
        assertEquals(1, holds().version());
        RuleSetView approved = approve(proposed, OTHER_OWNER);
        assertEquals(Optional.of(RuleSetView.Outcome.APPROVED), approved.outcome());
        RuleSet expected = full(0, DAY.minusYears(1), Optional.empty());
        assertEquals(expected.months(), holds().months());
        assertEquals(expected.eligibility(), holds().eligibility());
        assertEquals(approved.rules(), holds());
        assertEquals(1, rulebook().version(programme, 0, 1).orElseThrow().version(), "what was overtaken is still there to be named");
    }

    @Test
    void nobodyApprovesWhatHeProposed() {
        RuleSetView proposed = propose(full(0, DAY, Optional.empty()), OWNER);
        assertRefused(ProgrammeRefusal.RULE_SET_OWN_PROPOSAL, () -> approve(proposed, OWNER));
        assertThrows(IllegalStateException.class, () -> Rows.change("update loans.rule_set set outcome = 'APPROVED', decided_at = now(), decided_by = ?, decider_role = 'METHODOLOGY_OWNER' where id = ?",
                OWNER.account().orElseThrow(), proposed.id()), "past Java neither");
        assertThrows(IllegalStateException.class, () -> Rows.change("update loans.rule_set set outcome = 'APPROVED', decided_at = now(), decided_by = gen_random_uuid(), decider_role = 'OPERATOR' where id = ?",
                proposed.id()), "nor another role");
        assertEquals(1, holds().version());
    }

    @Test
    void aDecisionIsForGood() {
        RuleSetView rejected = propose(full(0, DAY, Optional.empty()), OWNER);
        application.with(RuleSets.class, sets -> sets.reject(programme, rejected.id(), "Not so.", Contour.PRODUCTION, OTHER_OWNER));
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> approve(rejected, OTHER_OWNER));
        RuleSetView approved = approve(propose(full(0, DAY, Optional.empty()), OWNER), OTHER_OWNER);
        assertEquals(3, approved.rules().version());
        assertThrows(IllegalStateException.class, () -> Rows.change("update loans.rule_set set cap = cap + 1 where id = ?", approved.id()));
        assertThrows(IllegalStateException.class, () -> Rows.change("update loans.rule_set set remark = 'x' where id = ?", approved.id()));
        assertThrows(IllegalStateException.class, () -> Rows.change("delete from loans.rule_set where id = ?", approved.id()));
        assertEquals(List.of("3", "2", "1"), Rows.of("select version from loans.rule_set where programme = ? order by version desc", programme));
    }

    @Test
    void aDraftOfAReleaseIsApprovedByAnyOwnerOfTheMethodology() {
        Rows.change("insert into loans.rule_set (programme, stage, version, issued_from, source, reason, proposed_at) values (?, 0, 2, date '2020-01-01', 'a test', 'x', now())", programme);
        RuleSetView draft = application.with(RuleSets.class, sets -> sets.of(programme)).get(0);
        assertEquals(Optional.empty(), draft.proposedBy());
        approve(draft, OWNER);
        assertEquals(2, holds().version());
    }

    @Test
    void oneProposalOfAStageWaitsAtATime() {
        propose(full(0, DAY, Optional.empty()), OWNER);
        assertRefused(ProgrammeRefusal.RULE_SET_PROPOSED_ALREADY, () -> propose(full(0, DAY, Optional.empty()), OTHER_OWNER));
    }

    @Test
    void noTwoStagesAreOpenOnOneDay() {
        String staged = TestProgrammes.withoutRules("BLOCK", false, "MINEC");
        approve(staged, propose(staged, full(1, DAY, Optional.of(DAY.plusDays(9))), OWNER));
        RuleSetView overlapping = propose(staged, full(2, DAY.plusDays(9), Optional.empty()), OWNER);
        assertRefused(ProgrammeRefusal.RULE_SET_STAGES_OVERLAP, () -> approve(staged, overlapping));
        application.with(RuleSets.class, sets -> sets.reject(staged, overlapping.id(), "They overlap.", Contour.PRODUCTION, OTHER_OWNER));
        approve(staged, propose(staged, full(2, DAY.plusDays(10), Optional.empty()), OWNER));
        RuleSetView without = propose(staged, full(0, DAY.minusYears(2), Optional.of(DAY.minusYears(1))), OWNER);
        assertRefused(ProgrammeRefusal.RULE_SET_STAGES_OVERLAP, () -> approve(staged, without));
    }

    @Test
    void whatLeavesAnApplicationWithoutAnAnswerIsRefused() {
        RuleSet good = full(0, DAY, Optional.empty());
        assertField("monthRules[1].from", with(good, List.of(rule(null, DAY), rule(DAY.plusDays(2), null)), good.eligibility()));
        assertField("monthRules[1].from", with(good, List.of(rule(null, DAY), rule(DAY, null)), good.eligibility()));
        assertField("monthRules[0].from", with(good, List.of(rule(DAY, null)), good.eligibility()));
        assertField("monthRules[0].to", with(good, List.of(rule(null, DAY)), good.eligibility()));
        assertField("monthRules", with(good, List.of(), good.eligibility()));
        assertField("eligibility[0].conditions[0].values", with(good, good.months(), List.of(new Alternative("A", List.of(new Condition("C08", RuleSet.Test.IS, List.of("HUGE")))))));
        assertField("eligibility[0].conditions[0].item", with(good, good.months(), List.of(new Alternative("A", List.of(new Condition("C12", RuleSet.Test.PASSES, List.of()))))));
        assertField("eligibility[0].conditions[0].values", with(good, good.months(), List.of(new Alternative("A", List.of(new Condition("C05", RuleSet.Test.OKVED_IN, List.of("5610")))))));
        assertField("eligibility[0].conditions[0].values", with(good, good.months(),
                List.of(new Alternative("A", List.of(new Condition("C04", RuleSet.Test.DATE_WITHIN, List.of("2021-07-01", "2020-07-01")))))));
        assertField("issuedTo", full(0, DAY, Optional.of(DAY.minusDays(1))));
        assertField("stage", full(10, DAY, Optional.empty()));
    }

    @Test
    void officialsOfTestDoNotChangeWhatHoldsInProduction() {
        assertRefused(ProgrammeRefusal.PROGRAMMES_NOT_OF_THIS_CONTOUR,
                () -> application.with(RuleSets.class, sets -> sets.propose(full(0, DAY, Optional.empty()), "a test", "x", Contour.TEST, OWNER)));
    }

    private RuleSet full(int stage, LocalDate issuedFrom, Optional<LocalDate> issuedTo) {
        return new RuleSet(programme, stage, 0, issuedFrom, issuedTo, Optional.of(issuedFrom), Optional.empty(), Optional.of(DAY), Optional.of(new Formula(1_279_200, 130, 6, Optional.of(DAY),
                Optional.of(100L))), List.of(rule(null, DAY), rule(DAY.plusDays(1), null)), List.of(new Alternative("SMALL", List.of(new Condition("C08", RuleSet.Test.IS, List.of("MICRO", "SMALL")),
                new Condition("C05", RuleSet.Test.OKVED_IN, List.of("56.1", "90"))))), OnBreach.BLOCK, OnBreach.BLOCK, 85, 10, 20, true);
    }

    private static MonthRule rule(LocalDate from, LocalDate to) {
        return new MonthRule(Optional.ofNullable(from), Optional.ofNullable(to), Optional.of(LocalDate.of(2020, 12, 1)), Metric.TRIPLE_WITH_GPC, true);
    }

    private static RuleSet with(RuleSet rules, List<MonthRule> months, List<Alternative> eligibility) {
        return new RuleSet(rules.programme(), rules.stage(), 0, rules.issuedFrom(), rules.issuedTo(), rules.appliedFrom(), rules.appliedTo(), rules.snapshotOn(), rules.formula(), months, eligibility,
                rules.onFail(), rules.onOverMaximum(), rules.keepPercent(), rules.refreshCutoff(), rules.refreshDay(), rules.asserted());
    }

    private RuleSetView propose(RuleSet rules, Actor by) {
        return propose(programme, rules, by);
    }

    private RuleSetView propose(String of, RuleSet rules, Actor by) {
        RuleSet wanted = new RuleSet(of, rules.stage(), 0, rules.issuedFrom(), rules.issuedTo(), rules.appliedFrom(), rules.appliedTo(), rules.snapshotOn(), rules.formula(), rules.months(),
                rules.eligibility(), rules.onFail(), rules.onOverMaximum(), rules.keepPercent(), rules.refreshCutoff(), rules.refreshDay(), rules.asserted());
        return application.with(RuleSets.class, sets -> sets.propose(wanted, "a test", "To try it.", Contour.PRODUCTION, by));
    }

    private RuleSetView approve(RuleSetView proposed, Actor by) {
        return application.with(RuleSets.class, sets -> sets.approve(programme, proposed.id(), Contour.PRODUCTION, by));
    }

    private void approve(String of, RuleSetView proposed) {
        application.with(RuleSets.class, sets -> sets.approve(of, proposed.id(), Contour.PRODUCTION, OTHER_OWNER));
    }

    private Rulebook rulebook() {
        return application.with(Programmes.class, Programmes::rulebook);
    }

    private RuleSet holds() {
        return rulebook().choose(programme, DAY, Optional.empty()).rules();
    }

    private void assertField(String field, RuleSet rules) {
        Refusal refusal = assertThrows(Refusal.class, () -> propose(rules, OWNER));
        assertEquals("FIELD_INVALID " + field, refusal.code() + " " + refusal.field());
    }

    private static void assertRefused(RefusalCode code, Executable action) {
        assertEquals(code, assertThrows(Refusal.class, action).code());
    }
}
