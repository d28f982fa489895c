package org.kopuro.access.duties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kopuro.access.AccessRightEvent;
import org.kopuro.access.AccessRightView;
import org.kopuro.access.AccessRights;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.exchange.Answer;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** Whoever an announcement affects is told of it, of its withdrawal and of its early end, and nobody else is (ACC-81, ACC-93). */
class TellingWhomItAffectsIT extends AnnouncementScene {

    private static Set<UUID> participants(Scene... scenes) {
        return Stream.of(scenes).map(one -> one.participant.id().value()).collect(Collectors.toSet());
    }

    private static Set<UUID> told(AnnouncementView announcement) {
        return Rows.of("select participant_id from notices.notice where about_id = ?", announcement.id().value()).stream().map(UUID::fromString).collect(Collectors.toSet());
    }

    private static String body(AnnouncementView announcement, Scene to) {
        return Rows.of("select body from notices.notice where about_id = ? and participant_id = ?", announcement.id().value(), to.participant.id().value()).get(0);
    }

    @Test
    void whoHasARightThenInALiveConnectionIsToldAndNobodyElse() {
        grant(scene, service);
        Scene suspended = other(Contour.TEST);
        grant(suspended, service);
        suspended.apply(ConnectionEvent.SUSPEND);
        Scene later = other(Contour.TEST);
        later.grant(later.subsystem, service, FRIDAY, null);
        Scene thatDayOnly = other(Contour.TEST);
        thatDayOnly.grant(thatDayOnly.subsystem, service, FRIDAY.minusDays(1), FRIDAY);
        Scene endsBefore = other(Contour.TEST);
        endsBefore.grant(endsBefore.subsystem, service, endsBefore.today(), FRIDAY.minusDays(1));
        Scene beginsAfter = other(Contour.TEST);
        beginsAfter.grant(beginsAfter.subsystem, service, FRIDAY.plusDays(1), null);
        Scene revoked = other(Contour.TEST);
        AccessRightView right = grant(revoked, service);
        revoked.application.run(AccessRights.class, rights -> rights.apply(AccessRightEvent.REVOKE, right.id(), Contour.TEST, "in a test", Scene.OFFICIAL));
        Scene disconnected = other(Contour.TEST);
        grant(disconnected, service);
        disconnected.apply(ConnectionEvent.DISCONNECT);
        Scene production = other(Contour.PRODUCTION);
        production.alsoAgree(service);
        grant(production, service);
        grant(other(Contour.TEST), another);

        Set<UUID> affected = participants(scene, suspended, later, thatDayOnly);
        assertEquals(affected, preview(outage(service, 6)).stream().map(one -> one.participant().value()).collect(Collectors.toSet()));
        assertEquals(List.of("0"), Rows.of("select count(*) from notices.notice where participant_id = ?", scene.participant.id().value()), "looking tells nobody");
        AnnouncementView outage = publish(outage(service, 6));
        assertEquals(affected, told(outage));
        assertEquals(4, outage.affected());
        assertEquals(List.of("N16"), kinds(outage));
        assertEquals(List.of("a@example.kg"), Rows.of("select distinct address from notices.delivery d join notices.notice n on n.id = d.notice_id where n.about_id = ?", outage.id().value()));
    }

    @Test
    void aChangeAlsoConcernsWhoeverCalledInTheLastThirtyDays() {
        scene.grant(scene.subsystem, service, scene.today(), scene.today());
        assertInstanceOf(Answer.Disclosed.class, call());
        scene.application.clock().advance(Duration.ofDays(29));
        Scene holder = other(Contour.TEST);
        grant(holder, service);
        NewChange change = new NewChange(Set.of(service, another), scene.today().plusDays(20), "A field more", Optional.of("v2"), Optional.empty());
        assertEquals(Set.of(new Affected(scene.participant.id(), "Participant", List.of(service), false, 1), new Affected(holder.participant.id(), "Participant", List.of(service), true, 0)),
                Set.copyOf(scene.application.with(Announcements.class, announcements -> announcements.preview(change, Contour.TEST))));
        AnnouncementView published = publish(change);
        assertEquals(participants(scene, holder), told(published));
        assertEquals(List.of("N17"), kinds(published));
        scene.application.clock().advance(Duration.ofDays(2));
        assertEquals(participants(holder), told(publish(new NewChange(Set.of(service), scene.today().plusDays(20), "Another field", Optional.empty(), Optional.empty()))));
    }

