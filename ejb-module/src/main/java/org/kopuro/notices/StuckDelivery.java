package org.kopuro.notices;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A notice that has not reached an address, for an officer to look at; {@link Notices#resend} takes its id. */
public record StuckDelivery(UUID delivery, UUID notice, Reason reason, NoticeKind kind, String subject, String address, String aboutKind, UUID aboutId,
        Instant since, Optional<Instant> dueAt, int attempts, Optional<String> problem) {

    /** Why it is listed; the first that applies. */
    public enum Reason {
        /** It will not be tried again. */
        REJECTED,
        /** It came back after it was taken. */
        BOUNCED,
        /** It must have gone out within hours, or already. */
        DUE_SOON,
        /** It has been tried for days, and is still, though rarely. */
        FAILING
    }
}
