package org.kopuro.outgoing;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/** What the ledger is told of a call, each time in a transaction of its own. */
@Stateless
public class CallRecords {

    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** Before anything leaves. */
    public void asked(UUID id, PeerCall call, String requestSha256) {
        ledger.record(LedgerEvent.itself("outgoing.asked", 1, Optional.of(call.contour()), "outgoing_call", id, clock.instant()).with("service", call.peer())
                .with("requestSha256", requestSha256).with("issue", call.issue()).with("actor", call.by().account()).with("actorRole", call.by().role())
                .personal("subject", call.subject()));
    }

    /** @param outcome ANSWERED, or the refusal's code */
    public void ended(UUID id, PeerCall call, String outcome, Optional<String> detail, int attempts, Optional<String> answerSha256, Instant begun) {
        Instant now = clock.instant();
        ledger.record(LedgerEvent.of("outgoing.ended", 1, call.contour(), "outgoing_call", id, now).with("outcome", outcome).with("detail", detail).with("attempts", attempts)
                .with("milliseconds", now.toEpochMilli() - begun.toEpochMilli()).with("answerSha256", answerSha256));
    }
}
