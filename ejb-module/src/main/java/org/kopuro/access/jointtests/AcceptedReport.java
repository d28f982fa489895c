package org.kopuro.access.jointtests;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.kopuro.access.conformance.MessageProtocol;
import org.kopuro.access.conformance.Scenario;
import org.kopuro.access.conformance.Verdict;
import org.kopuro.participants.SubsystemId;

/**
 * A report that was accepted, with its verdict.
 *
 * @param document   the file, among the request's
 * @param thumbprint of the certificate whose key signed it
 * @param protocol   by which the product showed it
 * @param harness    the version of the program that ran
 */
public record AcceptedReport(UUID document, SubsystemId subsystem, MessageProtocol protocol, String thumbprint, String harness, int catalogue, Instant startedAt,
        Instant finishedAt, Instant acceptedAt, List<OfScenario> scenarios, List<Shown> services) {

    public AcceptedReport {
        scenarios = List.copyOf(scenarios);
        services = List.copyOf(services);
    }

    /** @param calls that TEST's ledger holds */
    public record OfScenario(Scenario scenario, Verdict verdict, int calls) {
    }

    /** @param answered how often TEST answered, in the scenario that asks for it */
    public record Shown(TestedVersion tested, int answered) {
    }
}
