package org.kopuro.access;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Input;

/**
 * An event that somebody brings about, and why.
 *
 * @param ground   a code from the procedure's list, for suspension, forced disconnection and termination
 * @param reason   in the official's words
 * @param firstDay for an announcement: the day, in the procedure's zone, from whose beginning it takes effect
 * @param incident that a suspension refers to (ACC-98)
 */
public record ConnectionChange(ConnectionEvent event, Actor by, Optional<String> ground, String reason, Optional<LocalDate> firstDay, Optional<UUID> incident) {

    public ConnectionChange {
        reason = Input.text(reason, "reason", 1000);
    }

    /** That refers to no incident. */
    public ConnectionChange(ConnectionEvent event, Actor by, Optional<String> ground, String reason, Optional<LocalDate> firstDay) {
        this(event, by, ground, reason, firstDay, Optional.empty());
    }

    public static ConnectionChange of(ConnectionEvent event, Actor by, String reason) {
        return new ConnectionChange(event, by, Optional.empty(), reason, Optional.empty());
    }

    public ConnectionChange on(String ground) {
        return new ConnectionChange(event, by, Optional.of(ground), reason, firstDay, incident);
    }

    public ConnectionChange from(LocalDate day) {
        return new ConnectionChange(event, by, ground, reason, Optional.of(day), incident);
    }

    /** On the ground of what was announced, whatever else happened to the connection since. */
    ConnectionChange following(AnnouncementView announcement) {
        return new ConnectionChange(event, by, Optional.of(announcement.ground()), reason, firstDay, announcement.incident());
    }

    public ConnectionChange after(UUID referredTo) {
        return new ConnectionChange(event, by, ground, reason, firstDay, Optional.of(referredTo));
    }
}
