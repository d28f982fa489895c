package org.kopuro.loans;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.loans.checks.CheckResult.Verdict;
import org.kopuro.loans.programmes.RuleSet;
import org.kopuro.loans.programmes.RuleSets;
import org.kopuro.testing.Rows;

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
        assertEquals(List.of(new RuleEffect(open.loan().id(), scene.bank, Verdict.MEETS, Verdict.DOES_NOT_MEET, Optional.empty(), Optional.empty())), page.effects());
        assertEquals(Verdict.MEETS, scene.get(open.loan().id()).loan().judged().verdict(), "nothing is changed by looking");
        assertEquals(List.of("2"), Rows.of("select count(*)::text from loans.loan where programme = ?", scene.programme));
    }

    @Test
    void rulesThatChangeNothingShowNothing() {
        scene.form(scene.application(scene.aBorrower()));
        assertEquals(List.of(), effects(propose("56")).effects());
    }

    private RuleEffects.Page effects(UUID ruleSet) {
        return scene.application.with(RuleEffects.class, effects -> effects.of(scene.programme, ruleSet, scene.contour, Optional.empty()));
    }

    private UUID propose(String okved) {
        RuleSet rules = new RuleSet(scene.programme, 0, 2, LocalDate.of(2020, 1, 1), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(),
                List.of(new RuleSet.Alternative("SECTOR", List.of(new RuleSet.Condition("C05", RuleSet.Test.OKVED_IN, List.of(okved))))), RuleSet.OnBreach.FLAG, RuleSet.OnBreach.FLAG, 0, 15, 25, false);
        return scene.application.with(RuleSets.class, sets -> sets.propose(rules, "a test", "To try.", Contour.PRODUCTION, Actor.of(UUID.randomUUID(), "METHODOLOGY_OWNER"))).id();
    }
}
