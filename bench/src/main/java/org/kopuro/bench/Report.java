package org.kopuro.bench;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One table, for people and for programs. */
final class Report {

    private final Map<String, String> circumstances;
    private final List<Variant> variants;
    private final List<Ratio> ratios = new ArrayList<>();

    Report(Map<String, String> circumstances, List<Variant> variants) {
        this.circumstances = circumstances;
        this.variants = variants;
    }

    private record Ratio(String name, String goal, List<Double> rounds) {
    }

    void compare(Variant one, Variant other, String goal) {
        ratios.add(new Ratio(one.name() + " / " + other.name(), goal, one.ratiosTo(other)));
    }

    String markdown() {
        StringBuilder out = new StringBuilder("# P1, ").append(Instant.now().truncatedTo(ChronoUnit.MINUTES)).append("\n\n");
        circumstances.forEach((name, value) -> out.append("- ").append(name).append(": ").append(value).append("\n"));
        out.append("\n| variant | calls/s | p50 ms | p99 ms | CPU ms/call: server | PostgreSQL | driver | errors |\n|---|--:|--:|--:|--:|--:|--:|--:|\n");
        for (Variant variant : variants) {
            out.append(String.format(Locale.ROOT, "| %s: %s | %.0f | %.1f | %.1f | %.2f | %.2f | %.2f | %d |%n", variant.name(), variant.label(),
                    variant.median(round -> round.outcome().perSecond()), variant.median(round -> round.outcome().p50Millis()),
                    variant.median(round -> round.outcome().p99Millis()), variant.median(Variant.Round::serverMillis),
                    variant.median(Variant.Round::postgresMillis), variant.median(Variant.Round::driverMillis), variant.errors()));
        }
        out.append("\n| calls/s, ratio in each round | median | rounds | goal |\n|---|--:|---|---|\n");
        for (Ratio ratio : ratios) {
            out.append(String.format(Locale.ROOT, "| %s | %.2f | %s | %s |%n", ratio.name(), Variant.median(ratio.rounds()),
                    String.join(" ", ratio.rounds().stream().map(value -> String.format(Locale.ROOT, "%.2f", value)).toList()), ratio.goal()));
        }
        return out.toString();
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("P1.md"), markdown());
        Files.writeString(folder.resolve("P1.json"), json().toString() + "\n");
    }

    private JsonObject json() {
        JsonObjectBuilder out = Json.createObjectBuilder().add("benchmark", "P1").add("at", Instant.now().toString());
        circumstances.forEach(out::add);
        JsonArrayBuilder rows = Json.createArrayBuilder();
        for (Variant variant : variants) {
            JsonArrayBuilder rounds = Json.createArrayBuilder();
            for (Variant.Round round : variant.rounds()) {
                rounds.add(Json.createObjectBuilder().add("calls", round.outcome().calls()).add("errors", round.outcome().errors())
                        .add("seconds", round.outcome().seconds()).add("callsPerSecond", round.outcome().perSecond())
                        .add("p50Millis", round.outcome().p50Millis()).add("p99Millis", round.outcome().p99Millis())
                        .add("serverCpuMillisPerCall", round.serverMillis()).add("postgresCpuMillisPerCall", round.postgresMillis())
                        .add("driverCpuMillisPerCall", round.driverMillis()));
            }
            rows.add(Json.createObjectBuilder().add("name", variant.name()).add("label", variant.label()).add("rounds", rounds));
        }
        JsonArrayBuilder compared = Json.createArrayBuilder();
        for (Ratio ratio : ratios) {
            compared.add(Json.createObjectBuilder().add("name", ratio.name()).add("goal", ratio.goal()).add("median", Variant.median(ratio.rounds()))
                    .add("rounds", Json.createArrayBuilder(ratio.rounds())));
        }
        return out.add("variants", rows).add("ratios", compared).build();
    }
}
