package org.kopuro.loans;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.registers.borrowers.IdentifierProblem;

/**
 * What a bank's key was answered when it was first used (LOAN-32).
 *
 * @param duplicate   how the card stood then; empty, as is the next, of answers that were given before this was kept
 */
record FirstAnswer(UUID loan, List<Saying> sayings, Optional<Boolean> duplicate, Optional<Boolean> newerReport) {

    /** Looked up once: jakarta.json.Json looks through the class path for it at each call. */
    private static final JsonProvider JSON = JsonProvider.provider();

    static String json(List<Saying> sayings) {
        JsonArrayBuilder all = JSON.createArrayBuilder();
        sayings.forEach(saying -> all.add(JSON.createObjectBuilder().add("severity", saying.severity().name()).add("code", saying.code()).add("field", saying.field())
                .add("arguments", JSON.createArrayBuilder(saying.refusal().arguments()))));
        return all.build().toString();
    }

    /** Of codes that are no more, nothing is said. */
    static List<Saying> sayings(String json) {
        try (JsonReader reader = JSON.createReader(new StringReader(json))) {
            return reader.readArray().getValuesAs(JsonObject.class).stream().flatMap(one -> code(one.getString("code")).map(code -> new Saying(Saying.Severity.valueOf(one.getString("severity")),
                    Refusal.of(code, one.getString("field"), one.getJsonArray("arguments").getValuesAs(JsonString.class).stream().map(JsonString::getString).toArray()))).stream()).toList();
        }
    }

    private static Optional<RefusalCode> code(String name) {
        return Stream.<RefusalCode>concat(Stream.of(LoanRefusal.values()), Stream.of(IdentifierProblem.values())).filter(code -> code.name().equals(name)).findFirst();
    }
}
