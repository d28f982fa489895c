package org.kopuro.outgoing;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Refusal;
import org.w3c.dom.Element;

/** Asks other agencies' services. Outside a transaction: while a peer is waited for, no connection to the database is held. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Peers {

    private static final Logger LOG = Logger.getLogger(Peers.class.getName());
    private static final int ATTEMPTS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    @Inject
    private SecurityServer server;
    @Inject
    private PeerHealth health;
    @Inject
    private CallRecords records;
    @Inject
    private Installation installation;
    @Inject
    private Clock clock;

    public PeerAnswer ask(PeerCall call) {
        UUID id = UUID.randomUUID();
        Envelope envelope = new Envelope(installation, call, id);
        byte[] message = envelope.written();
        Instant begun = clock.instant();
        records.asked(id, call, sha256(message));
        Attempts attempts = new Attempts(envelope, message);
        PeerAnswer answer;
        Optional<String> detail = Optional.empty();
        try {
            answer = PeerAnswer.of(id, attempts.element(call));
        } catch (CallFailure failure) {
            detail = Optional.of(failure.detail);
            answer = PeerAnswer.refused(id, Refusal.of(failure.code, "service", call.peer().toString(), failure.detail));
            LOG.log(Level.FINE, "Call {0} to {1}: {2}", new Object[] {id, call.peer(), failure.getMessage()});
        }
        records.ended(id, call, answer.refusal().map(refusal -> refusal.code().name()).orElse("ANSWERED"), detail, attempts.made, attempts.received.map(Peers::sha256), begun);
        return answer;
    }

    /** One call's message, sent until it is answered or sending it again makes no sense. */
    private final class Attempts {

        private final Envelope envelope;
        private final byte[] message;
        private final long end;
        private int made;
        private Optional<byte[]> received = Optional.empty();

        Attempts(Envelope envelope, byte[] message) {
            this.envelope = envelope;
            this.message = message;
            end = System.nanoTime() + (server.isSet() ? server.patience().toNanos() : 0);
        }

        Element element(PeerCall call) throws CallFailure {
            if (!server.isSet()) {
                throw CallFailure.unsent(PeerRefusal.PEERS_NOT_SET, "");
            }
            Semaphore places = health.placesAt(call.peer());
            if (!places.tryAcquire()) {
                throw CallFailure.unsent(PeerRefusal.PEER_BUSY, String.valueOf(PeerHealth.AT_ONCE));
            }
            try {
                CircuitBreaker breaker = health.of(call.peer());
                return retry(call).executeCallable(() -> breaker.executeCallable(this::attempt));
            } catch (CallNotPermittedException resting) {
                throw CallFailure.unsent(PeerRefusal.PEER_RESTING, PeerHealth.REST.toSeconds() + " s");
            } catch (CallFailure | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            } finally {
                places.release();
            }
        }

        private Retry retry(PeerCall call) {
            return Retry.of(call.peer().toString(), RetryConfig.custom().maxAttempts(ATTEMPTS).intervalFunction(IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, 3))
                    .retryOnException(thrown -> thrown instanceof CallFailure failure && failure.mayBeTriedAgain(call.repeatable()) && left().compareTo(FIRST_PAUSE) > 0).build());
        }

        private Element attempt() throws CallFailure {
            if (left().toMillis() < 1) {
                throw CallFailure.unsent(PeerRefusal.PEER_TIMED_OUT, server.patience().toSeconds() + " s");
            }
            made++;
            byte[] octets = server.exchange(message, left());
            received = Optional.of(octets);
            return envelope.read(octets);
        }

        /** By the machine's own count: a clock that is set would shorten or lengthen the patience. */
        private Duration left() {
            return Duration.ofNanos(end - System.nanoTime());
        }
    }

    private static String sha256(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