    @Test
    void eachIsToldInItsLanguageOfTheServicesThatConcernIt() {
        grant(scene, service);
        Scene kyrgyz = other(Contour.TEST);
        Rows.change("update participants.participant set language = 'KY' where id = ?", kyrgyz.participant.id().value());
        grant(kyrgyz, another);
        AnnouncementView outage = publish(new NewOutage(Set.of(service, another), bishkek("2026-03-06T22:00"), bishkek("2026-03-07T02:00"), "New disks", Optional.empty()));
        String english = body(outage, scene);
        assertTrue(english.contains("From 2026-03-06 22:00 (Asia/Bishkek) to 2026-03-07 02:00 (Asia/Bishkek)"), english);
        assertTrue(english.contains(service + " (Title)") && !english.contains(another) && english.contains("Contour: test"), english);
        String inKyrgyz = body(outage, kyrgyz);
        assertTrue(inKyrgyz.contains(another + " (Аталышы)") && inKyrgyz.contains("06.03.2026 22:00") && !inKyrgyz.contains(service), inKyrgyz);
    }

    @Test
    void aPublicationThatIsNotCommittedTellsNobodyAndShutsNothingOut() {
        grant(scene, service);
        assertThrows(IllegalStateException.class, () -> scene.application.run(Announcements.class, announcements -> {
            assertEquals(1, announcements.publish(emergency(), Contour.TEST, Scene.OFFICIAL).affected());
            throw new IllegalStateException("the node dies");
        }));
        assertEquals(List.of("0"), Rows.of("select count(*) from notices.notice where participant_id = ?", scene.participant.id().value()));
        assertInstanceOf(Answer.Disclosed.class, call());
    }

    @Test
    void whatWasWithdrawnIsToldAndItsTimeIsFree() {
        grant(scene, service);
        Rows.change("update participants.participant set language = 'RU' where id = ?", scene.participant.id().value());
        AnnouncementView outage = publish(outage(service, 6));
        AnnouncementView withdrawn = withdraw(outage);
        assertEquals(AnnouncementState.WITHDRAWN, withdrawn.state(now()));
        assertEquals(List.of("N12", "N16"), kinds(outage));
        assertEquals(List.of("Отменено: работы с 06.03.2026 22:00 (Asia/Bishkek) до 06.03.2026 23:00 (Asia/Bishkek)"),
                Rows.of("select subject from notices.notice where about_id = ? and kind = 'N12'", outage.id().value()));
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> withdraw(outage));
        scene.application.clock().set(outage.start());
        assertInstanceOf(Answer.Disclosed.class, call());
        publish(emergency());
    }

    @Test
    void whoWasToldOfAnOutageIsToldThatItEndedEarlyAndNobodyElse() {
        grant(scene, service);
        AnnouncementView outage = publish(outage(service, 6));
        Scene later = other(Contour.TEST);
        grant(later, service);
        scene.application.clock().set(outage.start().plusSeconds(60));
        endEarly(outage);
        assertEquals(List.of("N16", "N23"), kinds(outage));
        assertEquals(participants(scene), told(outage));
        String body = Rows.of("select body from notices.notice where about_id = ? and kind = 'N23'", outage.id().value()).get(0);
        assertTrue(body.contains("began at 2026-03-06 22:00 (Asia/Bishkek) ended before the time announced, at 2026-03-06 22:01 (Asia/Bishkek)") && body.contains("done"), body);
        assertEquals(List.of(outage.start().plusSeconds(60).toString()),
                Rows.of("select to_char(due_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') from notices.notice where about_id = ? and kind = 'N23'", outage.id().value()));
    }
}
