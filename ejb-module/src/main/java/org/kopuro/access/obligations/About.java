package org.kopuro.access.obligations;

import java.util.UUID;

/** What an obligation hangs on. */
public record About(Kind kind, UUID id) {

    /** What has obligations. */
    public enum Kind {
        REQUEST, CONNECTION, AGREEMENT
    }

    public static About request(UUID id) {
        return new About(Kind.REQUEST, id);
    }

    public static About connection(UUID id) {
        return new About(Kind.CONNECTION, id);
    }

    public static About agreement(UUID id) {
        return new About(Kind.AGREEMENT, id);
    }
}
