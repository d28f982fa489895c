package org.kopuro.loans;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.kopuro.installation.Row;

/** Values of {@link LoanField}s as JSON: as banks read and write them, and as the database's columns take them. */
public final class LoanJson {

    /** Looked up once: jakarta.json.Json looks through the class path for it at each call. */
    private static final JsonProvider JSON = JsonProvider.provider();
    private LoanJson() {
    }

    /** As banks see it: sums in roubles with two decimals as text, such as "153504.00"; JSON's null where there is none. */
    public static JsonValue told(LoanField field, Object value) {
        if (value == null) {
            return JsonValue.NULL;
        }
        return switch (field.type()) {
            case TEXT, DAY, MOMENT -> JSON.createValue(value.toString());
            case MONEY -> JSON.createValue(roubles((Long) value));
            case RATE -> JSON.createValue(((BigDecimal) value).stripTrailingZeros().toPlainString());
            case NUMBER -> JSON.createValue((Integer) value);
            case ISSUES -> sums(value, "on", false);
            case BALANCES -> sums(value, "month", false);
        };
    }

    /** Roubles with two decimals. */
    public static String roubles(long kopecks) {
        return BigDecimal.valueOf(kopecks, 2).toPlainString();
    }

    /** As the column of {@code loans.loan} takes it. */
    static JsonValue stored(LoanField field, Object value) {
        if (value == null) {
            return field.type() == LoanField.Type.ISSUES || field.type() == LoanField.Type.BALANCES ? JsonValue.EMPTY_JSON_ARRAY : JsonValue.NULL;
        }
        return switch (field.type()) {
            case MONEY -> JSON.createValue((Long) value);
            case RATE -> JSON.createValue((BigDecimal) value);
            case ISSUES -> sums(value, "on", true);
            case BALANCES -> sums(value, "month", true);
            case TEXT, DAY, MOMENT, NUMBER -> told(field, value);
        };
    }

    /** What {@link #stored} has written. */
    static Object read(LoanField field, JsonValue value) {
        return switch (field.type()) {
            case TEXT -> ((JsonString) value).getString();
            case DAY -> LocalDate.parse(((JsonString) value).getString());
            case MOMENT -> Instant.parse(((JsonString) value).getString());
            case MONEY -> ((JsonNumber) value).longValueExact();
            case NUMBER -> ((JsonNumber) value).intValueExact();
            case RATE -> ((JsonNumber) value).bigDecimalValue().setScale(4);
            case ISSUES, BALANCES -> read(value.toString());
        };
    }

    private static JsonValue sums(Object value, String day, boolean stored) {
        JsonArrayBuilder sums = JSON.createArrayBuilder();
        for (Object one : (List<?>) value) {
            DatedSum sum = (DatedSum) one;
            String on = day.equals("month") ? sum.on().toString().substring(0, 7) : sum.on().toString();
            JsonObjectBuilder object = JSON.createObjectBuilder().add(day, on);
            sums.add(stored ? object.add("sum", sum.kopecks()) : object.add("sum", roubles(sum.kopecks())));
        }
        return sums.build();
    }

    /** What a column of {@code loans.loan} holds. */
    static Object value(LoanField field, Row row) {
        String column = field.column();
        return switch (field.type()) {
            case TEXT -> row.text(column);
            case DAY -> row.day(column);
            case MOMENT -> row.instant(column);
            case MONEY -> row.maybe(column, row::large).orElse(null);
            case NUMBER -> row.maybe(column, row::number).orElse(null);
            case RATE -> row.maybe(column, row::text).map(BigDecimal::new).orElse(null);
            case ISSUES, BALANCES -> read(row.text(column));
        };
    }

    private static List<DatedSum> read(String json) {
        if (json.equals("[]")) {
            return null;
        }
        try (JsonReader reader = JSON.createReader(new StringReader(json))) {
            return reader.readArray().getValuesAs(JsonObject.class).stream()
                    .map(one -> new DatedSum(LocalDate.parse(one.containsKey("on") ? one.getString("on") : one.getString("month") + "-01"), one.getJsonNumber("sum").longValueExact())).toList();
        }
    }

    static JsonValue moment(Instant at) {
        return JSON.createValue(at.toString());
    }
}
