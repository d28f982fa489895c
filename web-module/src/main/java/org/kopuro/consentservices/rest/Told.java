package org.kopuro.consentservices.rest;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.kopuro.consent.forms.FormView;
import org.kopuro.consent.forms.TransferResult;
import org.kopuro.consentservices.ReceiptFound;
import org.kopuro.consentservices.UsageFound;
import org.kopuro.kernel.Language;

/** What the facade told, as JSON with the names of the SOAP schema. */
final class Told {

    private Told() {
    }

    static JsonObject result(TransferResult result) {
        JsonArrayBuilder explanations = Json.createArrayBuilder();
        for (Language language : Language.values()) {
            explanations.add(Json.createObjectBuilder().add("language", language.tag()).add("sentence", result.sentence(language)).add("whatToDo", result.whatToDo(language)));
        }
        JsonObjectBuilder out = Json.createObjectBuilder().add("result", result.result().name());
        result.problem().ifPresent(problem -> out.add("problem", problem.name()));
        return out.add("explanation", explanations).add("form", standing(result.form())).build();
    }

    static JsonObject standing(FormView form) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", form.id().value().toString()).add("number", form.number()).add("state", form.state().name());
        form.cause().ifPresent(cause -> out.add("cause", cause));
        out.add("receivedAt", moment(form.receivedAt()));
        form.expiresAt().ifPresent(at -> out.add("expiresAt", moment(at)));
        form.endedAt().ifPresent(at -> out.add("endedAt", moment(at)));
        out.add("paused", form.paused()).add("service", Json.createArrayBuilder(form.services()));
        form.keptMonths().ifPresent(months -> out.add("keptMonths", months));
        form.keepUntil().ifPresent(day -> out.add("keepUntil", day.toString()));
        return out.build();
    }

    static JsonObject usages(UsageFound found) {
        JsonArrayBuilder uses = Json.createArrayBuilder();
        found.uses().forEach(use -> {
            JsonObjectBuilder one = Json.createObjectBuilder().add("logtime", moment(use.at())).add("action", found.action(use)).add("receiver", use.receiver())
                    .add("receiverName", use.participantName()).add("dataSet", use.service());
            use.issue().ifPresent(issue -> one.add("issue", issue));
            use.userId().ifPresent(user -> one.add("userId", user));
            one.add("consentKind", use.kind().name());
            use.consentId().ifPresent(id -> one.add("consentId", id.toString()));
            use.periodFrom().ifPresent(day -> one.add("periodFrom", day.toString()));
            use.periodTo().ifPresent(day -> one.add("periodTo", day.toString()));
            uses.add(one.add("outcome", use.outcome()).add("records", use.records()).add("ledgerEntry", use.occurrence().toString()));
        });
        JsonObjectBuilder out = Json.createObjectBuilder().add("usage", uses);
        found.next().ifPresent(next -> out.add("next", next.toString()));
        return out.build();
    }

    static JsonObject receipt(ReceiptFound found) {
        return Json.createObjectBuilder().add("receipt", found.receipt()).build();
    }

    /** In UTC, to the millisecond. */
    private static String moment(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
