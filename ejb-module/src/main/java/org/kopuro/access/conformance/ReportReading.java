package org.kopuro.access.conformance;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.proof.CanonicalJson;
import org.kopuro.ledger.proof.Unproven;

/** Reads the text of a report; everything that is not as it was written is refused. */
final class ReportReading {

    private static final int SERVICES_MAX = 64;

    private ReportReading() {
    }

    static ConformanceReport read(String text) {
        JsonObject json;
        try {
            json = CanonicalJson.parse(text, "The report");
        } catch (Unproven e) {
            throw unreadable("report");
        }
        if (!text(json, "format").equals(ConformanceReport.FORMAT) || !(json.get("catalogue") instanceof JsonNumber catalogue)
                || !catalogue.toString().equals(Integer.toString(Scenario.CATALOGUE))) {
            throw Refusal.of(ConformanceRefusal.REPORT_VERSION_UNKNOWN, "format", ConformanceReport.FORMAT, Scenario.CATALOGUE);
        }
        exactly(json, Set.of("format", "catalogue", "subsystem", "protocol", "harness", "endpoint", "startedAt", "finishedAt", "services", "scenarios"));
        return new ConformanceReport(text(json, "subsystem"), oneOf(MessageProtocol.values(), json, "protocol"), text(json, "harness"), text(json, "endpoint"),
                instant(json, "startedAt"), instant(json, "finishedAt"),
                list(json, "services", SERVICES_MAX, value -> string(value, "services", ForwardedCall.TEXT_MAX)),
                list(json, "scenarios", Scenario.values().length, value -> result(object(value, "scenarios"))));
    }

    private static ScenarioResult result(JsonObject json) {
        exactly(json, Set.of("id", "verdict", "observations", "calls"));
        String id = text(json, "id");
        Scenario scenario = Scenario.of(id).orElseThrow(() -> unreadable("scenarios"));
        return new ScenarioResult(scenario, oneOf(Verdict.values(), json, "verdict"),
                list(json, "observations", ScenarioResult.OBSERVATIONS_MAX, value -> string(value, "observations", ScenarioResult.OBSERVATION_LENGTH_MAX)),
                list(json, "calls", ScenarioResult.CALLS_MAX, value -> call(object(value, "calls"))));
    }

    private static ForwardedCall call(JsonObject json) {
        exactly(json, Set.of("messageId", "service", "outcome", "ledgerEntry"));
        return new ForwardedCall(text(json, "messageId"), text(json, "service"), text(json, "outcome"),
                json.containsKey("ledgerEntry") ? Optional.of(text(json, "ledgerEntry")) : Optional.empty());
    }

    private static void exactly(JsonObject json, Set<String> names) {
        json.keySet().stream().filter(name -> !names.contains(name)).findFirst().ifPresent(name -> {
            throw unreadable("report");
        });
    }

    private static String text(JsonObject json, String name) {
        return string(json.get(name), name, ForwardedCall.TEXT_MAX);
    }

    private static String string(JsonValue value, String name, int lengthMax) {
        if (value instanceof JsonString text && text.getString().length() <= lengthMax) {
            return text.getString();
        }
        throw unreadable(name);
    }

    private static <E extends Enum<E>> E oneOf(E[] values, JsonObject json, String name) {
        String text = text(json, name);
        return Arrays.stream(values).filter(each -> each.name().equals(text)).findFirst().orElseThrow(() -> unreadable(name));
    }

    private static Instant instant(JsonObject json, String name) {
        try {
            return Instant.parse(text(json, name));
        } catch (DateTimeException e) {
            throw unreadable(name);
        }
    }

    private static JsonObject object(JsonValue value, String name) {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw unreadable(name);
    }

    private static <T> List<T> list(JsonObject json, String name, int sizeMax, Function<JsonValue, T> reading) {
        if (!(json.get(name) instanceof JsonArray values) || values.size() > sizeMax) {
            throw unreadable(name);
        }
        List<T> list = new ArrayList<>();
        values.forEach(value -> list.add(reading.apply(value)));
        return list;
    }

    private static Refusal unreadable(String field) {
        return Refusal.of(ConformanceRefusal.REPORT_UNREADABLE, field, field);
    }
}
