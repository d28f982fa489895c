package org.kopuro.access;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A suspension or a termination that was announced for a day.
 *
 * @param number   of the connection's event by which it was announced
 * @param at       when an official did so
 * @param firstFor when it should have taken effect; the connection tells when it does
 * @param ground   on which it was announced, from the procedure's list of that day
 * @param reason   in the official's words
 * @param incident that a suspension refers to
 * @param toldAt   when a mail server first took a letter of it, or somebody of the participant opened it in the cabinet
 */
public record AnnouncementView(int number, ConnectionEvent event, Instant at, Instant firstFor, String ground, String reason, Optional<UUID> incident,
        Optional<Instant> toldAt) {
}
