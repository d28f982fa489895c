package org.kopuro.access.duties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.testing.Rows;

/** Three full working days lie before what is announced, or it is an emergency that says so (ACC-32, ACC-90, ACC-91). */
class AnnouncingInTimeIT extends AnnouncementScene {

    @ParameterizedTest(name = "announced at {0} for {1}: earliest {2}")
    @CsvSource({"2026-03-02T12:00, 2026-03-05T23:59, 2026-03-06", "2026-03-02T12:00, 2026-03-06T00:00,", "2026-03-02T00:00, 2026-03-06T00:00,", "2026-03-01T23:59, 2026-03-05T00:00,",
            "2026-03-02T12:00, 2026-03-02T13:00, 2026-03-06", "2026-03-02T12:00, 2026-03-01T13:00, 2026-03-06", "2026-03-17T12:00, 2026-03-23T10:00, 2026-03-24", "2026-03-17T12:00, 2026-03-24T00:00,"})
    void threeFullWorkingDaysLieBetweenTheAnnouncementAndTheOutage(String now, String start, LocalDate earliest) {
        scene.application.clock().set(bishkek(now));
        NewOutage outage = new NewOutage(Set.of(service), bishkek(start), bishkek(start).plus(Duration.ofHours(48)), "New disks", Optional.empty());
        if (earliest == null) {
            assertEquals(Optional.empty(), publish(outage).emergencyReason());
        } else {
            assertEquals(earliest.toString(), assertRefused(DutyRefusal.ANNOUNCED_TOO_LATE, () -> publish(outage)).argument(0));
            assertRefused(DutyRefusal.ANNOUNCED_TOO_LATE, () -> preview(outage));
            assertEquals(List.of("0"), Rows.of("select count(*) from access.announcement_service where service_code = ?", service));
        }
    }

    @ParameterizedTest
    @CsvSource({"2026-03-05, 2026-03-06", "2026-03-06,"})
    void changesHaveTheSameRule(LocalDate day, LocalDate earliest) {
        NewChange change = new NewChange(Set.of(service), day, "A field more", Optional.empty(), Optional.empty());
        if (earliest == null) {
            assertEquals(bishkek(day + "T00:00"), publish(change).start());
        } else {
            assertEquals(earliest.toString(), assertRefused(DutyRefusal.ANNOUNCED_TOO_LATE, () -> publish(change)).argument(0));
        }
    }

    @Test
    void anEmergencyPassesSaysSoAndIsCounted() {
        grant(scene, service);
        Instant before = now();
        long counted = emergencies(before);
        AnnouncementView outage = publish(new NewOutage(Set.of(service), now().minus(Duration.ofHours(1)), now().plus(Duration.ofHours(1)), "A disk failed", Optional.of("Data are in danger")));
        assertEquals(Optional.of("Data are in danger"), outage.emergencyReason());
        assertEquals(AnnouncementState.BEGUN, outage.state(now()));
        assertEquals(List.of("N18"), kinds(outage));
        String body = Rows.of("select body from notices.notice where about_id = ?", outage.id().value()).get(0);
        assertTrue(body.contains("A disk failed\nData are in danger") && body.contains("2026-03-02 13:00"), body);
        publish(outage(service, 7));
        assertEquals(counted + 1, emergencies(before));
    }

    @Test
    void impossibleTimesAreRefused() {
        assertRefused(DutyRefusal.OUTAGE_REVERSED, () -> new NewOutage(Set.of(service), now(), now(), "x", Optional.of("x")));
        assertRefused(DutyRefusal.OUTAGE_TOO_LONG, () -> new NewOutage(Set.of(service), now(), now().plus(Duration.ofDays(31)).plusSeconds(1), "x", Optional.of("x")));
        assertRefused(DutyRefusal.OUTAGE_OVER, () -> publish(new NewOutage(Set.of(service), now().minusSeconds(2), now(), "x", Optional.of("x"))));
        assertRefused(InputRefusal.FIELD_INVALID, () -> publish(new NewChange(Set.of(service), scene.today().minusDays(1), "x", Optional.empty(), Optional.of("x"))));
        publish(new NewChange(Set.of(service), scene.today(), "x", Optional.empty(), Optional.of("x")));
    }
}
