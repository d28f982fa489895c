package org.kopuro.access.monitoring;

import java.time.Instant;
import java.util.Optional;
import org.kopuro.access.ConnectionId;
import org.kopuro.access.duties.IncidentId;
import org.kopuro.access.duties.IncidentSeverity;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.SubsystemId;

/**
 * A signal as its newest event left it.
 *
 * @param seen       what the rule compares: refused calls, INNs in a run, percent refused, taxpayers, applications without a decision
 * @param subsystem  empty where it is about the participant as such
 * @param before     the percent refused in the seven days before
 * @param reason     an official's, of the event that ended it
 * @param connection that was suspended because of it
 */
public record SignalView(SignalId id, long number, Contour contour, ParticipantId participant, Optional<SubsystemId> subsystem, String rule, int ruleVersion, SignalKind kind,
        IncidentSeverity severity, Instant windowStart, Instant windowEnd, int seen, int calls, Optional<Integer> before, IncidentId incident, SignalState state, Instant raisedAt,
        Instant since, int events, Optional<String> reason, Optional<ConnectionId> connection) {
}
