package org.kopuro.access.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.kopuro.access.contracts.DifferenceKind;
import org.kopuro.access.duties.AnnouncementId;
import org.kopuro.access.duties.DutyRefusal;
import org.kopuro.access.duties.NewChange;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** Versions are announced before PRODUCTION gets or loses them: ACC-91, ACC-93. */
class AnnouncedVersionsIT extends VersionScene {

    @Test
    void inProductionAVersionIsPublishedOnTheAnnouncedDayAndNotBefore() {
        VersionView draft = draft("v2", Contour.PRODUCTION, "");
        assertRefused(CatalogueRefusal.CHANGE_NOT_ANNOUNCED, () -> apply(draft, VersionEvent.PUBLISH));
        assertRefused(DutyRefusal.ANNOUNCED_TOO_LATE, () -> announce(draft, FRIDAY.minusDays(1)));
        VersionView announced = announce(draft);
        assertEquals(VersionState.ANNOUNCED, announced.state());
        assertEquals(List.of("v2"), Rows.of("select new_version from access.announcement where id = ?", announced.announcement().orElseThrow().value()));
        application.clock().set(friday().minusMillis(1));
        assertRefused(CatalogueRefusal.CHANGE_NOT_ANNOUNCED, () -> apply(announced, VersionEvent.PUBLISH));
        application.clock().set(friday());
        VersionView published = apply(announced, VersionEvent.PUBLISH);
        assertEquals(Optional.of(friday()), published.publishedFrom());
        assertEquals(0, application.with(Versions.class, versions -> versions.emergencies(Contour.PRODUCTION, Instant.EPOCH)).stream().filter(one -> one.service().equals(service)).count());
    }

    /** Told on Friday, to the last of two; Monday to Wednesday are full working days. */
    @Test
    void inProductionAVersionWaitsUntilAllWhomItAffectsWereToldInTime() {
        Scene first = consumer(Contour.PRODUCTION);
        consumer(Contour.PRODUCTION);
        VersionView announced = announce(draft("v2", Contour.PRODUCTION, ""));
        UUID announcement = announced.announcement().orElseThrow().value();
        Rows.change("update notices.notice set read_at = written_at where about_id = ? and participant_id = ?", announcement, first.participant.id().value());
        application.clock().set(friday());
        assertRefused(CatalogueRefusal.CHANGE_NOT_ANNOUNCED, () -> apply(announced, VersionEvent.PUBLISH));
        Scene.taken(announcement, friday());
        assertRefused(CatalogueRefusal.CHANGE_NOT_ANNOUNCED, () -> apply(announced, VersionEvent.PUBLISH));
        application.clock().set(THURSDAY.minusMillis(1));
        assertRefused(CatalogueRefusal.CHANGE_NOT_ANNOUNCED, () -> apply(announced, VersionEvent.PUBLISH));
        application.clock().set(THURSDAY);
        assertEquals(VersionState.PUBLISHED, apply(announced, VersionEvent.PUBLISH).state());
    }

