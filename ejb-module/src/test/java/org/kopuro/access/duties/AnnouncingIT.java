package org.kopuro.access.duties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kopuro.access.AccessRefusal;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** What was announced stands: no two outages at once, no edits, and an end for each (ACC-O3). */
class AnnouncingIT extends AnnouncementScene {

    @Test
    void twoOutagesOfAServiceNeverOverlap() {
        AnnouncementView first = publish(outage(service, 6));
        Instant end = first.end().orElseThrow();
        assertRefused(DutyRefusal.OUTAGE_OVERLAPS, () -> publish(new NewOutage(Set.of(service, another), end.minusSeconds(1), end.plusSeconds(1), "x", Optional.empty())));
        assertRefused(DutyRefusal.OUTAGE_OVERLAPS, () -> publish(new NewOutage(Set.of(service), first.start(), end, "x", Optional.of("x"))));
        publish(new NewOutage(Set.of(service), end, end.plusSeconds(1), "it takes longer", Optional.of("x")));
        publish(new NewOutage(Set.of(another), first.start(), end, "x", Optional.empty()));
        scene.application.run(Announcements.class, announcements -> announcements.publish(outage(service, 6), Contour.PRODUCTION, Scene.OFFICIAL));
    }

    @Test
    void ofTwoOfficialsAtTheSameInstantOneAnnouncesTheOutage() throws InterruptedException, ExecutionException {
        grant(scene, service);
        ExecutorService officials = Executors.newFixedThreadPool(4);
        List<Future<Boolean>> attempts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            attempts.add(officials.submit(() -> {
                try {
                    publish(outage(service, 6));
                    return true;
                } catch (Refusal e) {
                    assertEquals(DutyRefusal.OUTAGE_OVERLAPS, e.code());
                    return false;
                }
            }));
        }
        int published = 0;
        for (Future<Boolean> attempt : attempts) {
            published += attempt.get() ? 1 : 0;
        }
        officials.shutdown();
        assertEquals(1, published);
        assertEquals(List.of("1"), Rows.of("select count(*) from notices.notice where participant_id = ?", scene.participant.id().value()));
    }

    @Test
    void theOtherContourAndTheOtherKindHaveNoSuchAnnouncement() {
        AnnouncementView outage = publish(outage(service, 6));
        assertRefused(InputRefusal.NOT_FOUND, () -> scene.application.with(Announcements.class, all -> all.get(outage.id(), AnnouncementKind.OUTAGE, Contour.PRODUCTION)));
        assertRefused(InputRefusal.NOT_FOUND, () -> scene.application.with(Announcements.class, all -> all.withdraw(outage.id(), AnnouncementKind.CHANGE, Contour.TEST, "x", Scene.OFFICIAL)));
    }

    @ParameterizedTest
    @EnumSource(AnnouncementKind.class)
    void everyPairOfStateAndEndIsDecided(AnnouncementKind kind) {
        String allowed = Arrays.stream(AnnouncementState.values()).flatMap(state -> Arrays.stream(AnnouncementEvent.values())
                .flatMap(event -> state.on(event, kind).stream().map(next -> state + " " + event + " " + next))).collect(Collectors.joining(", "));
        assertEquals(kind == AnnouncementKind.OUTAGE ? "PUBLISHED WITHDRAWN WITHDRAWN, BEGUN ENDED ENDED" : "PUBLISHED WITHDRAWN WITHDRAWN", allowed);
    }

    @Test
    void theDatabaseLetsNobodyEditWhatWasAnnounced() {
        UUID id = publish(outage(service, 6)).id().value();
        for (String sql : List.of("update access.announcement set ends_at = ends_at + interval '1 day' where id = ?", "delete from access.announcement_affected where announcement_id = ?",
                "update access.announcement_service set during = 'empty' where announcement_id = ?", "delete from access.announcement_service where announcement_id = ?",
                "insert into access.announcement_end (announcement_id, event, at, reason, actor, actor_role) select id, 'ENDED', starts_at - interval '1 s', 'x', actor, 'x' from access.announcement where id = ?",
                "insert into access.announcement_end (announcement_id, event, at, reason, actor, actor_role) select id, 'WITHDRAWN', starts_at, 'x', actor, 'x' from access.announcement where id = ?")) {
            assertThrows(IllegalStateException.class, () -> Rows.change(sql, id), sql);
        }
    }

    @Test
    void oneAnnouncementIsOfOneProcedureAndShownsThatThereAre() {
        String elsewhere = service("RU-1221");
        assertEquals("KG-147, RU-1221", assertRefused(DutyRefusal.SERVICES_OF_SEVERAL_PROCEDURES,
                () -> publish(new NewOutage(Set.of(service, elsewhere), now(), now().plusSeconds(1), "x", Optional.of("x")))).argument(0));
        assertRefused(AccessRefusal.SERVICE_UNKNOWN, () -> publish(new NewOutage(Set.of(service, "none"), now(), now().plusSeconds(1), "x", Optional.of("x"))));
        assertRefused(InputRefusal.FIELD_MISSING, () -> new NewOutage(Set.of(), now(), now().plusSeconds(1), "x", Optional.empty()));
    }
}
