package org.kopuro.exchange.edge;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.kopuro.access.monitoring.CallMeter;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.RepresentedParty;
import org.kopuro.exchange.operations.FailedCall;
import org.kopuro.exchange.operations.Operation;
import org.kopuro.exchange.operations.OperationLog;

/** What an edge saw of a recorded call: for the statistics of use, for operational monitoring, and for Prometheus. Costs the call no statement. */
@ApplicationScoped
public class Measurements {

    @Inject
    private CallMeter meter;
    @Inject
    private OperationLog operations;
    @Inject
    private Clock clock;
    @Inject
    private MetricRegistry metrics;

    /** We failed a call of somebody whose certificate was verified: it has no record, and yet tells how the service fares. */
    public void failed(UUID occurrence, Call call) {
        operations.failed(new FailedCall(occurrence, call.credential().thumbprint(), call.service().code(), clock.instant()));
    }

    /**
     * The answer is ready to leave.
     *
     * @param rest        of a call by X-Road REST
     * @param represented whom the caller says that it represents
     * @param received    octets of the request
     * @param faultCode   as the caller is told it; empty for an answer
     */
    public void ended(UUID occurrence, long latencyNanos, Optional<Operation.RestCall> rest, Optional<RepresentedParty> represented, Operation.Size received, Operation.Size sent, Optional<String> faultCode, int status) {
        Instant now = clock.instant();
        meter.ended(occurrence, latencyNanos, (int) Math.min(Integer.MAX_VALUE, received.octets()), (int) Math.min(Integer.MAX_VALUE, sent.octets()));
        // No label is a caller's choice: protocols are two, and fault codes are ours.
        // Not a timer: this server exports a timer's nanoseconds under the name of seconds.
        metrics.histogram("kopuro_call_milliseconds", new Tag("protocol", rest.isPresent() ? "REST" : "SOAP"), new Tag("fault", faultCode.orElse(""))).update(latencyNanos / 1_000_000);
        operations.ended(new Operation(occurrence, now.minusNanos(latencyNanos), now, rest, represented.map(party -> new Operation.Represented(party.partyClass(), party.partyCode())), received, sent, faultCode, status));
    }
}
