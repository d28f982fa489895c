package org.kopuro.access.duties;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.kopuro.kernel.Contour;

/**
 * An announcement and its end.
 *
 * @param number          for people; never used twice
 * @param version         of the procedure, in force on the day of publishing
 * @param end             of an outage, as announced
 * @param emergencyReason why it did not wait; empty where it was announced in time
 * @param affected        how many participants are told
 * @param toldAt          when the last of them was first told; empty while anybody was not, and nothing happens in PRODUCTION or to calls before so many days after it
 * @param untoldAt        when it was found that it was not told in time, and the authority's unit was told so; empty where it was in time, may be yet, or is an emergency
 */
public record AnnouncementView(AnnouncementId id, long number, AnnouncementKind kind, Contour contour, String procedure, int version, List<String> services, Instant start,
        Optional<Instant> end, String text, Optional<String> newVersion, Optional<String> emergencyReason, Instant publishedAt, Optional<Ended> ended, long affected,
        Optional<Instant> toldAt, Optional<Instant> untoldAt) {

    /** What put an end to it. */
    public record Ended(AnnouncementEvent event, Instant at, String reason) {
    }

    public AnnouncementState state(Instant now) {
        if (ended.isPresent()) {
            return ended.get().event() == AnnouncementEvent.ENDED ? AnnouncementState.ENDED : AnnouncementState.WITHDRAWN;
        }
        if (now.isBefore(start)) {
            return AnnouncementState.PUBLISHED;
        }
        return end.filter(moment -> !now.isBefore(moment)).isPresent() ? AnnouncementState.OVER : AnnouncementState.BEGUN;
    }
}
