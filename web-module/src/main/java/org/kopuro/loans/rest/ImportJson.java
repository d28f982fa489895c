package org.kopuro.loans.rest;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.Map;
import java.util.Optional;
import org.kopuro.kernel.Language;
import org.kopuro.loans.imports.ImportView;
import org.kopuro.loans.imports.RowResult;

/** Imports as JSON. */
final class ImportJson {

    private ImportJson() {
    }

    static JsonObjectBuilder of(ImportView view) {
        JsonObjectBuilder json = Json.createObjectBuilder().add("id", view.id().toString()).add("bank", view.bank().toString()).add("fileName", view.fileName()).add("sha256", view.sha256())
                .add("octets", view.octets()).add("format", view.format()).add("mode", view.mode().name()).add("choice", view.choice().name());
        view.programme().ifPresent(programme -> json.add("programme", programme));
        json.add("unknownColumns", Json.createArrayBuilder(view.unknownColumns())).add("state", view.state().name()).add("rows", view.rows()).add("done", view.done())
                .add("created", view.created()).add("updated", view.updated()).add("unchanged", view.unchanged()).add("refused", view.refused()).add("flagged", view.flagged())
                .add("receivedAt", view.receivedAt().toString());
        view.confirmedAt().ifPresent(at -> json.add("confirmedAt", at.toString()));
        view.endedAt().ifPresent(at -> json.add("endedAt", at.toString()));
        view.refusal().ifPresent(refusal -> {
            JsonObjectBuilder why = Json.createObjectBuilder().add("code", refusal.code());
            refusal.field().ifPresent(field -> why.add("field", field));
            json.add("refusal", why.add("detail", texts(refusal.detail())).add("whatToDo", texts(refusal.whatToDo())));
        });
        return json.add("fileKept", view.fileKept());
    }

    static JsonObjectBuilder of(RowResult row, Language language) {
        JsonObjectBuilder json = Json.createObjectBuilder().add("row", row.row());
        row.applicationNumber().ifPresent(number -> json.add("applicationNumber", number));
        json.add("outcome", row.outcome().name()).add("flagged", row.flagged());
        row.loan().ifPresent(loan -> json.add("loan", loan.toString()));
        row.version().ifPresent(version -> json.add("version", version));
        JsonArrayBuilder messages = Json.createArrayBuilder();
        row.messages().forEach(message -> {
            JsonObjectBuilder said = Json.createObjectBuilder().add("code", message.code()).add("severity", message.severity().name());
            if (!message.field().isEmpty()) {
                said.add("column", message.field());
            }
            messages.add(said.add("text", message.texts().get(language)));
        });
        JsonArrayBuilder changes = Json.createArrayBuilder();
        row.changes().forEach(change -> changes.add(Json.createObjectBuilder().add("field", change.field()).add("before", value(change.before())).add("after", value(change.after()))));
        return json.add("messages", messages).add("changes", changes);
    }

    private static JsonObjectBuilder texts(Map<Language, String> texts) {
        JsonObjectBuilder json = Json.createObjectBuilder();
        for (Language language : Language.values()) {
            json.add(language.tag(), texts.get(language));
        }
        return json;
    }

    /** What is JSON already. */
    private static JsonValue value(Optional<String> json) {
        return json.map(text -> {
            try (var reader = Json.createReader(new StringReader(text))) {
                return reader.readValue();
            }
        }).orElse(JsonValue.NULL);
    }
}
