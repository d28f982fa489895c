package org.kopuro.loans.rest;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.kopuro.exchange.rest.Table;
import org.kopuro.loans.LoanJson;
import org.kopuro.loans.listing.AggregateRow;
import org.kopuro.loans.listing.LoanColumn;
import org.kopuro.loans.listing.LoanExport;
import org.kopuro.loans.listing.LoanPage;
import org.kopuro.loans.listing.LoanRow;
import org.kopuro.loans.listing.RankingRow;

/** Lists of loans as JSON, and as rows of files. */
final class LoanTables {

    private static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
    private static final LoanColumn[] COLUMNS = LoanColumn.values();
    /** Behind the columns of an import's template (LOAN-91) all others that files have: a file that was exported is imported again as it is. */
    private static final LoanColumn[] OF_TEMPLATE = {LoanColumn.APPLICATION_NUMBER, LoanColumn.PROGRAMME, LoanColumn.INN, LoanColumn.APPLIED_AT, LoanColumn.REQUESTED, LoanColumn.APPROVED, LoanColumn.DECIDED_ON,
        LoanColumn.CONTRACT_NUMBER, LoanColumn.CONTRACT_DATE, LoanColumn.CONTRACT_SUM, LoanColumn.RATE, LoanColumn.TERM_MONTHS, LoanColumn.END_DATE, LoanColumn.CONTRACT_HEADCOUNT};
    private static final LoanColumn[] BEHIND = Stream.of(COLUMNS).filter(LoanColumn::inFiles).filter(column -> !List.of(OF_TEMPLATE).contains(column)).toArray(LoanColumn[]::new);
    static final List<String> TITLES = Stream.of(Stream.of(OF_TEMPLATE).map(LoanColumn::json), Stream.of("issues", "balances"), Stream.of(BEHIND).map(LoanColumn::json), Stream.of("bankName"))
            .flatMap(Function.identity()).toList();
    static final List<String> RANKING_TITLES = List.of("place", "key", "inn", "borrowerName", "loans", "contracts", "contractSum", "issued", "lastBalance");
    static final List<String> AGGREGATE_TITLES = List.of("key", "name", "loans", "contracts", "contractSum", "issued", "lastBalance", "notMeeting", "overMaximum", "outsideStage", "headcountDiffers", "duplicates");

    private LoanTables() {
    }

    static JsonObject json(LoanPage page) {
        return listing("loans", page.rows(), LoanTables::json, page.next());
    }

    static <T> JsonObject listing(String name, List<T> rows, Function<T, JsonObjectBuilder> json, Optional<String> next) {
        JsonObjectBuilder answer = Json.createObjectBuilder().add(name, Json.createArrayBuilder(rows.stream().map(json).toList()));
        next.ifPresent(cursor -> answer.add("next", cursor));
        return answer.build();
    }

    private static JsonObjectBuilder json(LoanRow row) {
        JsonObjectBuilder json = Json.createObjectBuilder();
        for (LoanColumn column : COLUMNS) {
            row.value(column).ifPresent(value -> {
                switch (column.type()) {
                    case TEXT, DAY, MOMENT, ID -> json.add(column.json(), value.toString());
                    case TEXTS -> json.add(column.json(), Json.createArrayBuilder(List.of(value.toString().split(LoanColumn.BETWEEN))));
                    case MONEY -> json.add(column.json(), LoanJson.roubles((Long) value));
                    case RATE -> json.add(column.json(), plain((BigDecimal) value).toPlainString());
                    case NUMBER -> json.add(column.json(), (Integer) value);
                    case FLAG -> json.add(column.json(), (Boolean) value);
                }
            });
        }
        // Beside each result of a check stands that the bank decides (LOAN-1).
        return json.add("decidedBy", "BANK").add("bankName", row.bankName());
    }

    static JsonObjectBuilder json(RankingRow row) {
        JsonObjectBuilder json = Json.createObjectBuilder().add("place", row.place()).add("key", row.key());
        row.inn().ifPresent(inn -> json.add("inn", inn));
        row.borrowerName().ifPresent(name -> json.add("borrowerName", name));
        return json.add("loans", row.loans()).add("contracts", row.contracts()).add("contractSum", LoanJson.roubles(row.contractSum())).add("issued", LoanJson.roubles(row.issued()))
                .add("lastBalance", LoanJson.roubles(row.lastBalance()));
    }

