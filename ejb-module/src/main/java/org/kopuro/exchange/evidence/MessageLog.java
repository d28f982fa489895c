package org.kopuro.exchange.evidence;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/** Keeps the messages of calls: each pair in one short transaction of its own, between the signing of an answer and its sending. */
@Stateless
public class MessageLog {

    static final int BATCH = 1_000;
    /** Of the entry that binds the octets to the call's own. */
    static final String LEDGER_TYPE = "exchange.messages_kept";

    @Inject
    private MessageStore store;
    @Inject
    private MessageKeys keys;
    @Inject
    private Ledger ledger;
    @Inject
    private Installation installation;
    @Inject
    private Clock clock;

    /**
     * Commits the messages of a recorded call; the answer must not leave if this throws.
     *
     * @param occurrence of the call's usage entry, which must be there
     */
    public void keep(UUID occurrence, Exchanged messages) {
        byte[] request = messages.request().octets();
        byte[] answer = messages.answer().octets();
        Optional<MessageStore.Sealed> sealed = Optional.empty();
        if (installation.messageBodies()) {
            MessageKey key = keys.current();
            sealed = Optional.of(new MessageStore.Sealed(key.number(), key.seal(occurrence, Direction.REQUEST, request),
                    key.seal(occurrence, Direction.ANSWER, answer)));
        }
        Instant now = clock.instant();
        byte[] requestDigest = sha256(request);
        byte[] answerDigest = sha256(answer);
        Contour contour = store.add(occurrence, messages, requestDigest, answerDigest, sealed, now.plus(installation.messageRetention()))
                .orElseThrow(() -> new IllegalStateException("There is no usage entry " + occurrence + ", so its messages belong to no call."));
        LedgerEvent event = LedgerEvent.of(LEDGER_TYPE, 1, contour, "usage", occurrence, now)
                .with("requestSha256", HexFormat.of().formatHex(requestDigest)).with("answerSha256", HexFormat.of().formatHex(answerDigest));
        event = beside(event, "requestAttachments", occurrence, contour, Direction.REQUEST, messages.request().attachments());
        ledger.record(beside(event, "answerAttachments", occurrence, contour, Direction.ANSWER, messages.answer().attachments()));
    }

    private LedgerEvent beside(LedgerEvent event, String name, UUID occurrence, Contour contour, Direction direction, List<Exchanged.Attached> attachments) {
        if (attachments.isEmpty()) {
            return event;
        }
        store.addAttachments(occurrence, contour, direction, attachments);
        return event.with(name, attachments.stream().map(Exchanged.Attached::sha256).toList());
    }

    /** Removes the octets of at most {@value #BATCH} calls whose retention is over, and says of how many. */
    public int forget() {
        return store.forget(BATCH);
    }

    static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
