package org.kopuro.exchange.evidence;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.erdtman.jcs.JsonCanonicalizer;
import org.kopuro.accounts.SignedIn;
import org.kopuro.consent.UsageLog;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/** The short transactions of an export. Refusals are values here: one of them has a record of its own, which must be committed. */
@Stateless
public class EvidenceRecords {

    private static final Logger LOG = Logger.getLogger(EvidenceRecords.class.getName());

    @Inject
    private MessageStore messages;
    @Inject
    private EvidenceStore store;
    @Inject
    private MessageKeys keys;
    @Inject
    private UsageLog usage;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    public Outcome read(SignedIn reader, UUID occurrence) {
        Optional<MessageStore.Kept> found = messages.find(occurrence, reader.contour());
        if (found.isEmpty()) {
            return Outcome.refused(Refusal.of(InputRefusal.NOT_FOUND, "occurrence"));
        }
        MessageStore.Kept kept = found.get();
        if (kept.keyNumber().isEmpty()) {
            return Outcome.refused(Refusal.of(EvidenceRefusal.EVIDENCE_NOT_KEPT, "occurrence"));
        }
        if (kept.sealed().isEmpty()) {
            return Outcome.refused(Refusal.of(EvidenceRefusal.EVIDENCE_RETENTION_OVER, "occurrence", kept.keepUntil().toString()));
        }
        Optional<MessageKey> key = keys.find(kept.keyNumber().get());
        if (key.isEmpty()) {
            return Outcome.refused(Refusal.of(EvidenceRefusal.EVIDENCE_KEY_MISSING, "messagelog-" + kept.keyNumber().get()));
        }
        Optional<byte[]> request = open(key.get(), occurrence, Direction.REQUEST, kept.sealed().get().request(), kept.requestDigest());
        Optional<byte[]> answer = open(key.get(), occurrence, Direction.ANSWER, kept.sealed().get().answer(), kept.answerDigest());
        if (request.isEmpty() || answer.isEmpty()) {
            return altered(reader, occurrence, request.isEmpty() ? Direction.REQUEST : Direction.ANSWER);
        }
        return Outcome.of(new Contents(request.get(), answer.get(), decision(occurrence), store.certificate(occurrence)));
    }

    public void recordReading(SignedIn reader, UUID occurrence) {
        Instant now = clock.instant();
        store.addReading(reader, occurrence, now);
        ledger.record(LedgerEvent.of("exchange.evidence_read", 1, reader.contour(), "usage", occurrence, now).with("account", reader.account()));
        usage.evidenceRead(occurrence, reader.contour(), reader.actor());
    }

    private Outcome altered(SignedIn reader, UUID occurrence, Direction direction) {
        Refusal refusal = Refusal.of(EvidenceRefusal.EVIDENCE_ALTERED, direction.member());
        store.addSecurityEvent(refusal, reader, occurrence, clock.instant());
        LOG.log(Level.SEVERE, "The kept {0} of the call {1} is not what was exchanged", new Object[] {direction.member(), occurrence});
        return Outcome.refused(refusal);
    }

    private static Optional<byte[]> open(MessageKey key, UUID occurrence, Direction direction, byte[] sealed, byte[] digest) {
        return key.open(occurrence, direction, sealed).filter(octets -> MessageDigest.isEqual(MessageLog.sha256(octets), digest));
    }

    private byte[] decision(UUID occurrence) {
        Instant now = clock.instant();
        try {
            return new JsonCanonicalizer(store.decision(occurrence, now)).getEncodedUTF8();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Contents, or why there are none; public because the container of enterprise beans passes it on. */
    public record Outcome(Optional<Contents> contents, Optional<Refusal> refusal) {

        static Outcome of(Contents contents) {
            return new Outcome(Optional.of(contents), Optional.empty());
        }

        static Outcome refused(Refusal refusal) {
            return new Outcome(Optional.empty(), Optional.of(refusal));
        }

        Contents orThrow() {
            return contents.orElseThrow(() -> refusal.orElseThrow());
        }
    }
}
