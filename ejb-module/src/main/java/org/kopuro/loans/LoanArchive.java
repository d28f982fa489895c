package org.kopuro.loans;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** In what two versions of a loan differ, field by field. */
final class LoanArchive {

    /** What the system sets and people look for. */
    private static final Map<String, Function<Loan, Object>> FOUND = Map.of("status", Loan::status, "stage", Loan::stage, "outsideStage", Loan::outsideStage,
            "borrowerName", loan -> loan.judged().name().orElse(null), "verdict", loan -> loan.judged().verdict(), "check", loan -> loan.judged().check(),
            "sheet", loan -> loan.judged().sheet().orElse(null), "headcount", loan -> loan.judged().headcount().orElse(null),
            "maximum", loan -> loan.judged().maximum().map(LoanJson::roubles).orElse(null), "warnings", loan -> loan.warnings().stream().map(Loan.Warning::code).toList());

    private LoanArchive() {
    }

    static List<HistoryEntry> history(List<Loan> versions) {
        List<HistoryEntry> history = new ArrayList<>();
        Optional<Loan> before = Optional.empty();
        for (Loan version : versions) {
            history.add(new HistoryEntry(version.version(), version.last(), version.judged().ruleSetVersion(), changes(before, version)));
            before = Optional.of(version);
        }
        return history;
    }

    static List<FieldChange> changes(Optional<Loan> before, Loan after) {
        List<FieldChange> changes = new ArrayList<>();
        for (LoanField field : EnumSet.allOf(LoanField.class)) {
            Object old = before.map(loan -> loan.stated().get(field)).orElse(null);
            Object now = after.stated().get(field);
            if (!Objects.equals(old, now)) {
                changes.add(new FieldChange(field.json(), told(field, old), told(field, now)));
            }
        }
        FOUND.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(found -> {
            Object old = before.map(found.getValue()).orElse(null);
            Object now = found.getValue().apply(after);
            if (!Objects.equals(old, now)) {
                changes.add(new FieldChange(found.getKey(), Optional.ofNullable(old).map(Object::toString), Optional.ofNullable(now).map(Object::toString)));
            }
        });
        return changes;
    }

    private static Optional<String> told(LoanField field, Object value) {
        return Optional.ofNullable(value).map(one -> LoanJson.told(field, one).toString());
    }
}
