package org.kopuro.exchange.evidence;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.Installation;

/** Keeps the messages of calls: each pair in one short transaction of its own, between the signing of an answer and its sending. */
@Stateless
public class MessageLog {

    static final int BATCH = 1_000;

    @Inject
    private MessageStore store;
    @Inject
    private MessageKeys keys;
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
        if (!store.add(occurrence, messages, sha256(request), sha256(answer), sealed, clock.instant().plus(installation.messageRetention()))) {
            throw new IllegalStateException("There is no usage entry " + occurrence + ", so its messages belong to no call.");
        }
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
