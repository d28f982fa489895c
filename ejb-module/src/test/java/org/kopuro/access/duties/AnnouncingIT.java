package org.kopuro.access.duties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
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
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.AccessRightEvent;
import org.kopuro.access.AccessRightView;
import org.kopuro.access.AccessRights;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Asked;
import org.kopuro.exchange.Exchange;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.taxservices.TaxRefusal;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** Outages and changes: 003 §13.3, ACC-90 to ACC-93. The scene's day is Monday, 2 March 2026; 8 and 20 March are days off. Each test has a service of its own. */
class AnnouncingIT {

    /** The first day that leaves three full working days after 2 March. */
    private static final LocalDate FRIDAY = LocalDate.of(2026, 3, 6);

    private final Scene scene = new Scene();
    private final String service = service(Scene.PROCEDURE);
    private final String another = service(Scene.PROCEDURE);

    private static String service(String procedure) {
        String code = "s" + UUID.randomUUID().toString().substring(0, 8);
        Rows.change("insert into access.service (code, version, title_ru, title_ky, title_en, procedure_code) values (?, 'v1', 'Название', 'Аталышы', 'Title', ?)", code, procedure);
        Rows.change("insert into access.service_rule (service_code, effective_from, discloses_tax_secret, token_rule, self_call) values (?, '2024-09-07', false, 'NOT_USED', true)", code);
        return code;
    }

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
        revoked.application.run(AccessRights.class, rights -> rights.apply(AccessRightEvent.REVOKE, right.id(), Contour.TEST, "in a test"));
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
    void anotherVersionOfAServiceNeedsAnAnnouncementWhoseDayHasCome() {
        String version = "update access.service set version = ? where code = ?";
        assertThrows(IllegalStateException.class, () -> Rows.change(version, "v2", service));
        NewChange change = new NewChange(Set.of(service), FRIDAY, "A field more", Optional.of("v2"), Optional.empty());
        publish(change);
        assertThrows(IllegalStateException.class, () -> Rows.change(version, "v2", service), "of the other contour");
        scene.application.run(Announcements.class, all -> all.publish(change, Contour.PRODUCTION, Scene.OFFICIAL));
        assertThrows(IllegalStateException.class, () -> Rows.change(version, "v3", service), "of another version");
        // The database's own clock is past the scene's day.
        Rows.change(version, "v2", service);
    }

    @Test
    void oneAnnouncementIsOfOneProcedureAndShownsThatThereAre() {
        String elsewhere = service("RU-1221");
        assertEquals("KG-147, RU-1221", assertRefused(DutyRefusal.SERVICES_OF_SEVERAL_PROCEDURES,
                () -> publish(new NewOutage(Set.of(service, elsewhere), now(), now().plusSeconds(1), "x", Optional.of("x")))).argument(0));
        assertRefused(AccessRefusal.SERVICE_UNKNOWN, () -> publish(new NewOutage(Set.of(service, "none"), now(), now().plusSeconds(1), "x", Optional.of("x"))));
        assertRefused(InputRefusal.FIELD_MISSING, () -> new NewOutage(Set.of(), now(), now().plusSeconds(1), "x", Optional.empty()));
    }

    @Test
    void impossibleTimesAreRefused() {
        assertRefused(DutyRefusal.OUTAGE_REVERSED, () -> new NewOutage(Set.of(service), now(), now(), "x", Optional.of("x")));
        assertRefused(DutyRefusal.OUTAGE_TOO_LONG, () -> new NewOutage(Set.of(service), now(), now().plus(Duration.ofDays(31)).plusSeconds(1), "x", Optional.of("x")));
        assertRefused(DutyRefusal.OUTAGE_OVER, () -> publish(new NewOutage(Set.of(service), now().minusSeconds(2), now(), "x", Optional.of("x"))));
        assertRefused(InputRefusal.FIELD_INVALID, () -> publish(new NewChange(Set.of(service), scene.today().minusDays(1), "x", Optional.empty(), Optional.of("x"))));
        publish(new NewChange(Set.of(service), scene.today(), "x", Optional.empty(), Optional.of("x")));
    }

