package org.kopuro.conformance;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.kopuro.access.conformance.ConformanceReport;
import org.kopuro.access.conformance.Scenario;
import org.kopuro.client.Identifier;
import org.kopuro.client.Pem;
import org.kopuro.consent.TokenText;
import org.kopuro.verify.Told;

/** A run inside this process: a product that is a lambda, and TEST as {@link FakeTest}. */
final class Rehearsal {

    static final Clock CLOCK = Clock.systemUTC();
    /** What TEST's catalogue says. */
    static final Set<String> TAKING_TOKENS = Set.of("tpDataByINN", "taxpayerDataByInn", "TPpaymentDateByInn", "incomeStatement", "headcount");
    static final String INN = "23002199000001";

    /** Sees the values of one question; tells the exit code. */
    @FunctionalInterface
    interface Asked {
        int call(Map<String, String> values) throws Exception;
    }

    record Ended(ConformanceReport report, String out, OwnKeys bank, String token, List<Request> asked) {
    }

    private Rehearsal() {
    }

    /** Puts the bank's key and certificate where products look for them. */
    static OwnKeys bankIn(Path folder) throws Exception {
        OwnKeys bank = OwnKeys.in(folder, "RSA", CLOCK);
        Files.copy(folder.resolve("played-key.pem"), folder.resolve("key.pem"));
        Files.copy(folder.resolve("played-cert.pem"), folder.resolve("cert.pem"));
        return bank;
    }

    static Ended of(Path keys, Set<Scenario> scenarios, List<String> services, Asked asked) throws Exception {
        Path folder = Files.createTempDirectory(keys, "run");
        OwnKeys bank = new OwnKeys(Pem.key(keys.resolve("key.pem"), Pem.certificate(keys.resolve("cert.pem"))),
                Pem.certificate(keys.resolve("cert.pem")));
        Path server = Files.createDirectory(folder.resolve("server"));
        OwnKeys serverKeys = OwnKeys.in(server, "RSA", CLOCK);
        PlayedAnswers answers = new PlayedAnswers(OwnKeys.in(folder, "RSA", CLOCK), OwnKeys.made("RSA", CLOCK), CLOCK);
        String token = TokenText.invented(new SecureRandom());
        Setting setting = new Setting(services, TAKING_TOKENS, INN, token, OwnKeys.certificateFile(server, "RSA"), OwnKeys.certificateFile(folder, "RSA"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (FakeTest test = new FakeTest(new PlayedAnswers(serverKeys, serverKeys, CLOCK), INN);
                Stage stage = new Stage(0, new TestEndpoint(test.address(), serverKeys.certificate(), CLOCK), Identifier.DEMO_BANK, bank.certificate(), CLOCK)) {
            ConformanceReport report = new Run(stage, product(asked), answers, setting, CLOCK, new Told(new PrintStream(out, true, StandardCharsets.UTF_8)))
                    .play(scenarios, Identifier.DEMO_BANK.toString(), "test", test.address().toString());
            return new Ended(report, out.toString(StandardCharsets.UTF_8), bank, token, test.asked());
        }
    }

    private static Product product(Asked asked) {
        return new Product() {
            @Override
            public OptionalInt call(Map<String, String> values, BooleanSupplier enough) {
                try {
                    int code = asked.call(values);
                    return code < 0 || enough.getAsBoolean() ? OptionalInt.empty() : OptionalInt.of(code);
                } catch (Exception e) {
                    // A program that fails ends with an exit code that means nothing.
                    return OptionalInt.of(70);
                }
            }

            @Override
            public Duration limit() {
                return Duration.ofSeconds(20);
            }
        };
    }
}
