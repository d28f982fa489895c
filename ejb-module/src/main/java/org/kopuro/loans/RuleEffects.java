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
import org.kopuro.loans.RuleEffect.Outcome;
import org.kopuro.loans.checks.CheckResult;
import org.kopuro.loans.checks.CheckWish;
import org.kopuro.loans.checks.Checks;
import org.kopuro.loans.headcount.Sheet;
import org.kopuro.loans.headcount.SheetWish;
import org.kopuro.loans.headcount.Sheets;
import org.kopuro.loans.programmes.Programmes;
import org.kopuro.loans.programmes.RuleSet;
import org.kopuro.loans.programmes.RuleSets;
import org.kopuro.loans.programmes.Rulebook;

/** Which open applications a version of the rules would judge otherwise, before anybody approves it (LOAN-81). Loans with a contract keep theirs and are never among them. */
@Stateless
public class RuleEffects {

    /** Looked at with one question; who wants the others asks again. */
    public static final int LOOKED_AT_MAX = 1000;

    @Inject
    private CardStore cards;
    @Inject
    private Programmes programmes;
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

    /**
     * Old and new side by side, of those that differ. Each application is judged by what would hold for its day, were the version approved: by it, or by another stage's rules where its dates leave the
     * application to them. Whom it would not concern is left out, even where later rules of others would judge it anew. Nothing is stored.
     */
    public Page of(String programme, UUID ruleSet, Contour contour, Optional<UUID> after) {
        RuleSet proposed = ruleSets.get(programme, ruleSet).rules();
        Rulebook held = programmes.rulebook();
        Rulebook book = held.with(proposed);
        List<Loan> looked = cards.open(programme, contour, after, LOOKED_AT_MAX);
        List<Loan> open = looked.stream().filter(loan -> concerned(loan, proposed, held, book)).toList();
        List<Rulebook.Chosen> chosen = open.stream().map(loan -> choose(book, loan)).toList();
        Instant at = clock.instant();
        List<CheckWish> checked = new ArrayList<>();
        List<SheetWish> calculated = new ArrayList<>();
        for (int i = 0; i < open.size(); i++) {
            Loan loan = open.get(i);
            checked.add(new CheckWish(loan.id(), loan.inn(), chosen.get(i).rules(), loan.appliedAt()));
            calculated.add(new SheetWish(loan.id(), loan.inn(), chosen.get(i).rules(), loan.appliedAt(), Optional.empty()));
        }
        List<CheckResult> then = checks.judge(checked, contour, at);
        Map<UUID, Sheet> computed = new HashMap<>();
        sheets.compute(calculated, contour, at).forEach(sheet -> computed.put(sheet.loan(), sheet));
        List<RuleEffect> effects = new ArrayList<>();
        for (int i = 0; i < open.size(); i++) {
            Loan loan = open.get(i);
            effects.add(new RuleEffect(loan.id(), loan.bank(), new Outcome(loan.stage(), loan.outsideStage(), loan.judged().verdict(), loan.judged().maximum()),
                    new Outcome(chosen.get(i).rules().stage(), chosen.get(i).outsideStage(), then.get(i).verdict(), Optional.ofNullable(computed.get(loan.id())).flatMap(Sheet::maximum))));
        }
        return new Page(effects.stream().filter(RuleEffect::changes).toList(), looked.size(),
                looked.size() < LOOKED_AT_MAX ? Optional.empty() : Optional.of(looked.get(looked.size() - 1).id()));
    }

    /** It comes under the version, or it leaves the stage of it. */
    private static boolean concerned(Loan loan, RuleSet proposed, Rulebook held, Rulebook book) {
        Rulebook.Chosen then = choose(book, loan);
        return then.rules().equals(proposed) || !then.equals(choose(held, loan));
    }

    private static Rulebook.Chosen choose(Rulebook book, Loan loan) {
        return book.choose(loan.programme(), Rulebook.day(loan.appliedAt()), Optional.empty());
    }
}