    private NewOutage outage(String code, int dayOfMarch) {
        Instant start = bishkek("2026-03-%02dT22:00".formatted(dayOfMarch));
        return new NewOutage(Set.of(code), start, start.plus(Duration.ofHours(1)), "New disks", Optional.empty());
    }

    private NewOutage emergency() {
        return new NewOutage(Set.of(service), now(), now().plus(Duration.ofHours(1)), "A disk failed", Optional.of("Data are in danger"));
    }

    private AnnouncementView publish(NewOutage outage) {
        return scene.application.with(Announcements.class, announcements -> announcements.publish(outage, Contour.TEST, Scene.OFFICIAL));
    }

    private AnnouncementView publish(NewChange change) {
        return scene.application.with(Announcements.class, announcements -> announcements.publish(change, Contour.TEST, Scene.OFFICIAL));
    }

    private List<Affected> preview(NewOutage outage) {
        return scene.application.with(Announcements.class, announcements -> announcements.preview(outage, Contour.TEST));
    }

    private AnnouncementView withdraw(AnnouncementView outage) {
        return scene.application.with(Announcements.class, announcements -> announcements.withdraw(outage.id(), outage.kind(), Contour.TEST, "not needed", Scene.OFFICIAL));
    }

    private AnnouncementView endEarly(AnnouncementView outage) {
        return scene.application.with(Announcements.class, announcements -> announcements.endEarly(outage.id(), Contour.TEST, "done", Scene.OFFICIAL));
    }

    private long emergencies(Instant since) {
        Function<Announcements, Long> count = announcements -> announcements.emergencies(AnnouncementKind.OUTAGE, Contour.TEST, since);
        return scene.application.with(Announcements.class, count);
    }

    private Scene other(Contour contour) {
        return new Scene(contour, scene.application);
    }

    private static AccessRightView grant(Scene to, String code) {
        return to.grant(to.subsystem, code, to.today(), null);
    }

    private Answer<String> call() {
        return scene.application.with(Exchange.class, exchange -> exchange.answer(scene.call(service, null), () -> Asked.about(scene.inn), (contour, asked) -> Optional.of("data"),
                TaxRefusal.TAXPAYER_UNKNOWN, data -> 1));
    }

    private Refusal assertUnavailable() {
        Refusal refusal = assertInstanceOf(Answer.Refused.class, call()).refusal();
        assertEquals(AccessRefusal.SERVICE_UNAVAILABLE_PLANNED, refusal.code());
        return refusal;
    }

    private static Set<UUID> participants(Scene... scenes) {
        return Stream.of(scenes).map(one -> one.participant.id().value()).collect(Collectors.toSet());
    }

    private static Set<UUID> told(AnnouncementView announcement) {
        return Rows.of("select participant_id from notices.notice where about_id = ?", announcement.id().value()).stream().map(UUID::fromString).collect(Collectors.toSet());
    }

    private static List<String> kinds(AnnouncementView announcement) {
        return Rows.of("select distinct kind from notices.notice where about_id = ? order by kind", announcement.id().value());
    }

    private static String body(AnnouncementView announcement, Scene to) {
        return Rows.of("select body from notices.notice where about_id = ? and participant_id = ?", announcement.id().value(), to.participant.id().value()).get(0);
    }

    private Instant now() {
        return scene.application.clock().instant();
    }

    private static Instant bishkek(String text) {
        return LocalDateTime.parse(text).atZone(Installation.ZONE).toInstant();
    }

    private static Refusal assertRefused(RefusalCode code, Executable attempt) {
        Refusal refusal = assertThrows(Refusal.class, attempt);
        assertEquals(code, refusal.code());
        return refusal;
    }
}
