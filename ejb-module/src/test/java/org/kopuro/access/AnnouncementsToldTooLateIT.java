package org.kopuro.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.access.duties.IncidentSeverity;
import org.kopuro.access.duties.IncidentSource;
import org.kopuro.access.duties.Incidents;
import org.kopuro.access.duties.NewIncident;
import org.kopuro.access.requests.DueDates;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.installation.Installation;
import org.kopuro.installation.Setbacks;
import org.kopuro.kernel.Contour;
import org.kopuro.notices.DeliveryReports;
import org.kopuro.notices.Notices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestDatabase;

/** What was announced happens only after its term, counted from when it was told (ACC-T23, ACC-T31). It is Monday, 2 March 2026; KG-147 wants three full working days. */
class AnnouncementsToldTooLateIT {

    private static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
    private static final String DUTIES = "The participant does not perform its duties (003 §15). in a test";
    private final Scene scene = new Scene();

    @Test
    void aTerminationMovesToTheFirstDayThatKeepsTheTermAndIsReachedThen() {
        ConnectionView announced = announceTermination();
        until(day(4).atTime(10, 0).atZone(Installation.ZONE).toInstant());
        scene.announcementTaken(announced);
        assertEquals(Optional.of(scene.application.clock().instant()), announcement().flatMap(AnnouncementView::toldAt));
        until(midnight(6));
        look();
        // Thursday, Friday and Monday lie between.
        assertEquals(ConnectionState.TERMINATION_ANNOUNCED, scene.connection().state());
        assertEquals(Optional.of(midnight(10)), scene.connection().announcedFor());
        assertEquals(announced.ground(), scene.connection().ground());
        assertEquals(midnight(6), announcement().orElseThrow().firstFor());
        assertEquals(List.of("DATE_MOVED 2026-03-09T18:00:00Z SYSTEM"), Rows.of("""
                select d ->> 'event' || ' ' || (d ->> 'announcedFor') || ' ' || (d ->> 'actorRole') from ledger.entry, lateral (select content::json -> 'data' d) data
                 where record_id = ? order by number desc limit 1""", announced.id().value()));
        assertEquals(List.of("Moved to 10.03.2026: termination of the agreement"), letters("N25"));
        until(midnight(10).minusSeconds(1));
        look();
        assertEquals(ConnectionState.TERMINATION_ANNOUNCED, scene.connection().state());
        until(midnight(10));
        look();
        assertEquals(ConnectionState.DISCONNECTED, scene.connection().state());
    }

    @Test
    void whatWasToldInTimeIsReachedOnItsDay() {
        ConnectionView announced = announceTermination();
        until(midnight(3).minusSeconds(1));
        scene.announcementTaken(announced);
        until(midnight(6));
        look();
        assertEquals(ConnectionState.DISCONNECTED, scene.connection().state());
        assertEquals(List.of(), letters("N25"));
    }

    /** ACC-80, decision 0019: what came back told nobody, and the day moves as if it had never been sent. */
    @Test
    void aLetterThatComesBackToldNobodyAndAnotherContactsCounts() {
        ConnectionView announced = announceTermination();
        until(midnight(3).minusSeconds(1));
        scene.announcementTaken(announced);
        List<UUID> deliveries = Rows.of("select id from notices.delivery where notice_id in (select notice_id from access.connection_announcement where connection_id = ?) order by id", announced.id().value())
                .stream().map(UUID::fromString).toList();
        deliveries.forEach(one -> scene.application.run(DeliveryReports.class, reports -> reports.bounced(one, Optional.of("5.1.1"), Optional.empty(), Contour.TEST, Scene.OFFICIAL)));
        assertEquals(Optional.empty(), announcement().flatMap(AnnouncementView::toldAt));
        until(midnight(6));
        assertEquals("announced_in_time", broken(midnight(6)));
        look();
        assertEquals(ConnectionState.TERMINATION_ANNOUNCED, scene.connection().state());
        assertEquals(Optional.of(midnight(12)), scene.connection().announcedFor());
        // The letter that tells of the move reaches somebody.
        scene.announcementTaken(announced);
        assertEquals(Optional.of(scene.application.clock().instant()), announcement().flatMap(AnnouncementView::toldAt));
        until(midnight(12));
        look();
        assertEquals(ConnectionState.DISCONNECTED, scene.connection().state());
    }

    @Test
    void whatFailedOnItsDayWaitsAndIsDoneAfterItsPause() {
        ConnectionView announced = announceTermination();
        scene.announcementTaken(announced);
        until(midnight(6));
        String matter = "connection " + announced.id().value();
        scene.application.run(Setbacks.class, setbacks -> setbacks.failed(matter, new IllegalStateException("in a test")));
        look();
        assertEquals(ConnectionState.TERMINATION_ANNOUNCED, scene.connection().state(), "others have their turn");
        until(midnight(6).plusSeconds(60));
        look();
        assertEquals(ConnectionState.DISCONNECTED, scene.connection().state());
        assertEquals(List.of(), Rows.of("select matter from installation.setback where matter = ?", matter));
    }

