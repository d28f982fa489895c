package org.kopuro.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kopuro.access.conformance.ConformanceReport;
import org.kopuro.access.conformance.Scenario;
import org.kopuro.access.conformance.ScenarioResult;
import org.kopuro.access.conformance.Verdict;
import org.kopuro.client.Identifier;
import org.kopuro.client.ReferenceProduct;

/** A product that does everything right: the one behind bin/call. */
class PassingTest {

    @TempDir
    private static Path keys;

    @BeforeAll
    static void bank() throws Exception {
        Rehearsal.bankIn(keys);
    }

    private static Rehearsal.Ended run(Set<Scenario> scenarios, List<String> services) throws Exception {
        Path memory = keys.resolve("memory-" + services.size());
        return Rehearsal.of(keys, scenarios, services, values -> ReferenceProduct.call(values, keys, "--retry", "1", "--timeout", "5", "--memory", memory.toString()));
    }

    private static String verdicts(ConformanceReport report, Verdict verdict) {
        return report.results().stream().filter(result -> result.verdict() == verdict).map(result -> result.scenario().id() + " " + result.observations()).collect(Collectors.joining("\n"));
    }

    @Test
    void passesEachScenarioAndTheAuthorityTakesItsReport() throws Exception {
        List<String> services = List.of("tpDataByINN", "tpDataByINNforBusinessActivity", "taxpayerDataByInn", "TPpaymentDateByInn", "incomeStatement", "headcount");
        Rehearsal.Ended ended = run(EnumSet.allOf(Scenario.class), services);
        assertEquals("", verdicts(ended.report(), Verdict.FAILED), ended.out());
        assertEquals("", verdicts(ended.report(), Verdict.NOT_APPLICABLE));
        byte[] signed = ended.report().signed(ended.bank().key(), ended.bank().certificate());
        ConformanceReport taken = ConformanceReport.verify(signed, ended.bank().certificate(), Identifier.DEMO_BANK.toString(), (service, at) -> Rehearsal.TAKING_TOKENS.contains(service), Rehearsal.CLOCK.instant());
        assertEquals(ended.report(), taken);
        assertEquals(ended.asked().stream().map(Request::id).toList(), taken.calls().stream().map(call -> call.messageId()).toList(), "the calls that reached TEST");
        assertEquals(services.size() + 1, taken.calls().size());
        Stream.of(ended.out(), ended.report().format()).forEach(text -> assertFalse(text.contains(ended.token()) || text.contains("GNS1T"), "a token was told"));
    }

    @Test
    void scenariosAboutTokensAreNotPlayedWithAProductThatUsesNone() throws Exception {
        Set<Scenario> aboutTokens = EnumSet.of(Scenario.TOKEN_WITH_ITS_QUESTION, Scenario.STOPS_ON_EXPIRY, Scenario.STOPS_ON_DEACTIVATION, Scenario.STOPS_ON_EXHAUSTION, Scenario.PAUSE_IS_NO_END);
        Set<Scenario> scenarios = EnumSet.of(Scenario.SIGNED_CALLS, Scenario.REFUSED_BY_TEST, Scenario.OWN_MESSAGES);
        scenarios.addAll(aboutTokens);
        ConformanceReport report = run(scenarios, List.of("tpDataByINNforBusinessActivity")).report();
        assertEquals("", verdicts(report, Verdict.FAILED));
        assertEquals(aboutTokens, report.results().stream().filter(result -> result.verdict() == Verdict.NOT_APPLICABLE).map(ScenarioResult::scenario).collect(Collectors.toSet()));
    }
}
