package org.kopuro.loans.rest;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;
import org.kopuro.loans.checks.CheckResult;
import org.kopuro.loans.checks.SourceKind;
import org.kopuro.loans.headcount.Outlook;

/** What the system found of a borrower, as JSON. Next to it stands that the bank decides (LOAN-1). */
final class LoanFindings {

    /** The kinds of source by the fields that the registers tell of (LOAN-6): the check's items have the same. */
    private static final Map<String, SourceKind> SOURCES = Map.ofEntries(Map.entry("inn", SourceKind.TAXPAYER_FILING), Map.entry("name", SourceKind.TAXPAYER_FILING),
            Map.entry("head", SourceKind.TAXPAYER_FILING), Map.entry("kpp", SourceKind.TAXPAYER_FILING), Map.entry("ogrn", SourceKind.TAXPAYER_FILING),
            Map.entry("legalForm", SourceKind.TAXPAYER_FILING), Map.entry("region", SourceKind.TAXPAYER_FILING), Map.entry("registeredOn", SourceKind.REGISTRAR_DECISION),
            Map.entry("liquidatedOn", SourceKind.REGISTRAR_DECISION), Map.entry("okvedMain", SourceKind.TAXPAYER_FILING), Map.entry("okved", SourceKind.TAXPAYER_FILING),
            Map.entry("bankruptcyOn", SourceKind.REGISTRAR_DECISION), Map.entry("sme", SourceKind.INTER_AGENCY), Map.entry("ngoRegisters", SourceKind.NGO_REGISTER),
            Map.entry("contract696", SourceKind.BANK_ENTRY));

    private LoanFindings() {
    }

    static JsonObject borrower(JsonObject borrower) {
        JsonObjectBuilder sources = Json.createObjectBuilder();
        borrower.keySet().stream().filter(SOURCES::containsKey).forEach(field -> sources.add(field, SOURCES.get(field).name()));
        return Json.createObjectBuilder(borrower).add("sources", sources).build();
    }

    static JsonObject json(CheckResult check) {
        JsonArrayBuilder items = Json.createArrayBuilder();
        check.items().forEach(item -> {
            JsonObjectBuilder one = Json.createObjectBuilder().add("code", item.code()).add("mark", item.mark().name()).add("value", item.value()).add("source", item.source())
                    .add("asOf", item.asOf().toString());
            item.loadedOn().ifPresent(day -> one.add("loadedOn", day.toString()));
            items.add(one);
        });
        return Json.createObjectBuilder().add("id", check.id().toString()).add("programme", check.programme()).add("stage", check.stage()).add("ruleSetVersion", check.ruleSetVersion())
                .add("snapshotOn", check.snapshotOn().toString()).add("at", check.at().toString()).add("verdict", check.verdict().name()).add("decidedBy", "BANK").add("items", items).build();
    }

    static JsonObject json(Outlook outlook) {
        JsonArrayBuilder months = Json.createArrayBuilder();
        outlook.months().forEach(month -> months.add(Json.createObjectBuilder().add("month", month.month().toString()).add("workers", month.workers()).add("report", month.report().toString())
                .add("correction", month.correction()).add("acceptedAt", month.acceptedAt().toString())));
        JsonObjectBuilder json = Json.createObjectBuilder().add("metric", outlook.metric().name()).add("months", months);
        outlook.fixedMetric().ifPresent(metric -> json.add("fixedMetric", metric.name()));
        outlook.kept().ifPresent(kept -> json.add("fixed", kept.fixed()).add("smallest", kept.smallest()));
        outlook.mayStillLose().ifPresent(jobs -> json.add("mayStillLose", jobs));
        return json.add("nextRefresh", outlook.nextRefresh().toString()).add("alerts", Json.createArrayBuilder(outlook.alerts().stream().map(Enum::name).sorted().toList())).build();
    }
}
