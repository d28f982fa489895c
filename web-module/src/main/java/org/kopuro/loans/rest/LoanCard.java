package org.kopuro.loans.rest;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.kernel.Language;
import org.kopuro.loans.DuplicateReview;
import org.kopuro.loans.ErrorReport;
import org.kopuro.loans.FieldChange;
import org.kopuro.loans.HistoryEntry;
import org.kopuro.loans.Loan;
import org.kopuro.loans.LoanField;
import org.kopuro.loans.LoanJson;
import org.kopuro.loans.LoanView;
import org.kopuro.loans.Pair;
import org.kopuro.loans.Placer;
import org.kopuro.loans.Saying;
import org.kopuro.loans.Twin;
import org.kopuro.loans.Twins;

/** Loans as JSON. */
final class LoanCard {

    private LoanCard() {
    }

    static JsonObject json(LoanView view, Language language) {
        JsonObjectBuilder card = card(view.loan(), language).add("duplicate", view.duplicate()).add("newerReport", view.newerReport());
        view.error().ifPresent(report -> {
            JsonObjectBuilder told = Json.createObjectBuilder().add("reason", report.reason()).add("at", report.at().toString());
            report.declined().ifPresent(declined -> told.add("declined", Json.createObjectBuilder().add("reason", declined.reason()).add("at", declined.at().toString())));
            card.add("errorReport", told);
        });
        if (!view.sayings().isEmpty()) {
            card.add("sayings", sayings(view.sayings(), language));
        }
        return card.build();
    }

    /** With what its last change says of itself: of an import, the one that touched it last. */
    static JsonObjectBuilder card(Loan loan, Language language) {
        JsonObjectBuilder card = Json.createObjectBuilder().add("id", loan.id().toString()).add("version", loan.version()).add("bank", loan.bank().toString()).add("status", loan.status().name())
                .add("statusAt", loan.statusAt().toString()).add("contracted", loan.contracted());
        for (LoanField field : LoanField.values()) {
            if (loan.stated().containsKey(field)) {
                card.add(field.json(), LoanJson.told(field, loan.stated().get(field)));
            }
        }
        Loan.Judged judged = loan.judged();
        card.add("stage", loan.stage()).add("outsideStage", loan.outsideStage()).add("verdict", judged.verdict().name()).add("decidedBy", "BANK")
                .add("check", judged.check().toString())
                .add("ruleSetVersion", judged.ruleSetVersion()).add("issued", LoanJson.roubles(loan.issued()));
        judged.borrower().ifPresent(borrower -> card.add("borrower", LoanFindings.borrower(parsed(borrower).asJsonObject())));
        judged.sheet().ifPresent(sheet -> card.add("sheet", sheet.toString()));
        judged.headcount().ifPresent(headcount -> card.add("headcount", headcount));
        judged.maximum().ifPresent(maximum -> card.add("maximum", LoanJson.roubles(maximum)));
        card.add("warnings", sayings(loan.warnings().stream().map(loan::told).toList(), language));
        loan.replaces().ifPresent(replaced -> card.add("replaces", replaced.toString()));
        Loan.Change last = loan.last();
        last.reason().ifPresent(reason -> card.add("reason", reason));
        last.importing().ifPresent(importing -> card.add("import", importing.toString()));
        last.row().ifPresent(row -> card.add("row", row));
        return card.add("createdAt", loan.createdAt().toString()).add("changedAt", last.at().toString()).add("source", last.source().name());
    }

    /** What was said of it, in the caller's language; warnings have the refusal's code and text (LOAN-131). */
    static JsonArrayBuilder sayings(List<Saying> sayings, Language language) {
        JsonArrayBuilder all = Json.createArrayBuilder();
        sayings.forEach(saying -> all.add(Json.createObjectBuilder().add("severity", saying.severity().name()).add("code", saying.code()).add("field", saying.field())
                .add("detail", saying.refusal().sentence(language)).add("whatToDo", saying.refusal().whatToDo(language))));
        return all;
    }

    static JsonObject json(HistoryEntry entry) {
        Loan.Change change = entry.change();
        JsonObjectBuilder json = Json.createObjectBuilder().add("version", entry.version()).add("at", change.at().toString())
                .add("events", Json.createArrayBuilder(change.events().stream().map(Enum::name).toList())).add("actorRole", change.actor().role()).add("source", change.source().name())
                .add("ruleSetVersion", entry.ruleSetVersion());
        change.actor().account().ifPresent(account -> json.add("actor", account.toString()));
        change.reason().ifPresent(reason -> json.add("reason", reason));
        if (change.source() == Placer.Source.IMPORT) {
            change.importing().ifPresent(importing -> json.add("import", importing.toString()));
            change.row().ifPresent(row -> json.add("row", row));
        }
        return json.add("changes", changes(entry.changes())).build();
    }

    static JsonArrayBuilder changes(List<FieldChange> changes) {
        JsonArrayBuilder all = Json.createArrayBuilder();
        changes.forEach(change -> {
            JsonObjectBuilder one = Json.createObjectBuilder().add("field", change.field());
            change.before().ifPresent(before -> one.add("before", before));
            change.after().ifPresent(after -> one.add("after", after));
            all.add(one);
        });
        return all;
    }

    static JsonObject json(Twins twins, Language language) {
        return Json.createObjectBuilder(Listing.of("duplicates", twins.told(), twin -> json(twin, language))).add("more", twins.more()).build();
    }

    static JsonObject json(Pair pair, Language language) {
        JsonObjectBuilder json = Json.createObjectBuilder().add("review", pair.review().map(review -> review.outcome().name()).orElse(Pair.State.OPEN.name()));
        pair.review().ifPresent(review -> {
            json.add("reviewedAt", review.at().toString());
            review.reason().ifPresent(reason -> json.add("reason", reason));
        });
        return json.add("loans", Json.createArrayBuilder().add(card(pair.first(), language)).add(card(pair.second(), language))).build();
    }

    static JsonObject json(ErrorReport report) {
        return Json.createObjectBuilder().add("loan", report.loan().toString()).add("version", report.version()).add("bank", report.bank().toString()).add("programme", report.programme())
                .add("reason", report.reason()).add("at", report.at().toString()).build();
    }

    private static JsonObject json(Twin twin, Language language) {
        JsonObjectBuilder json = Json.createObjectBuilder().add("month", twin.month().toString()).add("counted", twin.counted()).add("review", twin.review().map(review -> review.outcome().name()).orElse("OPEN"));
        twin.loan().ifPresent(loan -> json.add("loan", card(loan, language)));
        twin.review().flatMap(DuplicateReview::reason).ifPresent(reason -> json.add("reason", reason));
        return json.build();
    }

    static JsonObject json(DuplicateReview review) {
        JsonObjectBuilder json = Json.createObjectBuilder().add("outcome", review.outcome().name()).add("at", review.at().toString());
        review.id().ifPresent(id -> json.add("id", id.toString()));
        review.other().ifPresent(other -> json.add("other", other.toString()));
        review.reason().ifPresent(reason -> json.add("reason", reason));
        return json.build();
    }

    static JsonValue parsed(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readValue();
        }
    }
}
