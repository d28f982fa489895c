package org.kopuro.access.duties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.kopuro.access.AccessRefusal;
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