    static JsonObjectBuilder json(AggregateRow row) {
        JsonObjectBuilder json = Json.createObjectBuilder().add("key", row.key());
        row.name().ifPresent(name -> json.add("name", name));
        return json.add("loans", row.loans()).add("contracts", row.contracts()).add("contractSum", LoanJson.roubles(row.contractSum())).add("issued", LoanJson.roubles(row.issued()))
                .add("lastBalance", LoanJson.roubles(row.lastBalance())).add("notMeeting", row.notMeeting()).add("overMaximum", row.overMaximum()).add("outsideStage", row.outsideStage())
                .add("headcountDiffers", row.headcountDiffers()).add("duplicates", row.duplicates());
    }

    /** @param more begins to read the page behind this row, in a transaction of its own */
    static Table<LoanRow> table(LoanExport export, List<LoanRow> first, Function<LoanRow, Future<List<LoanRow>>> more) {
        return Table.readAhead("loans", TITLES, LoanTables::cells, first, more, about(export));
    }

    /** Filter, time and versions of rules (LOAN-103). */
    private static List<List<String>> about(LoanExport export) {
        List<List<String>> about = new ArrayList<>();
        about.add(List.of("export", export.id().toString()));
        about.add(List.of("at", moscow(export.at())));
        about.add(List.of("loans", String.valueOf(export.loans())));
        export.order().ifPresent(order -> about.add(List.of("order", order.toString())));
        export.filter().texts().forEach((name, values) -> about.add(List.of("filter", name, String.join("; ", values))));
        export.rules().forEach(rules -> about.add(List.of("ruleSet", rules.programme(), String.valueOf(rules.stage()), String.valueOf(rules.version()), String.valueOf(rules.loans()))));
        return about;
    }

    static Stream<?> cells(LoanRow row) {
        Object[] cells = new Object[TITLES.size()];
        int next = 0;
        Moments moments = new Moments();
        for (LoanColumn column : OF_TEMPLATE) {
            cells[next++] = cell(row, column, moments);
        }
        cells[next++] = row.issues();
        cells[next++] = row.balances();
        for (LoanColumn column : BEHIND) {
            cells[next++] = cell(row, column, moments);
        }
        cells[next] = row.bankName();
        return Stream.of(cells);
    }

    /** Numbers as numbers, all else as text: an INN is no number. */
    private static Object cell(LoanRow row, LoanColumn column, Moments moments) {
        Object value = row.value(column).orElse("");
        return switch (column.type()) {
            case MONEY -> value instanceof Long kopecks ? BigDecimal.valueOf(kopecks, 2) : value;
            case RATE -> value instanceof BigDecimal rate ? plain(rate) : value;
            case MOMENT -> value instanceof Instant moment ? moments.moscow(moment) : value;
            case TEXT, TEXTS, DAY, NUMBER, FLAG, ID -> value;
        };
    }

    /** Those of a loan, of which most are the same one: when it was entered, got its status, was changed. */
    private static final class Moments {

        private Instant last;
        private String text;

        String moscow(Instant moment) {
            if (!moment.equals(last)) {
                last = moment;
                text = LoanTables.moscow(moment);
            }
            return text;
        }
    }

    private static String moscow(Instant moment) {
        return OffsetDateTime.ofInstant(moment, MOSCOW).toString();
    }

    /** Without noughts at its end, and without an exponent. */
    private static BigDecimal plain(BigDecimal rate) {
        BigDecimal stripped = rate.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    static Stream<?> cells(RankingRow row) {
        return Stream.of(row.place(), row.key(), row.inn(), row.borrowerName(), row.loans(), row.contracts(), BigDecimal.valueOf(row.contractSum(), 2), BigDecimal.valueOf(row.issued(), 2),
                BigDecimal.valueOf(row.lastBalance(), 2));
    }

    static Stream<?> cells(AggregateRow row) {
        return Stream.of(row.key(), row.name(), row.loans(), row.contracts(), BigDecimal.valueOf(row.contractSum(), 2), BigDecimal.valueOf(row.issued(), 2), BigDecimal.valueOf(row.lastBalance(), 2),
                row.notMeeting(), row.overMaximum(), row.outsideStage(), row.headcountDiffers(), row.duplicates());
    }
}
