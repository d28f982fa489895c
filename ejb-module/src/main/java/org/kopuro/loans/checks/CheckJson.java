package org.kopuro.loans.checks;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.kopuro.loans.checks.CheckResult.Item;
import org.kopuro.loans.checks.CheckResult.Mark;
import org.kopuro.registers.borrowers.Borrower;

/** How a check's items and borrower are written down: docs/protocols/loan-checks.md shows them. What is absent is left out. */
public final class CheckJson {

    /** Looked up once: jakarta.json.Json looks through the class path for it at each call. */
    private static final JsonProvider JSON = JsonProvider.provider();
    private CheckJson() {
    }

    /** The whole of it, as those are told who may see the loan. */
    public static JsonObject result(CheckResult result) {
        JsonObjectBuilder one = JSON.createObjectBuilder().add("id", result.id().toString()).add("programme", result.programme()).add("stage", result.stage())
                .add("ruleSetVersion", result.ruleSetVersion()).add("snapshotOn", result.snapshotOn().toString()).add("at", result.at().toString()).add("verdict", result.verdict().name())
                .add("items", itemsArray(result.items()));
        result.borrower().ifPresent(borrower -> one.add("borrower", borrowerObject(borrower)));
        return one.build();
    }

    static String items(List<Item> items) {
        return itemsArray(items).toString();
    }

    private static JsonArray itemsArray(List<Item> items) {
        JsonArrayBuilder all = JSON.createArrayBuilder();
        for (Item item : items) {
            JsonObjectBuilder one = JSON.createObjectBuilder().add("code", item.code()).add("mark", item.mark().name()).add("value", item.value()).add("source", item.source())
                    .add("asOf", item.asOf().toString());
            item.loadedOn().ifPresent(day -> one.add("loadedOn", day.toString()));
            all.add(one);
        }
        return all.build();
    }

    static List<Item> items(String json) {
        try (JsonReader reader = JSON.createReader(new StringReader(json))) {
            return reader.readArray().getValuesAs(JsonObject.class).stream().map(one -> new Item(one.getString("code"), Mark.valueOf(one.getString("mark")), one.getString("value"),
                    one.getString("source"), LocalDate.parse(one.getString("asOf")), day(one, "loadedOn"))).toList();
        }
    }

    public static String borrower(Borrower borrower) {
        return borrowerObject(borrower).toString();
    }

    private static JsonObject borrowerObject(Borrower borrower) {
        JsonObjectBuilder one = JSON.createObjectBuilder().add("inn", borrower.inn()).add("name", borrower.name());
        borrower.head().ifPresent(head -> one.add("head", head));
        borrower.kpp().ifPresent(kpp -> one.add("kpp", kpp));
        one.add("ogrn", borrower.ogrn()).add("legalForm", borrower.legalForm()).add("region", borrower.region()).add("registeredOn", borrower.registeredOn().toString());
        borrower.liquidatedOn().ifPresent(day -> one.add("liquidatedOn", day.toString()));
        one.add("okvedMain", borrower.okvedMain()).add("okved", JSON.createArrayBuilder(borrower.okved()));
        borrower.bankruptcyOn().ifPresent(day -> one.add("bankruptcyOn", day.toString()));
        borrower.sme().ifPresent(sme -> one.add("sme", JSON.createObjectBuilder().add("includedOn", sme.includedOn().toString()).add("size", sme.size().name())));
        one.add("ngoRegisters", JSON.createArrayBuilder(borrower.ngoRegisters()));
        borrower.contract696().ifPresent(number -> one.add("contract696", number));
        return one.build();
    }

    static Borrower borrower(String json) {
        try (JsonReader reader = JSON.createReader(new StringReader(json))) {
            JsonObject one = reader.readObject();
            return new Borrower(one.getString("inn"), one.getString("name"), text(one, "head"), text(one, "kpp"), one.getString("ogrn"), one.getString("legalForm"), one.getString("region"),
                    LocalDate.parse(one.getString("registeredOn")), day(one, "liquidatedOn"), one.getString("okvedMain"), texts(one, "okved"), day(one, "bankruptcyOn"),
                    Optional.ofNullable(one.getJsonObject("sme")).map(sme -> new Borrower.Sme(LocalDate.parse(sme.getString("includedOn")), Borrower.Size.valueOf(sme.getString("size")))),
                    texts(one, "ngoRegisters"), text(one, "contract696"));
        }
    }

    private static Optional<String> text(JsonObject one, String name) {
        return Optional.ofNullable(one.getString(name, null));
    }

    private static Optional<LocalDate> day(JsonObject one, String name) {
        return text(one, name).map(LocalDate::parse);
    }

    private static List<String> texts(JsonObject one, String name) {
        return one.getJsonArray(name).getValuesAs(JsonString.class).stream().map(JsonString::getString).toList();
    }
}
