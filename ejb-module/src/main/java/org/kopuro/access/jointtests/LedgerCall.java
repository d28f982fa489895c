package org.kopuro.access.jointtests;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.conformance.ConformanceReport;
import org.kopuro.access.conformance.ForwardedCall;
import org.kopuro.access.conformance.MessageProtocol;

/**
 * A call as TEST's ledger tells it; its message id is from the usage log, as the ledger has only a keyed hash of it.
 *
 * @param protocol by which it came, as operations tell it, which are statistics: empty where they have been lost, or are not written yet
 * @param major version that it was to; empty in entries from before the ledger told it, and where none is served that it could mean
 */
record LedgerCall(UUID entry, String service, String outcome, String messageId, Instant at, Optional<MessageProtocol> protocol, Optional<String> major) {

    boolean is(ForwardedCall call, ConformanceReport report) {
        return call.service().equals(service) && call.outcome().equals(outcome) && call.messageId().equals(messageId) && report.covers(at)
                && protocol.filter(by -> by != report.protocol()).isEmpty();
    }
}
