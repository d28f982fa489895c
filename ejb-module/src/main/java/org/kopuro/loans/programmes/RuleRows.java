package org.kopuro.loans.programmes;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/** The lists within a rule set as its row holds them. */
final class RuleRows {

    /** Looked up once: jakarta.json.Json looks through the class path for it at each call. */
    private static final JsonProvider JSON = JsonProvider.provider();
    private RuleRows() {
    }

    static String ofMonths(List<RuleSet.MonthRule> rules) {
        JsonArrayBuilder all = JSON.createArrayBuilder();
        rules.forEach(rule -> all.add(JSON.createObjectBuilder().add("from", value(rule.from())).add("to", value(rule.to())).add("month", value(rule.month().map(YearMonth::from)))
                .add("metric", rule.metric().name()).add("asserted", rule.asserted())));
        return all.build().toString();
    }

    static List<RuleSet.MonthRule> months(String json) {
        return read(json).getValuesAs(JsonObject.class).stream().map(rule -> new RuleSet.MonthRule(text(rule, "from").map(LocalDate::parse), text(rule, "to").map(LocalDate::parse),
                text(rule, "month").map(month -> YearMonth.parse(month).atDay(1)), RuleSet.Metric.valueOf(rule.getString("metric")), rule.getBoolean("asserted"))).toList();
    }

    static String ofEligibility(List<RuleSet.Alternative> alternatives) {
        JsonArrayBuilder all = JSON.createArrayBuilder();
        for (RuleSet.Alternative alternative : alternatives) {
            JsonArrayBuilder conditions = JSON.createArrayBuilder();
            alternative.conditions().forEach(condition -> conditions.add(JSON.createObjectBuilder().add("item", condition.item()).add("test", condition.test().name())
                    .add("values", JSON.createArrayBuilder(condition.values()))));
            all.add(JSON.createObjectBuilder().add("name", alternative.name()).add("conditions", conditions));
        }
        return all.build().toString();
    }

    static List<RuleSet.Alternative> eligibility(String json) {
        return read(json).getValuesAs(JsonObject.class).stream().map(alternative -> new RuleSet.Alternative(alternative.getString("name"),
                alternative.getJsonArray("conditions").getValuesAs(JsonObject.class).stream().map(condition -> new RuleSet.Condition(condition.getString("item"),
                        RuleSet.Test.valueOf(condition.getString("test")), condition.getJsonArray("values").getValuesAs(JsonString::getString))).toList())).toList();
    }

    private static JsonArray read(String json) {
        try (JsonReader reader = JSON.createReader(new StringReader(json))) {
            return reader.readArray();
        }
    }

    private static JsonValue value(Optional<?> value) {
        return value.<JsonValue>map(present -> JSON.createValue(present.toString())).orElse(JsonValue.NULL);
    }

    private static Optional<String> text(JsonObject from, String name) {
        return from.isNull(name) ? Optional.empty() : Optional.of(from.getString(name));
    }
}