    @Test
    void whatNobodyWasToldMovesAgainAndAgainUntilSomebodyOpensItInTheCabinet() {
        ConnectionView announced = announceTermination();
        until(midnight(6));
        look();
        assertEquals(Optional.of(midnight(12)), scene.connection().announcedFor(), "as if it were told on the 6th");
        assertEquals("announced_in_time", broken(midnight(12)));
        until(midnight(12));
        look();
        assertEquals(Optional.of(midnight(18)), scene.connection().announcedFor());
        assertEquals(Optional.empty(), announcement().flatMap(AnnouncementView::toldAt));
        scene.application.run(Notices.class, notices -> notices.forParticipant(scene.participant.id().value(), Contour.TEST, Optional.empty(), 1)
                .forEach(letter -> notices.markRead(scene.participant.id().value(), Contour.TEST, letter.id())));
        assertEquals("announced_in_time", broken(midnight(18).minusSeconds(1)), "a second before its day");
        until(midnight(18));
        look();
        assertEquals(ConnectionState.DISCONNECTED, scene.connection().state());
        assertEquals(List.of("CONNECT", "ANNOUNCE_TERMINATION", "DATE_MOVED", "DATE_MOVED", "TERMINATION_DUE"),
                Rows.of("select event from access.connection_event where connection_id = ? order by number", announced.id().value()));
    }

    @Test
    void aSuspensionMovesByItsOwnTermAndTheUnitIsTold() {
        ConnectionView platform = scene.connect(Contour.TEST, "RU-422-696");
        ConnectionView announced = scene.apply(platform, Scene.change(ConnectionEvent.ANNOUNCE_SUSPENSION).on("OFF_PURPOSE").from(day(5)));
        until(day(4).atTime(1, 0).atZone(MOSCOW).toInstant());
        scene.announcementTaken(announced);
        until(day(5).atStartOfDay(MOSCOW).toInstant());
        look();
        ConnectionView moved = scene.application.with(Connections.class, connections -> connections.get(platform.id(), Contour.TEST));
        assertEquals(ConnectionState.SUSPENSION_ANNOUNCED, moved.state());
        // Thursday and Friday; Monday, 9 March, is off in that calendar, and nobody works at the weekend: any day may be the first.
        assertEquals(Optional.of(day(7).atStartOfDay(MOSCOW).toInstant()), moved.announcedFor());
        // The unit's letter, or that there is no unit: other tests set some.
        assertEquals(List.of("staff:N25:connection:" + platform.id().value() + ":" + moved.events()), Rows.of("""
                select dedup_key from notices.notice where about_id = ? and participant_id is null union all select dedup_key from access.untold where about_id = ?""",
                platform.id().value(), platform.id().value()));
        until(day(7).atStartOfDay(MOSCOW).toInstant());
        look();
        assertEquals(ConnectionState.SUSPENDED, scene.application.with(Connections.class, connections -> connections.get(platform.id(), Contour.TEST)).state());
    }

    @Test
    void aWithdrawnAnnouncementsLetterTellsNothingOfTheNext() {
        ConnectionView announced = announceTermination();
        scene.announcementTaken(announced);
        scene.apply(ConnectionEvent.WITHDRAW_TERMINATION);
        announceTermination();
        assertEquals(Optional.empty(), announcement().flatMap(AnnouncementView::toldAt));
        until(midnight(6));
        look();
        assertEquals(ConnectionState.TERMINATION_ANNOUNCED, scene.connection().state());
    }

    @Test
    void aLetterThatIsStillWaitingIsListedBeforeItsDeadline() {
        ConnectionView announced = announceTermination();
        assertTrue(Rows.of("select due_at = ? from notices.notice where about_id = ?", midnight(3).atOffset(ZoneOffset.UTC), announced.id().value()).contains("t"));
    }

