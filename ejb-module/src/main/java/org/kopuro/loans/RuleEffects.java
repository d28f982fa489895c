package org.kopuro.loans;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.loans.checks.CheckResult;
import org.kopuro.loans.checks.CheckWish;
import org.kopuro.loans.checks.Checks;
import org.kopuro.loans.headcount.Sheet;
import org.kopuro.loans.headcount.SheetWish;
import org.kopuro.loans.headcount.Sheets;
import org.kopuro.loans.programmes.RuleSet;
import org.kopuro.loans.programmes.RuleSets;

/** Which open applications a version of the rules would judge otherwise, before anybody approves it (LOAN-81). Loans with a contract keep theirs and are never among them. */
@Stateless
public class RuleEffects {

    /** Looked at with one question; who wants the others asks again. */
    public static final int LOOKED_AT_MAX = 1000;

    @Inject
    private CardStore cards;
    @Inject
    private RuleSets ruleSets;
    @Inject
    private Checks checks;
    @Inject
    private Sheets sheets;
    @Inject
    private Clock clock;

    /**
     * @param looked how many applications were looked at
     * @param next   behind which the others begin; empty where these were all
     */
    public record Page(List<RuleEffect> effects, int looked, Optional<UUID> next) {
        public Page {
            effects = List.copyOf(effects);
        }
    }

    /** Old and new side by side, of those that differ. Nothing is stored. */
    public Page of(String programme, UUID ruleSet, Contour contour, Optional<UUID> after) {
        RuleSet rules = ruleSets.get(programme, ruleSet).rules();
        List<Loan> open = cards.open(programme, rules.stage(), contour, after, LOOKED_AT_MAX);
        Instant at = clock.instant();
        List<CheckResult> then = checks.judge(open.stream().map(loan -> new CheckWish(loan.id(), loan.inn(), rules, loan.appliedAt())).toList(), contour, at);
        Map<UUID, Sheet> calculated = new HashMap<>();
        if (rules.formula().isPresent()) {
            sheets.compute(open.stream().map(loan -> new SheetWish(loan.id(), loan.inn(), rules, loan.appliedAt(), Optional.empty())).toList(), contour, at)
                    .forEach(sheet -> calculated.put(sheet.loan(), sheet));
        }
        List<RuleEffect> effects = new ArrayList<>();
        for (int i = 0; i < open.size(); i++) {
            Loan loan = open.get(i);
            effects.add(new RuleEffect(loan.id(), loan.bank(), loan.judged().verdict(), then.get(i).verdict(), loan.judged().maximum(),
                    Optional.ofNullable(calculated.get(loan.id())).flatMap(Sheet::maximum)));
        }
        return new Page(effects.stream().filter(RuleEffect::changes).toList(), open.size(), open.size() < LOOKED_AT_MAX ? Optional.empty() : Optional.of(open.get(open.size() - 1).id()));
    }
}
