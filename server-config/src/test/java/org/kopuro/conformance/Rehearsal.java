package org.kopuro.conformance;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.kopuro.access.conformance.ConformanceReport;
import org.kopuro.access.conformance.MessageProtocol;
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
    static final String PROVIDER = "/r1/" + Identifier.TAX_AUTHORITY;
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
        return of(MessageProtocol.SOAP, false, keys, scenarios, services, asked);
    }

    /** @param secure by connections that show the bank's certificate */
    static Ended of(MessageProtocol protocol, boolean secure, Path keys, Set<Scenario> scenarios, List<String> services, Asked asked) throws Exception {
        OwnKeys bank = new OwnKeys(Pem.key(keys.resolve("key.pem"), Pem.certificate(keys.resolve("cert.pem"))),
                Pem.certificate(keys.resolve("cert.pem")));
        // Made once for all runs of a class: keys are what a run costs.
        Path server = Files.createDirectories(keys.resolve("server"));
        Path played = Files.createDirectories(keys.resolve("played"));
        OwnKeys serverKeys = OwnKeys.in(server, "RSA", CLOCK);
        PlayedAnswers answers = PlayedAnswers.by(protocol, OwnKeys.in(played, "RSA", CLOCK), OwnKeys.in(Files.createDirectories(keys.resolve("stranger")), "RSA", CLOCK), CLOCK);
        String token = TokenText.invented(new SecureRandom());
        Setting setting = new Setting(services, TAKING_TOKENS, INN, token, OwnKeys.certificateFile(server, "RSA"), OwnKeys.certificateFile(played, "RSA"),
                secure ? Optional.of(OwnKeys.connectionCertificateFile(played)) : Optional.empty());
        Optional<Tls> tls = secure ? Optional.of(new Tls(bank.key(), bank.certificate(), OwnKeys.ofConnections(played, CLOCK), Optional.of(serverKeys.certificate()))) : Optional.empty();
        Optional<X509Certificate> connected = tls.map(Tls::certificate);
        Optional<SSLContext> ofTest = secure ? Optional.of(new Tls(serverKeys.key(), serverKeys.certificate(), serverKeys, Optional.empty()).serving()) : Optional.empty();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (FakeTest test = new FakeTest(PlayedAnswers.by(protocol, serverKeys, serverKeys, CLOCK), wire(protocol, URI.create("http://127.0.0.1" + PROVIDER), connected, serverKeys), INN, ofTest);
                Stage stage = new Stage(0, new TestEndpoint(test.address(), wire(protocol, test.address(), connected, serverKeys), secure ? Optional.of(tls.get().calling()) : Optional.empty()), answers,
                        Identifier.DEMO_BANK, bank.certificate(), CLOCK, secure ? Optional.of(tls.get().serving()) : Optional.empty())) {
            ConformanceReport report = new Run(stage, product(asked), answers, setting, CLOCK, new Told(new PrintStream(out, true, StandardCharsets.UTF_8)))
                    .play(scenarios, Identifier.DEMO_BANK.toString(), "test", test.address().toString());
            return new Ended(report, out.toString(StandardCharsets.UTF_8), bank, token, test.asked());
        }
    }

    static Wire wire(MessageProtocol protocol, URI test, Optional<X509Certificate> connected, OwnKeys server) {
        return protocol == MessageProtocol.SOAP ? new SoapWire(test, server.certificate(), CLOCK) : new RestWire(test, connected, server.certificate(), CLOCK);
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
