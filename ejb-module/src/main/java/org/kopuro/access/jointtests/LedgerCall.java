package org.kopuro.access.jointtests;

import java.time.Instant;
import java.util.UUID;
import org.kopuro.access.conformance.ConformanceReport;
import org.kopuro.access.conformance.ForwardedCall;

/** A call as TEST's ledger tells it; its message id is from the usage log, as the ledger has only a keyed hash of it. */
record LedgerCall(UUID entry, String service, String outcome, String messageId, Instant at) {

    boolean is(ForwardedCall call, ConformanceReport report) {
        return call.service().equals(service) && call.outcome().equals(outcome) && call.messageId().equals(messageId) && report.covers(at);
    }
}
