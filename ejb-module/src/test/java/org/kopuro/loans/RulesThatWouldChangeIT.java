package org.kopuro.loans;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.loans.RuleEffect.Outcome;
import org.kopuro.loans.checks.CheckResult.Verdict;
import org.kopuro.loans.programmes.RuleSet;
import org.kopuro.loans.programmes.RuleSets;
import org.kopuro.testing.Rows;
import org.kopuro.testing.TestProgrammes;

/** Before new rules are approved, whoever approves them sees what they would change (LOAN-81). */
class RulesThatWouldChangeIT {

    private final LoanScene scene = new LoanScene("FLAG");

    @Test
    void openApplicationsStandSideBySideAndContractsAreNeverAmongThem() {
        LoanView open = scene.form(scene.application(scene.aBorrower()));
        scene.contracted(scene.aBorrower());
        UUID proposed = propose("56.99");
        RuleEffects.Page page = effects(proposed);
        assertEquals(1, page.looked(), "the contract is not even looked at");
        assertEquals(List.of(new RuleEffect(open.loan().id(), scene.bank, new Outcome(0, false, Verdict.MEETS, Optional.empty()), new Outcome(0, false, Verdict.DOES_NOT_MEET, Optional.empty()))), page.effects());
        assertEquals(Verdict.MEETS, scene.get(open.loan().id()).loan().judged().verdict(), "nothing is changed by looking");
        assertEquals(List.of("2"), Rows.of("select count(*)::text from loans.loan where programme = ?", scene.programme));
    }

    @Test
    void rulesThatChangeNothingShowNothing() {
        scene.form(scene.application(scene.aBorrower()));
        assertEquals(List.of(), effects(propose("56")).effects());
    }

    /** Between two stages an application is provisionally of the later one; other days of a stage bring it elsewhere (LOAN-60). */
    @Test
    void applicationsThatTheProposalsDatesWouldBringIntoAnotherStageStandThereWithBoth() {
        String staged = TestProgrammes.withoutRules("FLAG", false, scene.regulator);
        TestProgrammes.accredit(scene.bank, scene.contour, staged, LocalDate.of(2020, 1, 1));
        stage(staged, 1, "2020-01-01", "2026-01-15");
        stage(staged, 2, "2026-02-01", null);
        UUID inFirst = appliedOn(staged, "2026-01-10");
        UUID between = appliedOn(staged, "2026-01-20");
        UUID inSecond = appliedOn(staged, "2026-02-20");
        UUID longer = propose(rules(staged, 1, "2020-01-01", Optional.of("2026-01-25"), "56"));
        assertEquals(List.of(effect(between, outcome(2, true), outcome(1, false))), effects(staged, longer).effects());
        UUID later = propose(rules(staged, 2, "2026-02-25", Optional.empty(), "56"));
        RuleEffects.Page page = effects(staged, later);
        assertEquals(List.of(effect(inSecond, outcome(2, false), outcome(2, true))), page.effects());
        assertEquals(3, page.looked());
        scene.application.run(RuleSets.class, sets -> sets.reject(staged, longer, "Shorter.", Contour.PRODUCTION, Actor.of(UUID.randomUUID(), "METHODOLOGY_OWNER")));
        UUID shorter = propose(rules(staged, 1, "2020-01-01", Optional.of("2026-01-05"), "56"));
        assertEquals(List.of(effect(inFirst, outcome(1, false), outcome(2, true))), effects(staged, shorter).effects(), "it leaves the proposal's stage");
    }

    private RuleEffect effect(UUID loan, Outcome now, Outcome then) {
        return new RuleEffect(loan, scene.bank, now, then);
    }

    private static Outcome outcome(int stage, boolean outside) {
        return new Outcome(stage, outside, Verdict.MEETS, Optional.empty());
    }

    private static void stage(String programme, int stage, String from, String to) {
        Rows.change("""
                insert into loans.rule_set (programme, stage, version, issued_from, issued_to, source, reason, proposed_at, outcome, decided_at)
                values (?, ?, 1, ?::date, ?::date, 'a test', 'x', now(), 'APPROVED', now())""", programme, stage, from, to);
    }

    private UUID appliedOn(String programme, String day) {
        Map<LoanField, Object> stated = scene.application(scene.aBorrower());
        stated.put(LoanField.PROGRAMME, programme);
        stated.put(LoanField.APPLIED_AT, LocalDate.parse(day).atTime(10, 0).atZone(Installation.MOSCOW).toInstant());
        return scene.form(stated).loan().id();
    }

    private RuleEffects.Page effects(UUID ruleSet) {
        return effects(scene.programme, ruleSet);
    }

    private RuleEffects.Page effects(String programme, UUID ruleSet) {
        return scene.application.with(RuleEffects.class, effects -> effects.of(programme, ruleSet, scene.contour, Optional.empty()));
    }

    private UUID propose(String okved) {
        return propose(rules(scene.programme, 0, "2020-01-01", Optional.empty(), okved));
    }

    private static RuleSet rules(String programme, int stage, String from, Optional<String> to, String okved) {
        return new RuleSet(programme, stage, 2, LocalDate.parse(from), to.map(LocalDate::parse), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(),
                List.of(new RuleSet.Alternative("SECTOR", List.of(new RuleSet.Condition("C05", RuleSet.Test.OKVED_IN, List.of(okved))))), RuleSet.OnBreach.FLAG, RuleSet.OnBreach.FLAG, 0, 15, 25, false);
    }

    private UUID propose(RuleSet rules) {
        return scene.application.with(RuleSets.class, sets -> sets.propose(rules, "a test", "To try.", Contour.PRODUCTION, Actor.of(UUID.randomUUID(), "METHODOLOGY_OWNER"))).id();
    }
}
