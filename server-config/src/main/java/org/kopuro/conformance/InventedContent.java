package org.kopuro.conformance;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;

/** What services answer about nobody, by the names of the contract, which both protocols have. */
final class InventedContent {

    private static final String CURRENCY = "KGS";

    private InventedContent() {
    }

    /** The least that the contract demands. */
    static JsonObject of(String service, String inn, Clock clock) {
        JsonObjectBuilder content = Json.createObjectBuilder().add("inn", inn);
        YearMonth month = YearMonth.now(clock).minusMonths(1);
        LocalDate day = month.atDay(1);
        switch (service) {
            case "tpDataByINN" -> content.add("kind", "ENTREPRENEUR").add("FullName", "Ойдон Чыгарылган").add("RayonCode", "001").add("registeredOn", "2020-01-01");
            case "taxpayerDataByInn" -> content.add("hasDebt", false).add("asOf", day.toString());
            case "TPpaymentDateByInn" -> content.add("dateFrom", day.toString()).add("dateTo", month.atEndOfMonth().toString()).add("currency", CURRENCY)
                    .add("payment", Json.createArrayBuilder());
            case "incomeStatement" -> content.add("currency", CURRENCY).add("month", one(Json.createObjectBuilder().add("yearMonth", month.toString()).add("amount", "10000.00")));
            case "headcount" -> content.add("month", one(Json.createObjectBuilder().add("yearMonth", month.toString()).add("insuredPersons", 5)));
            default -> content.add("RayonCode", "001").add("FullName", "Ойдон Чыгарылган");
        }
        return content.build();
    }

    private static JsonArrayBuilder one(JsonObjectBuilder row) {
        return Json.createArrayBuilder().add(row);
    }
}
