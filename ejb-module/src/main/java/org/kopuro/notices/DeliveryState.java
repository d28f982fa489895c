package org.kopuro.notices;

import java.util.Optional;

/** How far a notice is on its way to one address. */
public enum DeliveryState {
    /** Not taken yet; tried again and again. */
    PENDING,
    /** The mail server took it. */
    SENT,
    /** The mail server refused it for good, the address is none, or an officer replaced it. */
    REJECTED,
    /** It came back after the mail server took it: nobody was told by it. */
    BOUNCED;

    /** What a report makes of it; empty where nothing can be reported, as it was never taken. */
    Optional<DeliveryState> on(ReportAction action) {
        return switch (this) {
            case PENDING, REJECTED -> Optional.empty();
            case SENT -> Optional.of(action == ReportAction.FAILED ? BOUNCED : SENT);
            case BOUNCED -> Optional.of(BOUNCED);
        };
    }
}
