package org.kopuro.loans.headcount;

import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.ledger.proof.CanonicalJson;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.loans.programmes.RuleSet.Formula;
import org.kopuro.loans.programmes.RuleSet.Metric;
import org.kopuro.loans.programmes.Rulebook;
import org.kopuro.registers.payroll.Insured;
import org.kopuro.registers.payroll.MonthCounted;

/**
 * What a sheet says, and how: the same inputs give the same octets (LOAN-86). docs/protocols/loan-sheets.md describes each member. Sums are texts in roubles with two decimals; numbers are counts alone.
 *
 * @param formula of the rule set as it was
 * @param source  what was counted; empty where there is no report
 */
record SheetText(Contour contour, UUID loan, Instant at, RuleSetName rules, Instant appliedAt, Optional<LocalDate> contractOn, ChosenMonth chosen, Formula formula, Optional<Source> source) {

    /** Looked up once: jakarta.json.Json looks through the class path for it at each call. */
    private static final JsonProvider JSON = JsonProvider.provider();
    static final String FORM = "loans.sheet";
    static final int VERSION = 1;
    static final String FORMULA = "min(cap, floor(wage * factorPercent * counted * months / 100))";

    record RuleSetName(String programme, int stage, int version) {
    }

    /**
     * @param read     records
     * @param excluded of them, by reason; the rest counted
     */
    record Source(Optional<MonthCounted> report, Optional<Insured> insured, int read, int counted, Map<Excluded, Integer> excluded) {

        static Source of(MonthCounted month, Metric metric) {
            Map<Excluded, Integer> excluded = metric == Metric.SNILS_WITH_CATEGORY
                    ? Map.of(Excluded.NO_SNILS, month.noSnils(), Excluded.NO_CATEGORY, month.noCategory(), Excluded.REPEATED, month.repeatedSnils())
                    : Map.of(Excluded.REPEATED, month.repeatedTriples());
            return new Source(Optional.of(month), Optional.empty(), month.rows(), metric == Metric.SNILS_WITH_CATEGORY ? month.snils() : month.triples(), excluded);
        }

        static Source of(Insured insured) {
            return new Source(Optional.empty(), Optional.of(insured), insured.number(), insured.number(), Map.of());
        }

        UUID id() {
            return report.map(month -> month.report().id()).or(() -> insured.map(Insured::id)).orElseThrow();
        }
    }

    /** Why a record does not count (LOAN-85); the first reason that applies. */
    enum Excluded {
        NO_SNILS,
        NO_CATEGORY,
        /** Somebody who was counted already. */
        REPEATED
    }

    /** What a sheet says that was computed from nothing else: without its source. */
    static SheetText parse(String json) throws Unproven {
        SheetMembers sheet = SheetMembers.of(json);
        SheetMembers rules = sheet.object("ruleSet");
        try {
            return new SheetText(Contour.valueOf(sheet.text("contour")), UUID.fromString(sheet.text("loan")), Instant.parse(sheet.text("at")),
                    new RuleSetName(rules.text("programme"), rules.number("stage"), rules.number("version")), Instant.parse(sheet.text("appliedAt")), sheet.maybe("contractOn").map(LocalDate::parse),
                    new ChosenMonth(YearMonth.parse(sheet.text("month")), Metric.valueOf(sheet.text("metric")), sheet.flag("monthAsserted")),
                    new Formula(sheet.kopecks("wage"), sheet.number("factorPercent"), sheet.number("monthsMax"), sheet.maybe("monthsUntil").map(LocalDate::parse), sheet.maybeKopecks("cap")),
                    Optional.empty());
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new Unproven("A date or a name of the sheet is none.");
        }
    }

    LocalDate start() {
        return contractOn.orElseGet(() -> Rulebook.day(appliedAt));
    }

    Optional<Maximum> maximum() {
        return source.map(found -> Maximum.of(rules.programme(), formula, found.counted(), start()));
    }

    String json() {
        Optional<Maximum> maximum = maximum();
        JsonObjectBuilder sheet = JSON.createObjectBuilder().add("form", FORM).add("formVersion", VERSION).add("contour", contour.name()).add("loan", loan.toString()).add("at", at.toString())
                .add("ruleSet", JSON.createObjectBuilder().add("programme", rules.programme()).add("stage", rules.stage()).add("version", rules.version()))
                .add("appliedAt", appliedAt.toString()).add("appliedOn", Rulebook.day(appliedAt).toString()).add("contractOn", text(contractOn))
                .add("month", chosen.month().toString()).add("monthAsserted", chosen.asserted()).add("metric", chosen.metric().name())
                .add("wage", roubles(formula.wageKopecks())).add("factorPercent", formula.factorPercent()).add("monthsMax", formula.months()).add("monthsUntil", text(formula.monthsUntil()))
                .add("months", Maximum.months(formula.months(), formula.monthsUntil(), start())).add("formula", FORMULA).add("cap", text(formula.capKopecks().map(SheetText::roubles)))
                .add("uncapped", text(maximum.map(found -> roubles(found.uncapped())))).add("result", text(maximum.map(found -> roubles(found.result()))));
        source.ifPresentOrElse(found -> sheet.add("read", found.read()).add("counted", found.counted()).add("excluded", excluded(found)).add("source", source(found)),
                () -> sheet.addNull("read").addNull("counted").addNull("excluded").addNull("source"));
        return CanonicalJson.of(sheet.build());
    }

    private static JsonObjectBuilder excluded(Source source) {
        JsonObjectBuilder excluded = JSON.createObjectBuilder();
        new TreeMap<>(source.excluded()).forEach((reason, number) -> excluded.add(reason.name(), number.intValue()));
        return excluded;
    }

    private static JsonObjectBuilder source(Source source) {
        JsonObjectBuilder told = JSON.createObjectBuilder().add("id", source.id().toString());
        source.report().ifPresent(month -> told.add("kind", "RSV").add("year", month.report().year()).add("quarter", month.report().quarter()).add("correction", month.report().correction())
                .add("acceptedAt", month.report().acceptedAt().toString()).add("recordsSha256", month.sha256()));
        source.insured().ifPresent(insured -> told.add("kind", "PFR").add("loadedAt", insured.loadedAt().toString()));
        return told;
    }

    static String roubles(long kopecks) {
        return BigDecimal.valueOf(kopecks, 2).toPlainString();
    }

    private static JsonValue text(Optional<?> value) {
        return value.<JsonValue>map(present -> JSON.createValue(present.toString())).orElse(JsonValue.NULL);
    }
}
