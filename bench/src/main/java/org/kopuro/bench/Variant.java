package org.kopuro.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** One row of the table: a server, an address on it and the messages for it, with what its rounds gave. */
final class Variant {

    private static final double HEADROOM = 1.5;
    private static final int MESSAGES_MIN = 300;

    private final String name;
    private final String label;
    private final Server server;
    private final long postgres;
    private final Messages messages;
    private final int connections;
    private final List<Round> rounds = new ArrayList<>();
    private double lastPerSecond;

    Variant(String name, String label, Server server, long postgres, Messages messages, int connections) {
        this.name = name;
        this.label = label;
        this.server = server;
        this.postgres = postgres;
        this.messages = messages;
        this.connections = connections;
    }

    /** Processor milliseconds per call. */
    record Round(Load.Outcome outcome, double serverMillis, double postgresMillis, double driverMillis) {
    }

    String name() {
        return name;
    }

    String label() {
        return label;
    }

    List<Round> rounds() {
        return rounds;
    }

    /** Load that is not counted. */
    void warm(double seconds) throws IOException, InterruptedException {
        round(seconds);
    }

    void measure(double seconds) throws IOException, InterruptedException {
        rounds.add(round(seconds));
    }

    private Round round(double seconds) throws IOException, InterruptedException {
        // Made right before they are sent: the server refuses what is five minutes old.
        List<Messages.Message> made = messages.make((int) (lastPerSecond * HEADROOM * seconds) + MESSAGES_MIN, server.port());
        double serverBefore = Processor.millisOf(server.process());
        double postgresBefore = Processor.millisOfTree(postgres);
        double driverBefore = Processor.millisOf(ProcessHandle.current().pid());
        Load.Outcome outcome = new Load(server.port(), connections).run(made, seconds);
        if (outcome.calls() == 0) {
            throw new IOException(name + " answers nothing as expected: " + outcome.firstError());
        }
        lastPerSecond = outcome.perSecond();
        return new Round(outcome, (Processor.millisOf(server.process()) - serverBefore) / outcome.calls(),
                (Processor.millisOfTree(postgres) - postgresBefore) / outcome.calls(),
                (Processor.millisOf(ProcessHandle.current().pid()) - driverBefore) / outcome.calls());
    }

    double median(ToDoubleFunction<Round> figure) {
        return median(rounds.stream().map(round -> figure.applyAsDouble(round)).toList());
    }

    int errors() {
        return rounds.stream().mapToInt(round -> round.outcome().errors()).sum();
    }

    /** How many times as many calls per second as the other, round by round. */
    List<Double> ratiosTo(Variant other) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < rounds.size(); i++) {
            ratios.add(rounds.get(i).outcome().perSecond() / other.rounds.get(i).outcome().perSecond());
        }
        return ratios;
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted(Comparator.naturalOrder()).toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
