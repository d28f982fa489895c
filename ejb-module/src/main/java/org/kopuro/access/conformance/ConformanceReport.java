package org.kopuro.access.conformance;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.proof.CanonicalJson;

/**
 * What a run of {@code bin/conformance} saw.
 *
 * @param subsystem {@code instance/class/member/subsystem}
 * @param protocol  by which every scenario was shown
 * @param harness   the version of the program that ran
 * @param endpoint  the address of TEST
 * @param services  what the participant named; each must have been answered by TEST
 */
public record ConformanceReport(String subsystem, MessageProtocol protocol, String harness, String endpoint, Instant startedAt, Instant finishedAt, List<String> services,
        List<ScenarioResult> results) {

    /** In octets of the signed file. */
    public static final int LENGTH_MAX = 1024 * 1024;
    public static final Duration AGE_MAX = Duration.ofDays(30);
    static final String FORMAT = "kopuro-conformance/2";
    /** Clocks of two machines never agree. */
    public static final Duration SKEW = Duration.ofMinutes(5);

    public ConformanceReport {
        services = List.copyOf(services);
        results = List.copyOf(results);
    }

    public boolean passed() {
        return results.stream().noneMatch(result -> result.verdict() == Verdict.FAILED);
    }

    /** The calls that reached TEST, each of which its ledger must hold. */
    public List<ForwardedCall> calls() {
        return results.stream().flatMap(result -> result.calls().stream()).toList();
    }

    /** Canonical JSON. */
    public String format() {
        JsonArrayBuilder scenarios = Json.createArrayBuilder();
        results.forEach(result -> scenarios.add(json(result)));
        return CanonicalJson.of(Json.createObjectBuilder().add("format", FORMAT).add("catalogue", Scenario.CATALOGUE).add("subsystem", subsystem).add("protocol", protocol.name())
                .add("harness", harness).add("endpoint", endpoint).add("startedAt", startedAt.toString()).add("finishedAt", finishedAt.toString())
                .add("services", Json.createArrayBuilder(services)).add("scenarios", scenarios).build());
    }

    public byte[] signed(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        return ReportSignature.sign(format().getBytes(StandardCharsets.UTF_8), key, certificate);
    }

    /** Those of the certificates that the signature names as its own; whether it is theirs is {@link #verify}'s to say. */
    public static List<X509Certificate> named(byte[] signed, Collection<X509Certificate> known) {
        requireLength(signed);
        return ReportSignature.named(signed, known);
    }

    private static void requireLength(byte[] signed) {
        if (signed.length > LENGTH_MAX) {
            throw Refusal.of(ConformanceRefusal.REPORT_UNREADABLE, "report", LENGTH_MAX);
        }
    }

    /** Whether a call at that moment, by TEST's clock, can belong to the run. */
    public boolean covers(Instant moment) {
        return !moment.isBefore(startedAt.minus(SKEW)) && !moment.isAfter(finishedAt.plus(SKEW));
    }

    /**
     * The report, or a refusal that names the first thing that is wrong with it.
     *
     * @param certificate of the subsystem in TEST; that it is in force is the caller's to know
     * @param subsystem   whose report it must be, {@code instance/class/member/subsystem}
     * @param rules       by which scenarios about tokens are demanded, as of the run's beginning; the report's own word is none
     */
    public static ConformanceReport verify(byte[] signed, X509Certificate certificate, String subsystem, TokenRules rules, Instant now) {
        requireLength(signed);
        ConformanceReport report = ReportReading.read(new String(ReportSignature.verified(signed, certificate), StandardCharsets.UTF_8));
        if (!report.subsystem().equals(subsystem)) {
            throw Refusal.of(ConformanceRefusal.REPORT_OF_ANOTHER_SUBSYSTEM, "subsystem", report.subsystem());
        }
        report.requireTimes(now);
        report.requireAllPassed(rules.anyTakesToken(report.services(), report.startedAt()));
        report.requireEachServiceAnswered();
        report.requireMessageIdsOnce();
        return report;
    }

    private void requireTimes(Instant now) {
        if (startedAt.isAfter(finishedAt) || finishedAt.isAfter(now.plus(SKEW))) {
            throw Refusal.of(ConformanceRefusal.REPORT_TIMES_INVALID, "finishedAt");
        }
        if (startedAt.isBefore(now.minus(AGE_MAX))) {
            throw Refusal.of(ConformanceRefusal.REPORT_TOO_OLD, "startedAt", AGE_MAX.toDays());
        }
    }

    private void requireAllPassed(boolean presentsTokens) {
        Set<Scenario> missing = EnumSet.allOf(Scenario.class);
        for (ScenarioResult result : results) {
            Verdict wanted = result.scenario().appliesTo(presentsTokens) ? Verdict.PASSED : Verdict.NOT_APPLICABLE;
            // A scenario twice could hide a failure behind a success.
            if (result.verdict() != wanted || !missing.remove(result.scenario())) {
                throw Refusal.of(ConformanceRefusal.SCENARIO_NOT_PASSED, "scenarios." + result.scenario().id(), result.scenario().id());
            }
        }
        missing.stream().findFirst().ifPresent(scenario -> {
            throw Refusal.of(ConformanceRefusal.SCENARIO_MISSING, "scenarios." + scenario.id(), scenario.id());
        });
    }

    /** A verdict alone is the participant's word; a call that was answered is in TEST's ledger. */
    private void requireEachServiceAnswered() {
        Set<String> answered = new HashSet<>();
        results.stream().filter(result -> result.scenario() == Scenario.SIGNED_CALLS).flatMap(result -> result.calls().stream())
                .filter(call -> call.outcome().equals(ForwardedCall.ANSWERED) && call.ledgerEntry().isPresent()).forEach(call -> answered.add(call.service()));
        // A run without any service shows nothing.
        if (services.isEmpty() || !answered.containsAll(services)) {
            throw Refusal.of(ConformanceRefusal.SERVICE_NOT_SHOWN, "services", services.stream().filter(service -> !answered.contains(service)).findFirst().orElse("–"));
        }
    }

    private void requireMessageIdsOnce() {
        Set<String> seen = new HashSet<>();
        for (ForwardedCall call : calls()) {
            if (!seen.add(call.messageId()) || call.ledgerEntry().filter(entry -> !seen.add(entry)).isPresent()) {
                throw Refusal.of(ConformanceRefusal.MESSAGE_ID_REPEATED, "messageId");
            }
        }
    }

    private static JsonObject json(ScenarioResult result) {
        JsonArrayBuilder calls = Json.createArrayBuilder();
        for (ForwardedCall call : result.calls()) {
            JsonObjectBuilder json = Json.createObjectBuilder().add("messageId", call.messageId()).add("service", call.service()).add("outcome", call.outcome());
            call.ledgerEntry().ifPresent(entry -> json.add("ledgerEntry", entry));
            calls.add(json);
        }
        return Json.createObjectBuilder().add("id", result.scenario().id()).add("verdict", result.verdict().name())
                .add("observations", Json.createArrayBuilder(new ArrayList<>(result.observations()))).add("calls", calls).build();
    }
}
