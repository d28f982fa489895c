package org.kopuro.access.duties;

import java.util.Optional;

/** How far an announcement is. WITHDRAWN and ENDED are what somebody did; the others come with time. */
public enum AnnouncementState {
    PUBLISHED, BEGUN, OVER, WITHDRAWN, ENDED;

    /** The state after {@code event}, or empty when this state, or this kind of announcement, does not allow it. */
    public Optional<AnnouncementState> on(AnnouncementEvent event, AnnouncementKind kind) {
        return Optional.ofNullable(switch (event) {
            case WITHDRAWN -> this == PUBLISHED ? WITHDRAWN : null;
            case ENDED -> this == BEGUN && kind == AnnouncementKind.OUTAGE ? ENDED : null;
        });
    }
}
