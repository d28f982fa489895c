package org.kopuro.exchange.operations;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;

/**
 * Records written from the second of {@code from} until that of {@code to}, both included.
 *
 * @param participant whose calls; empty for those of all
 * @param subsystem   the code of one of its subsystems
 * @param fields      empty for all; those that Kopuro never knows are asked for in vain, and not refused
 */
public record OperationFilter(Contour contour, Instant from, Instant to, Optional<ParticipantId> participant, Optional<String> subsystem, Set<String> fields) {

    /** X-Road's names of what a record may hold. */
    public static final Set<String> FIELDS = Set.of("monitoringDataTs", "securityServerInternalIp", "securityServerType", "requestInTs", "requestOutTs", "responseInTs", "responseOutTs",
            "clientXRoadInstance", "clientMemberClass", "clientMemberCode", "clientSubsystemCode", "serviceXRoadInstance", "serviceMemberClass", "serviceMemberCode",
            "serviceSubsystemCode", "serviceCode", "serviceVersion", "restMethod", "restPath", "representedPartyClass", "representedPartyCode", "messageId", "messageUserId",
            "messageIssue", "messageProtocolVersion", "clientSecurityServerAddress", "serviceSecurityServerAddress", "requestSize", "requestMimeSize", "requestAttachmentCount",
            "responseSize", "responseMimeSize", "responseAttachmentCount", "succeeded", "serviceType", "faultCode", "faultString", "statusCode", "xRoadVersion");

    public OperationFilter {
        if (from.isAfter(to)) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "recordsTo");
        }
        if (!FIELDS.containsAll(fields)) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "outputField");
        }
        fields = Set.copyOf(fields);
    }
}