    @Test
    void inProductionAVersionIsRetiredWhenThatWasToldInTime() {
        VersionView published = apply(draft("v1", Contour.PRODUCTION, ""), VersionEvent.RECORD);
        Scene consumer = consumer(Contour.PRODUCTION);
        assertRefused(CatalogueRefusal.CHANGE_NOT_ANNOUNCED, () -> apply(published, VersionEvent.RETIRE));
        assertRefused(InputRefusal.NOT_FOUND, () -> retire(published, UUID.randomUUID()));
        application.clock().advance(Duration.ofSeconds(1));
        UUID another = announced(new NewChange(Set.of(Contracts.aService()), FRIDAY, "The end of v1", Optional.empty(), Optional.empty()));
        UUID ofNext = announced(new NewChange(Set.of(service), FRIDAY, "v2", Optional.of("v2"), Optional.empty()));
        UUID announcement = announced(new NewChange(Set.of(service), FRIDAY, "The end of v1", Optional.empty(), Optional.empty()));
        Scene.taken(ofNext, application.clock().instant());
        assertRefused(CatalogueRefusal.CHANGE_NOT_ANNOUNCED, () -> retire(published, announcement));
        application.clock().set(friday());
        for (UUID unfit : List.of(another, ofNext, announcement)) {
            assertRefused(CatalogueRefusal.CHANGE_NOT_ANNOUNCED, () -> retire(published, unfit));
        }
        Rows.change("update notices.notice set read_at = written_at where about_id = ? and participant_id = ?", announcement, consumer.participant.id().value());
        VersionView retired = retire(published, announcement);
        assertEquals(VersionState.RETIRED, retired.state());
        assertEquals(Optional.of(announcement), retired.announcement().map(AnnouncementId::value));
        VersionView inTest = apply(draft("v1", Contour.TEST, ""), VersionEvent.PUBLISH);
        assertRefused(InputRefusal.FIELD_INVALID, () -> retire(inTest, announcement));
        assertEquals(VersionState.RETIRED, apply(inTest, VersionEvent.RETIRE).state());
    }

    private VersionView retire(VersionView version, UUID announcement) {
        return application.with(Versions.class, versions ->
                versions.apply(VersionEvent.RETIRE, version.id(), version.contour(), Optional.of("in a test"), Optional.of(new AnnouncementId(announcement)), Scene.OFFICIAL));
    }

    @Test
    void aWithdrawnAnnouncementPublishesNothing() {
        VersionView announced = announce(draft("v2", Contour.PRODUCTION, ""));
        withdraw(announced);
        application.clock().set(friday());
        assertRefused(CatalogueRefusal.CHANGE_NOT_ANNOUNCED, () -> apply(announced, VersionEvent.PUBLISH));
        assertEquals(VersionState.RETIRED, apply(announced, VersionEvent.DISCARD).state());
        assertEquals(2, draft("v2", Contour.PRODUCTION, "").revision());
    }

    @Test
    void inTestNothingNeedsAnAnnouncement() {
        assertEquals(VersionState.PUBLISHED, apply(draft("v2", Contour.TEST, ""), VersionEvent.PUBLISH).state());
    }

    @Test
    void anEmergencyNeedsAReasonIsToldAtOnceCountedAndListed() {
        Scene scene = consumer(Contour.PRODUCTION);
        VersionView draft = draft("v2", Contour.PRODUCTION, "");
        long before = countEmergencies();
        assertRefused(InputRefusal.FIELD_MISSING, () -> application.with(Versions.class, versions ->
                versions.apply(VersionEvent.PUBLISH_IN_EMERGENCY, draft.id(), Contour.PRODUCTION, Optional.empty(), Scene.OFFICIAL)));
        VersionView published = apply(draft, VersionEvent.PUBLISH_IN_EMERGENCY);
        assertEquals(before + 1, countEmergencies());
        EmergencyView listed = application.with(Versions.class, versions -> versions.emergencies(Contour.PRODUCTION, Instant.EPOCH)).stream()
                .filter(one -> one.version().equals(published.id())).findFirst().orElseThrow();
        assertEquals("in a test", listed.reason());
        assertEquals(List.of("N17"), Rows.of("select kind from notices.notice where about_id = ? and participant_id = ?", published.announcement().orElseThrow().value(),
                scene.participant.id().value()));
    }