    @Test
    void aTerminationTakesEffectOnItsOwnGroundWhateverHappenedMeanwhile() {
        scene.announcementTaken(announceTermination());
        assertEquals(List.of(DUTIES), grounds("N15"));
        scene.apply(ConnectionEvent.SUSPEND);
        assertEquals(List.of("Response to an incident (003 §13.1; to be named in the agreement). in a test"), grounds("N13"));
        scene.apply(ConnectionEvent.RESTORE);
        assertEquals(Optional.empty(), scene.connection().ground());
        until(midnight(6));
        assertEquals("ground_of_announcement", broken(midnight(6)));
        look();
        assertEquals(ConnectionState.DISCONNECTED, scene.connection().state());
        assertEquals(Optional.of("DUTIES_NOT_PERFORMED"), scene.connection().ground());
        assertEquals(List.of("TERMINATION_DUE DUTIES_NOT_PERFORMED"), Rows.of("""
                select d ->> 'event' || ' ' || (d ->> 'ground') from ledger.entry, lateral (select content::json -> 'data' d) data
                 where record_id = ? and content like '%access.connection_changed%' order by number desc limit 1""", scene.connection().id().value()));
        assertEquals(List.of(DUTIES), grounds("N14"));
    }

    @Test
    void aMovedTerminationTellsItsOwnGroundAgain() {
        announceTermination();
        scene.apply(ConnectionEvent.SUSPEND);
        until(midnight(6));
        look();
        assertEquals(ConnectionState.SUSPENDED_TERMINATION_ANNOUNCED, scene.connection().state());
        assertEquals(Optional.of("DUTIES_NOT_PERFORMED"), scene.connection().ground());
        assertEquals(List.of(DUTIES), grounds("N25"));
    }

    @Test
    void aSuspensionThatWasAnnouncedKeepsItsGroundItsSourceAndItsIncident() {
        ConnectionView platform = scene.connect(Contour.TEST, "RU-422-696");
        UUID incident = scene.application.with(Incidents.class, incidents -> incidents.open(new NewIncident(IncidentSource.OFFICER, IncidentSeverity.HIGH, "OTHER",
                Optional.of(scene.participant.id()), "Somebody read too much."), Contour.TEST, Scene.OFFICIAL)).id().value();
        ConnectionView announced = scene.apply(platform, Scene.change(ConnectionEvent.ANNOUNCE_SUSPENSION).on("OFF_PURPOSE").from(day(5)).after(incident));
        scene.announcementTaken(announced);
        until(day(5).atStartOfDay(MOSCOW).toInstant());
        look();
        ConnectionView suspended = scene.application.with(Connections.class, connections -> connections.get(platform.id(), Contour.TEST));
        assertEquals(ConnectionState.SUSPENDED, suspended.state());
        assertEquals(Optional.of("OFF_PURPOSE"), suspended.ground());
        assertEquals(Optional.of(incident), suspended.incident());
        for (String kind : List.of("N11", "N13")) {
            assertEquals(List.of("Use for another purpose (001 §2). in a test"), grounds(platform, kind));
        }
    }

    /** The line after the heading, in the letter to the participant. */
    private List<String> grounds(String kind) {
        return grounds(scene.connection(), kind);
    }

    private static List<String> grounds(ConnectionView connection, String kind) {
        return Rows.of("select substring(body from E'Grounds:\n([^\n]*)') from notices.notice where about_id = ? and kind = ? and participant_id is not null", connection.id().value(), kind);
    }

    /** For Friday, the first day that the term allows. */
    private ConnectionView announceTermination() {
        return scene.apply(Scene.change(ConnectionEvent.ANNOUNCE_TERMINATION).on("DUTIES_NOT_PERFORMED").from(day(6)));
    }

    private Optional<AnnouncementView> announcement() {
        return scene.application.with(Connections.class, connections -> connections.announcement(scene.connection()));
    }

    private List<String> letters(String kind) {
        return Rows.of("select subject from notices.notice where about_id = ? and kind = ? and participant_id is not null", scene.connection().id().value(), kind);
    }

    /** The constraint that an event breaks which somebody adds past the application. */
    private String broken(Instant at) {
        try (Connection application = TestDatabase.shared().application().getConnection(); PreparedStatement statement = application.prepareStatement("""
                insert into access.connection_event (connection_id, number, from_state, event, to_state, at, actor_role, reason)
                select id, events + 1, state, 'TERMINATION_DUE', 'DISCONNECTED', ?, 'SYSTEM', 'in a test' from access.connection where id = ?""")) {
            statement.setObject(1, at.atOffset(ZoneOffset.UTC));
            statement.setObject(2, scene.connection().id().value());
            statement.executeUpdate();
            return "";
        } catch (SQLException e) {
            return BrokenConstraint.in(e).orElse(e.getMessage());
        }
    }

    private void look() {
        scene.application.run(DueDates.class, DueDates::look);
    }

    private void until(Instant moment) {
        scene.application.clock().advance(Duration.between(scene.application.clock().instant(), moment));
    }

    private static LocalDate day(int ofMarch) {
        return LocalDate.of(2026, 3, ofMarch);
    }

    private static Instant midnight(int ofMarch) {
        return day(ofMarch).atStartOfDay(Installation.ZONE).toInstant();
    }
}
