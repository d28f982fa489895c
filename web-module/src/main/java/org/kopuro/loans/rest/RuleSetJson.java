package org.kopuro.loans.rest;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.kernel.Input;
import org.kopuro.loans.LoanJson;
import org.kopuro.loans.programmes.RuleSet;
import org.kopuro.loans.programmes.RuleSetView;

/** Rule sets as JSON: what is proposed has the fields that are told. */
final class RuleSetJson {

    private RuleSetJson() {
    }

    static RuleSet read(String programme, JsonBody json) {
        return new RuleSet(programme, json.number("stage"), 0, Input.day(json.text("issuedFrom"), "issuedFrom"), day(json, "issuedTo", "issuedTo"), day(json, "appliedFrom", "appliedFrom"),
                day(json, "appliedTo", "appliedTo"), day(json, "snapshotOn", "snapshotOn"), json.optionalObject("formula").map(RuleSetJson::formula), months(json.optionalObjects("monthRules")),
                eligibility(json.optionalObjects("eligibility")), json.oneOf(RuleSet.OnBreach.class, "onFail"), json.oneOf(RuleSet.OnBreach.class, "onOverMaximum"), json.number("keepPercent"),
                json.number("refreshCutoff"), json.number("refreshDay"), json.flag("asserted"));
    }

    private static RuleSet.Formula formula(JsonBody json) {
        RuleSet.Formula formula = new RuleSet.Formula(LoanReader.kopecks(json.text("wage"), "formula.wage"), json.number("factorPercent"), json.number("months"),
                day(json, "monthsUntil", "formula.monthsUntil"), json.optionalText("cap").map(cap -> LoanReader.kopecks(cap, "formula.cap")));
        json.end();
        return formula;
    }

    private static List<RuleSet.MonthRule> months(List<JsonBody> items) {
        List<RuleSet.MonthRule> rules = new ArrayList<>();
        for (JsonBody item : items) {
            String field = "monthRules[" + rules.size() + "].";
            rules.add(new RuleSet.MonthRule(day(item, "from", field + "from"), day(item, "to", field + "to"), item.optionalText("month").map(month -> Input.month(month, field + "month").atDay(1)),
                    item.oneOf(RuleSet.Metric.class, "metric"), item.flag("asserted")));
            item.end();
        }
        return rules;
    }

    private static List<RuleSet.Alternative> eligibility(List<JsonBody> items) {
        return items.stream().map(item -> {
            RuleSet.Alternative alternative = new RuleSet.Alternative(item.text("name"), item.objects("conditions").stream().map(RuleSetJson::condition).toList());
            item.end();
            return alternative;
        }).toList();
    }

    private static RuleSet.Condition condition(JsonBody json) {
        RuleSet.Condition condition = new RuleSet.Condition(json.text("item"), json.oneOf(RuleSet.Test.class, "test"), json.optionalTexts("values"));
        json.end();
        return condition;
    }

    private static Optional<LocalDate> day(JsonBody json, String name, String field) {
        return json.optionalText(name).map(text -> Input.day(text, field));
    }

    /** @param all with who proposed and decided it, which is not a bank's matter */
    static JsonObject json(RuleSetView view, boolean all) {
        RuleSet rules = view.rules();
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", view.id().toString()).add("programme", rules.programme()).add("stage", rules.stage()).add("version", rules.version())
                .add("state", view.outcome().map(Enum::name).orElse("PROPOSED")).add("issuedFrom", rules.issuedFrom().toString());
        add(out, "issuedTo", rules.issuedTo());
        add(out, "appliedFrom", rules.appliedFrom());
        add(out, "appliedTo", rules.appliedTo());
        add(out, "snapshotOn", rules.snapshotOn());
        rules.formula().ifPresent(formula -> out.add("formula", json(formula)));
        JsonArrayBuilder months = Json.createArrayBuilder();
        rules.months().forEach(rule -> months.add(json(rule)));
        JsonArrayBuilder eligibility = Json.createArrayBuilder();
        rules.eligibility().forEach(alternative -> eligibility.add(json(alternative)));
        out.add("monthRules", months).add("eligibility", eligibility).add("onFail", rules.onFail().name()).add("onOverMaximum", rules.onOverMaximum().name()).add("keepPercent", rules.keepPercent())
                .add("refreshCutoff", rules.refreshCutoff()).add("refreshDay", rules.refreshDay()).add("asserted", rules.asserted()).add("source", view.source());
        if (all) {
            out.add("reason", view.reason()).add("proposedAt", view.proposedAt().toString());
            add(out, "proposedBy", view.proposedBy());
            add(out, "decidedAt", view.decidedAt());
            add(out, "decidedBy", view.decidedBy());
            add(out, "remark", view.remark());
        }
        return out.build();
    }

    private static JsonObjectBuilder json(RuleSet.Formula formula) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("wage", LoanJson.roubles(formula.wageKopecks())).add("factorPercent", formula.factorPercent()).add("months", formula.months());
        add(out, "monthsUntil", formula.monthsUntil());
        add(out, "cap", formula.capKopecks().map(LoanJson::roubles));
        return out;
    }

    private static JsonObjectBuilder json(RuleSet.MonthRule rule) {
        JsonObjectBuilder out = Json.createObjectBuilder();
        add(out, "from", rule.from());
        add(out, "to", rule.to());
        add(out, "month", rule.month().map(YearMonth::from));
        return out.add("metric", rule.metric().name()).add("asserted", rule.asserted());
    }

    private static JsonObjectBuilder json(RuleSet.Alternative alternative) {
        JsonArrayBuilder conditions = Json.createArrayBuilder();
        alternative.conditions().forEach(condition -> conditions.add(Json.createObjectBuilder().add("item", condition.item()).add("test", condition.test().name())
                .add("values", Json.createArrayBuilder(condition.values()))));
        return Json.createObjectBuilder().add("name", alternative.name()).add("conditions", conditions);
    }

    private static void add(JsonObjectBuilder out, String name, Optional<?> value) {
        value.ifPresent(present -> out.add(name, present.toString()));
    }
}
