package org.kopuro.bench;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Ways of doing the same work, one after another in rounds whose order turns, and what each took: time by the clock, and the processors' by process. One table, for people and for programs. */
final class Contest {

    private final String name;
    private final Server server;
    private final List<Way> ways = new ArrayList<>();
    private final List<Goal> goals = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    /** Does the work once; a round's number is never given twice. */
    interface Work {
        void go(int round) throws Exception;
    }

    /** @param driver of this process, where the peer and the limit work */
    record Lap(double seconds, double server, double postgres, double driver) {
    }

    record Way(String name, String label, Work work, List<Lap> laps) {
    }

    private record Goal(Way one, Way other, String text) {
        List<Double> ratios() {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < one.laps().size(); i++) {
                ratios.add(one.laps().get(i).seconds() / other.laps().get(i).seconds());
            }
            return ratios;
        }
    }

    Contest(String name, Server server) {
        this.name = name;
        this.server = server;
    }

    Way enter(String way, String label, Work work) {
        Way entered = new Way(way, label, work, new ArrayList<>());
        ways.add(entered);
        return entered;
    }

    /** The ratio is of times: one's by the other's. */
    void compare(Way one, Way other, String goal) {
        goals.add(new Goal(one, other, goal));
    }

    void remark(String line) {
        System.err.println(line);
        remarks.add(line);
    }

    /** @param between what is not counted, before each lap */
    void run(int rounds, Work between) throws Exception {
        for (int round = 0; round <= rounds; round++) {
            List<Way> order = new ArrayList<>(ways);
            Collections.rotate(order, round);
            for (Way way : order) {
                between.go(round);
                Lap lap = lap(way, round);
                System.err.printf(Locale.ROOT, "%s %s: %.1f s (processors: server %.1f, PostgreSQL %.1f, driver %.1f)%n", round == 0 ? "warming" : "round " + round, way.name(), lap.seconds(), lap.server(),
                        lap.postgres(), lap.driver());
                if (round > 0) {
                    way.laps().add(lap);
                }
            }
        }
    }

    private Lap lap(Way way, int round) throws Exception {
        System.gc();
        double before = Processor.millisOf(server.process());
        double postgres = Processor.millisOfTree(server.postgres());
        double driver = Processor.millisOf(ProcessHandle.current().pid());
        long start = System.nanoTime();
        way.work().go(round);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Lap(seconds, (Processor.millisOf(server.process()) - before) / 1000, (Processor.millisOfTree(server.postgres()) - postgres) / 1000,
                (Processor.millisOf(ProcessHandle.current().pid()) - driver) / 1000);
    }

    String markdown() {
        StringBuilder out = new StringBuilder("# " + name + ", " + Instant.now().truncatedTo(ChronoUnit.MINUTES) + "\n\n");
        remarks.forEach(remark -> out.append("- ").append(remark).append('\n'));
        out.append("\n| way | s, median | rounds | CPU s: server | PostgreSQL | driver |\n|---|--:|---|--:|--:|--:|\n");
        for (Way way : ways) {
            out.append(String.format(Locale.ROOT, "| %s: %s | %.1f | %s | %.1f | %.1f | %.1f |%n", way.name(), way.label(), Variant.median(way.laps().stream().map(Lap::seconds).toList()),
                    told(way.laps().stream().map(Lap::seconds).toList(), "%.1f"), Variant.median(way.laps().stream().map(Lap::server).toList()),
                    Variant.median(way.laps().stream().map(Lap::postgres).toList()), Variant.median(way.laps().stream().map(Lap::driver).toList())));
        }
        out.append("\n| time / time in each round | median | rounds | goal |\n|---|--:|---|---|\n");
        for (Goal goal : goals) {
            out.append(String.format(Locale.ROOT, "| %s / %s | %.2f | %s | %s |%n", goal.one().name(), goal.other().name(), Variant.median(goal.ratios()), told(goal.ratios(), "%.2f"), goal.text()));
        }
        return out.toString();
    }

    private static String told(List<Double> values, String format) {
        return String.join(" ", values.stream().map(value -> String.format(Locale.ROOT, format, value)).toList());
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + ".md"), markdown());
        JsonArrayBuilder rows = Json.createArrayBuilder();
        for (Way way : ways) {
            JsonArrayBuilder laps = Json.createArrayBuilder();
            way.laps().forEach(lap -> laps.add(Json.createObjectBuilder().add("seconds", lap.seconds()).add("serverCpuSeconds", lap.server()).add("postgresCpuSeconds", lap.postgres())
                    .add("driverCpuSeconds", lap.driver())));
            rows.add(Json.createObjectBuilder().add("name", way.name()).add("label", way.label()).add("rounds", laps));
        }
        JsonArrayBuilder ratios = Json.createArrayBuilder();
        goals.forEach(goal -> ratios.add(Json.createObjectBuilder().add("name", goal.one().name() + " / " + goal.other().name()).add("goal", goal.text())
                .add("median", Variant.median(goal.ratios())).add("rounds", Json.createArrayBuilder(goal.ratios()))));
        Files.writeString(folder.resolve(name + ".json"), Json.createObjectBuilder().add("benchmark", name).add("at", Instant.now().toString()).add("remarks", Json.createArrayBuilder(remarks))
                .add("ways", rows).add("ratios", ratios).build() + "\n");
    }
}