    @Test
    void aPublicationKeepsInWhatItDiffersAndWhomItConcerns() {
        Scene caller = consumer(Contour.TEST);
        Scene another = new Scene(Contour.TEST, application);
        call(caller);
        apply(draft("v1", Contour.TEST, NOTE), VersionEvent.PUBLISH);
        VersionView next = draft("v1", Contour.TEST, MUST);
        Preview preview = application.with(Versions.class, versions -> versions.preview(next.id(), Contour.TEST, Optional.empty()));
        assertEquals(2, preview.differences().breaking());
        assertEquals(Set.of(DifferenceKind.ELEMENT_ADDED, DifferenceKind.ELEMENT_REMOVED), preview.differences().told().stream().map(one -> one.kind()).collect(Collectors.toSet()));
        List<AffectedSubsystem> affected = preview.affected();
        assertEquals(List.of(caller.subsystem.id()), affected.stream().map(AffectedSubsystem::subsystem).toList());
        assertTrue(affected.get(0).hasRight() && affected.get(0).breaks() && affected.get(0).calls() == 1 && affected.get(0).operation().equals(service), affected::toString);
        assertFalse(affected.toString().contains(another.participant.id().value().toString()));
        apply(next, VersionEvent.PUBLISH);
        assertEquals(Optional.of(preview), application.with(Versions.class, versions -> versions.publication(next.id(), Contour.TEST)));
        // Whoever comes later does not change what was found then.
        consumer(Contour.TEST);
        assertEquals(Optional.of(preview), application.with(Versions.class, versions -> versions.publication(next.id(), Contour.TEST)));
    }

    @Test
    void callsOfThirtyDaysCountWithoutARightAndNothingBreaksThatIsCompatible() {
        Scene caller = consumer(Contour.TEST);
        call(caller);
        Rows.change("update access.access_right set revoked_at = now(), revoked_reason = 'x', revoked_role = 'SYSTEM' where service_code = ?", service);
        apply(draft("v1", Contour.TEST, ""), VersionEvent.PUBLISH);
        VersionView next = draft("v1", Contour.TEST, NOTE);
        AffectedSubsystem one = application.with(Versions.class, versions -> versions.preview(next.id(), Contour.TEST, Optional.empty())).affected().get(0);
        assertTrue(!one.hasRight() && one.calls() == 1 && !one.breaks(), one::toString);
        application.clock().advance(Duration.ofDays(31));
        assertEquals(List.of(), application.with(Versions.class, versions -> versions.preview(next.id(), Contour.TEST, Optional.empty())).affected());
    }

    /** The withdrawal of a node whose clock is behind. */
    @Test
    void noAnnouncementIsWithdrawnThatPublishedAVersion() {
        VersionView announced = announce(draft("v2", Contour.PRODUCTION, ""));
        application.clock().set(friday());
        apply(announced, VersionEvent.PUBLISH);
        assertEquals("announcement_relied_on", refusedByTheDatabase("""
                insert into access.announcement_end (announcement_id, event, at, reason, actor, actor_role) values (?, 'WITHDRAWN', '2026-03-03T00:00Z', 'x', gen_random_uuid(), 'OPERATOR')""",
                announced.announcement().orElseThrow().value()));
    }

    /** An announcement of another version, of another service, from before the draft, or in an emergency, is none. */
    @Test
    void anAnnouncementIsOfThisVersionAndInTime() {
        List<NewChange> others = List.of(new NewChange(Set.of(service), FRIDAY, "x", Optional.of("v3"), Optional.empty()), new NewChange(Set.of(service), FRIDAY, "x", Optional.empty(), Optional.empty()),
                new NewChange(Set.of(Contracts.aService()), FRIDAY, "x", Optional.of("v2"), Optional.empty()), new NewChange(Set.of(service), FRIDAY, "x", Optional.of("v2"), Optional.of("x")));
        UUID before = announced(new NewChange(Set.of(service), FRIDAY, "x", Optional.of("v2"), Optional.empty()));
        application.clock().advance(Duration.ofSeconds(1));
        VersionView draft = draft("v2", Contour.PRODUCTION, "");
        List<UUID> announcements = new ArrayList<>(List.of(before));
        others.forEach(change -> announcements.add(announced(change)));
        for (UUID announcement : announcements) {
            assertEquals("service_version_announced_in_time", refusedByTheDatabase("""
                    insert into access.service_version_event (version_id, contour, number, from_state, event, to_state, at, actor, actor_role, announcement_id)
                    values (?, 'PRODUCTION', 2, 'DRAFT', 'ANNOUNCE', 'ANNOUNCED', now(), gen_random_uuid(), 'OPERATOR', ?)""", draft.id().value(), announcement));
        }
    }
}
