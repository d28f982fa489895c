package org.kopuro.loans.checks;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Contour;

/** The results of checks, {@code loans.eligibility_check}. */
@Dependent
class CheckStore {

    @Inject
    private Sql sql;

    void add(List<Kept> results, Contour contour) {
        sql.copy("loans.eligibility_check (id, contour, loan_id, programme, stage, rule_set_version, snapshot_on, at, verdict, items, borrower)",
                results.stream().map(kept -> row(kept, contour)).toList());
    }

    private static Object[] row(Kept kept, Contour contour) {
        CheckResult result = kept.result();
        return new Object[] {result.id(), contour, kept.loan(), result.programme(), result.stage(), result.ruleSetVersion(), result.snapshotOn(), result.at(), result.verdict(),
                CheckJson.items(result.items()), result.borrower().map(CheckJson::borrower)};
    }

    List<CheckResult> of(UUID loan, Contour contour) {
        return sql.list("""
                select id, programme, stage, rule_set_version, snapshot_on, at, verdict, items::text items, borrower::text borrower
                  from loans.eligibility_check where loan_id = ? and contour = ? order by at desc, id desc""",
                row -> new CheckResult(row.uuid("id"), row.text("programme"), row.number("stage"), row.number("rule_set_version"), row.day("snapshot_on"), row.instant("at"),
                        row.as(CheckResult.Verdict.class, "verdict"), CheckJson.items(row.text("items")), Optional.ofNullable(row.text("borrower")).map(CheckJson::borrower)), loan, contour);
    }
}
