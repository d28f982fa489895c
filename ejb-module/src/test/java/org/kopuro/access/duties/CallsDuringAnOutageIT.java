package org.kopuro.access.duties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.exchange.Answer;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** An outage refuses calls of its services in its contour from its first moment to its last, and no others (ACC-92). */
class CallsDuringAnOutageIT extends AnnouncementScene {

    @Test
    void callsMeetTheOutageFromItsFirstMomentToItsLast() {
        grant(scene, service);
        AnnouncementView outage = publish(outage(service, 6));
        Scene.taken(outage.id().value(), now());
        assertInstanceOf(Answer.Disclosed.class, call());
        scene.application.clock().set(outage.start().minusMillis(1));
        assertInstanceOf(Answer.Disclosed.class, call());
        scene.application.clock().set(outage.start());
        Refusal refusal = assertUnavailable();
        assertEquals("xrd:service", refusal.field());
        assertEquals(outage.end().orElseThrow().toString(), refusal.argument(0));
        scene.application.clock().set(outage.end().orElseThrow().minusMillis(1));
        assertUnavailable();
        scene.application.clock().set(outage.end().orElseThrow());
        assertInstanceOf(Answer.Disclosed.class, call());
        assertEquals(List.of("DISCLOSED", "DISCLOSED", "SERVICE_UNAVAILABLE_PLANNED", "SERVICE_UNAVAILABLE_PLANNED", "DISCLOSED"),
                Rows.of("select outcome from consent.usage where service_code = ? order by id", service));
    }

    /** For Friday, 6 March, at 22:00; after Tuesday two full working days are left. */
    @Test
    void anOutageThatNotAllWereToldInTimeShutsNothingOut() {
        grant(scene, service);
        Scene colleague = other(Contour.TEST);
        grant(colleague, service);
        AnnouncementView outage = publish(outage(service, 6));
        assertEquals(Optional.empty(), outage.toldAt());
        Rows.change("update notices.notice set read_at = written_at where about_id = ? and participant_id = ?", outage.id().value(), scene.participant.id().value());
        scene.application.clock().set(outage.start());
        assertInstanceOf(Answer.Disclosed.class, call(), "one of two knows");
        Scene.taken(outage.id().value(), bishkek("2026-03-03T00:00"));
        assertInstanceOf(Answer.Disclosed.class, call(), "the other was told too late");
        assertEquals(Optional.of(bishkek("2026-03-03T00:00")),
                scene.application.with(Announcements.class, all -> all.get(outage.id(), AnnouncementKind.OUTAGE, Contour.TEST)).toldAt());
        colleague.apply(ConnectionEvent.DISCONNECT);
        assertUnavailable();
    }

    @Test
    void anEmergencyWaitsForNoLetter() {
        grant(scene, service);
        publish(emergency());
        assertUnavailable();
    }

    @Test
    void whoHasNoRightLearnsOfNoOutage() {
        publish(emergency());
        assertEquals(AccessRefusal.ACCESS_RIGHT_MISSING, assertInstanceOf(Answer.Refused.class, call()).refusal().code());
    }

    @Test
    void anOutageOfTheOtherContourOrOfAnotherServiceShutsNothingOut() {
        grant(scene, service);
        scene.application.run(Announcements.class, announcements -> announcements.publish(emergency(), Contour.PRODUCTION, Scene.OFFICIAL));
        publish(new NewOutage(Set.of(another), now(), now().plus(Duration.ofHours(1)), "x", Optional.of("x")));
        assertInstanceOf(Answer.Disclosed.class, call());
    }

    @Test
    void anOutageThatIsEndedEarlyStopsNoCallAnyMore() {
        grant(scene, service);
        AnnouncementView outage = publish(outage(service, 6));
        Scene.taken(outage.id().value(), now());
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> endEarly(outage));
        scene.application.clock().set(outage.start().plusSeconds(60));
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> withdraw(outage));
        assertUnavailable();
        assertEquals(AnnouncementState.ENDED, endEarly(outage).state(now()));
        assertInstanceOf(Answer.Disclosed.class, call());
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> endEarly(outage));
        assertEquals(outage.end(), scene.application.with(Announcements.class, all -> all.get(outage.id(), AnnouncementKind.OUTAGE, Contour.TEST)).end(), "as announced");
        publish(new NewOutage(Set.of(service), now(), now().plusSeconds(60), "again", Optional.of("x")));
    }
}
