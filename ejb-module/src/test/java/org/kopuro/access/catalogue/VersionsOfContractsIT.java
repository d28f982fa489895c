package org.kopuro.access.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.access.ServiceView;
import org.kopuro.access.contracts.ContractRefusal;
import org.kopuro.access.contracts.DifferenceKind;
import org.kopuro.access.duties.AnnouncementId;
import org.kopuro.access.duties.AnnouncementKind;
import org.kopuro.access.duties.Announcements;
import org.kopuro.access.duties.DutyRefusal;
import org.kopuro.access.duties.NewChange;
import org.kopuro.documents.DocumentRefusal;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Asked;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.Exchange;
import org.kopuro.exchange.ServiceAddress;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.taxservices.TaxRefusal;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestDatabase;

/** Versions of a service's contract: ACC-85, ACC-91, ACC-93. The day is Monday, 2 March 2026; announced today, a change may be of Friday. */
class VersionsOfContractsIT {

    private static final LocalDate FRIDAY = LocalDate.of(2026, 3, 6);
    private static final Instant THURSDAY = LocalDate.of(2026, 3, 12).atStartOfDay(Installation.ZONE).toInstant();
    private static final String NOTE = "<xs:element name=\"note\" type=\"xs:string\" minOccurs=\"0\"/>";
    private static final String MUST = "<xs:element name=\"must\" type=\"xs:string\"/>";

    private final TestApplication application = new TestApplication("TEST,PRODUCTION", Scene.NOON);
    private final String service = Contracts.aService();

    @Test
    void theDatabaseKnowsTheSameLife() {
        Set<String> here = new TreeSet<>(Set.of("NONE DRAFT DRAFT"));
        for (VersionState state : VersionState.values()) {
            for (VersionEvent event : VersionEvent.values()) {
                state.on(event).ifPresent(after -> here.add(state + " " + event + " " + after));
            }
        }
        assertEquals(here, new TreeSet<>(Rows.of("select from_state || ' ' || event || ' ' || to_state from access.service_version_transition")));
    }

    static Stream<Arguments> statesAndEvents() {
        return Stream.of(VersionState.values()).flatMap(state -> Stream.of(VersionEvent.values()).map(event -> Arguments.of(state, event)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("statesAndEvents")
    void everyEventIsAllowedOrRefusedInEveryState(VersionState state, VersionEvent event) {
        // What was released is recorded; it stays in TEST as long as PRODUCTION serves it.
        VersionView version = in(state, event == VersionEvent.RECORD ? "v1" : "v2");
        if (event == VersionEvent.DRAFT || event == VersionEvent.SUPERSEDE) {
            assertRefused(InputRefusal.FIELD_INVALID, () -> apply(version, event));
        } else if (event == VersionEvent.ANNOUNCE) {
            if (state == VersionState.DRAFT) {
                assertEquals(VersionState.ANNOUNCED, announce(version).state());
            } else {
                assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> announce(version));
            }
        } else if (state.on(event).isPresent()) {
            assertEquals(state.on(event).get(), apply(version, event).state());
        } else {
            assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> apply(version, event));
        }
    }

    private VersionView in(VersionState state, String name) {
        VersionView draft = draft(name, Contour.TEST, "");
        return switch (state) {
            case DRAFT -> draft;
            case ANNOUNCED -> announce(draft);
            case PUBLISHED -> apply(draft, VersionEvent.PUBLISH);
            case RETIRED -> apply(draft, VersionEvent.DISCARD);
        };
    }

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

    @Test
    void versionsLiveSideBySideAndARevisionSupersedes() {
        VersionView first = apply(draft("v1", Contour.TEST, ""), VersionEvent.PUBLISH);
        VersionView second = apply(draft("v2", Contour.TEST, MUST), VersionEvent.PUBLISH);
        VersionView revised = apply(draft("v1", Contour.TEST, NOTE), VersionEvent.PUBLISH);
        assertEquals(2, revised.revision());
        assertEquals(VersionState.RETIRED, get(first).state());
        assertEquals(VersionState.PUBLISHED, get(second).state());
        assertEquals(Optional.of(first.id()), application.with(Versions.class, versions -> versions.publication(revised.id(), Contour.TEST)).orElseThrow().comparedWith());
        assertEquals(List.of(), application.with(Versions.class, versions -> versions.list(service, Contour.PRODUCTION)));
        assertRefused(InputRefusal.NOT_FOUND, () -> application.with(Versions.class, versions -> versions.get(first.id(), Contour.PRODUCTION)));
    }

    @Test
    void aCallIsToAVersionThatItsContourServes() {
        Scene inTest = consumer(Contour.TEST);
        Scene inProduction = consumer(Contour.PRODUCTION);
        assertEquals("SERVICE_UNKNOWN", call(inTest, "v2"));
        VersionView second = apply(draft("v2", Contour.TEST, ""), VersionEvent.PUBLISH);
        assertEquals(List.of("DISCLOSED v1", "DISCLOSED v2", "DISCLOSED v1", "SERVICE_UNKNOWN"), List.of(call(inTest, "v1"), call(inTest, "v2"), call(inTest, null), call(inTest, "v2.0")),
                "side by side; who names none means the one served longest");
        assertEquals(List.of("DISCLOSED v1", "SERVICE_UNKNOWN"), List.of(call(inProduction, "v1"), call(inProduction, "v2")));
        ServiceView entry = application.with(Entries.class, entries -> entries.get(service)).service();
        assertEquals(Map.of(Contour.TEST, List.of("v2", "v1"), Contour.PRODUCTION, List.of("v1")), entry.served());
        assertEquals(ServiceState.IN_PRODUCTION, application.with(Entries.class, entries -> entries.get(service)).state());
        assertEquals("v1 v2", entry.version() + " " + entry.as(Contour.TEST).version());
        apply(draft("v2", Contour.PRODUCTION, ""), VersionEvent.PUBLISH_IN_EMERGENCY);
        assertEquals("DISCLOSED v2", call(inProduction, "v2"));
        VersionView third = apply(draft("v3", Contour.TEST, ""), VersionEvent.PUBLISH);
        assertEquals("DISCLOSED v3", call(inTest, "v3"));
        apply(third, VersionEvent.RETIRE);
        assertEquals(List.of("SERVICE_UNKNOWN", "DISCLOSED v1"), List.of(call(inTest, "v3"), call(inTest, null)));
        apply(draft("v3", Contour.TEST, ""), VersionEvent.PUBLISH);
        assertEquals("DISCLOSED v3", call(inTest, "v3"), "anew");
        // Another schema of the same version is served on.
        apply(draft("v2", Contour.TEST, NOTE), VersionEvent.PUBLISH);
        assertEquals(VersionState.RETIRED, get(second).state());
        assertEquals("DISCLOSED v2", call(inTest, "v2"));
    }

    /** Of a service, what is answered are v1 to v4. */
    @Test
    void whatNothingImplementsIsNeitherPublishedNorCalled() {
        VersionView fifth = draft("v5", Contour.TEST, "");
        for (VersionEvent event : List.of(VersionEvent.PUBLISH, VersionEvent.PUBLISH_IN_EMERGENCY)) {
            assertEquals("version", assertRefused(CatalogueRefusal.VERSION_NOT_IMPLEMENTED, () -> apply(fifth, event)).field());
        }
        assertEquals(VersionState.DRAFT, get(fifth).state());
        assertEquals(VersionState.PUBLISHED, apply(draft("v4.9", Contour.TEST, ""), VersionEvent.PUBLISH).state(), "a minor version of one that is");
        // As a node of an older release finds it after a newer one's publication.
        Rows.change("""
                insert into access.service_version_event (version_id, contour, number, from_state, event, to_state, at, actor, actor_role, differences, breaking)
                values (?, 'TEST', 2, 'DRAFT', 'PUBLISH', 'PUBLISHED', now(), gen_random_uuid(), 'OPERATOR', 0, 0)""", fifth.id().value());
        assertEquals(List.of("v5"), Rows.of("select version from access.served_version where service_code = ? and version = 'v5' and ended_at is null", service));
        Scene consumer = consumer(Contour.TEST);
        assertEquals(List.of("SERVICE_UNKNOWN", "DISCLOSED v4.9"), List.of(call(consumer, "v5").split(" ")[0], call(consumer, "v4.9")));
    }

    @Test
    void productionServesWhatTestServes() {
        VersionView early = Contracts.draft(application, service, "v2", Contour.PRODUCTION, "");
        assertRefused(CatalogueRefusal.NOT_SERVED_IN_TEST, () -> apply(early, VersionEvent.PUBLISH_IN_EMERGENCY));
        UUID told = announced(new NewChange(Set.of(service), scenesToday(), "x", Optional.of("v2"), Optional.of("x")));
        assertEquals("served_version_in_test", refusedByTheDatabase("""
                insert into access.service_version_event (version_id, contour, number, from_state, event, to_state, at, actor, actor_role, reason, announcement_id, differences, breaking)
                values (?, 'PRODUCTION', 2, 'DRAFT', 'PUBLISH_IN_EMERGENCY', 'PUBLISHED', now(), gen_random_uuid(), 'OPERATOR', 'x', ?, 0, 0)""", early.id().value(), told));
        // Of one major version.
        VersionView inTest = apply(draft("v2.1", Contour.TEST, ""), VersionEvent.PUBLISH);
        apply(early, VersionEvent.PUBLISH_IN_EMERGENCY);
        assertRefused(CatalogueRefusal.SERVED_IN_PRODUCTION, () -> apply(inTest, VersionEvent.RETIRE));
        apply(draft("v2.2", Contour.TEST, ""), VersionEvent.PUBLISH);
        assertEquals(VersionState.RETIRED, apply(inTest, VersionEvent.RETIRE).state());
    }

    @Test
    void ofAPublicationInProductionAndARetirementInTestAtOnceOneHappens() throws InterruptedException {
        VersionView inTest = apply(draft("v2", Contour.TEST, ""), VersionEvent.PUBLISH);
        VersionView next = draft("v2", Contour.PRODUCTION, "");
        List<Throwable> failures = atOnce(() -> apply(inTest, VersionEvent.RETIRE), () -> apply(next, VersionEvent.PUBLISH_IN_EMERGENCY));
        assertEquals(1, failures.size(), failures::toString);
        assertTrue(Set.of(CatalogueRefusal.NOT_SERVED_IN_TEST, CatalogueRefusal.SERVED_IN_PRODUCTION).contains(((Refusal) failures.get(0)).code()), failures::toString);
    }

    /** Who comes second waits until the first one is done, on whichever nodes they are, and is judged by what that left. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPublicationInProductionAndARetirementInTestFollowOneAnother(boolean publicationFirst) throws Exception {
        VersionView inTest = apply(draft("v2", Contour.TEST, ""), VersionEvent.PUBLISH);
        VersionView next = draft("v2", Contour.PRODUCTION, "");
        TestApplication.Open<VersionView> first = application.begin(Versions.class, publicationFirst ? event(next, VersionEvent.PUBLISH_IN_EMERGENCY) : event(inTest, VersionEvent.RETIRE));
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<VersionView> second = other.submit(() -> publicationFirst ? apply(inTest, VersionEvent.RETIRE) : apply(next, VersionEvent.PUBLISH_IN_EMERGENCY));
            assertThrows(TimeoutException.class, () -> second.get(2, TimeUnit.SECONDS), "it waits");
            first.commit();
            Refusal refusal = assertInstanceOf(Refusal.class, assertThrows(ExecutionException.class, second::get).getCause());
            assertEquals(publicationFirst ? CatalogueRefusal.SERVED_IN_PRODUCTION : CatalogueRefusal.NOT_SERVED_IN_TEST, refusal.code());
        } finally {
            // Else its locks would outlive a failure, and others wait for them.
            if (first.entities().isOpen()) {
                first.entities().getTransaction().rollback();
                first.entities().close();
            }
            other.shutdownNow();
        }
    }

    private static Function<Versions, VersionView> event(VersionView version, VersionEvent event) {
        return versions -> versions.apply(event, version.id(), version.contour(), Optional.of("in a test"), Scene.OFFICIAL);
    }

    @Test
    void nothingButAPublicationOpensAVersionToCalls() {
        assertEquals("a version is served by its publication", refusedByTheDatabase("insert into access.served_version (service_code, contour, version, since) values (?, 'TEST', 'v2', now())", service));
        assertEquals("a version is served by its publication", refusedByTheDatabase("update access.served_version set ended_at = now() where service_code = ?", service));
        assertThrows(IllegalStateException.class, () -> Rows.change("update access.service set version = 'v2' where code = ?", service));
    }

    @Test
    void oneDraftOfAVersionIsInTheMaking() {
        draft("v1", Contour.TEST, "");
        assertRefused(CatalogueRefusal.VERSION_IN_THE_MAKING, () -> draft("v1", Contour.TEST, ""));
        draft("v1", Contour.PRODUCTION, "");
        draft("v2", Contour.TEST, "");
    }

    @Test
    void aContractStandsStillFromItsAnnouncementOn() throws Exception {
        VersionView draft = draft("v2", Contour.PRODUCTION, "");
        assertEquals(Optional.empty(), draft.sha256());
        VersionView announced = announce(draft);
        assertRefused(CatalogueRefusal.VERSION_NO_DRAFT, () -> Contracts.attach(application, announced, "more.xsd", "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'/>"));
        String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest((announced.files().get(0).sha256() + "  service.wsdl\n").getBytes(StandardCharsets.UTF_8)));
        assertEquals(Optional.of(digest), announced.sha256());
        UUID document = announced.files().get(0).document();
        assertEquals("service_version_draft", refusedByTheDatabase("insert into access.service_version_document values (?, 'x.xsd', ?, now(), gen_random_uuid(), 'OPERATOR')",
                announced.id().value(), document));
    }

    @Test
    void whatWasServedBeforeIsRecordedOnce() {
        assertRefused(CatalogueRefusal.ONLY_WHAT_WAS_SERVED_IS_RECORDED, () -> apply(draft("v4", Contour.PRODUCTION, ""), VersionEvent.RECORD));
        VersionView recorded = apply(draft("v1", Contour.PRODUCTION, ""), VersionEvent.RECORD);
        assertEquals(VersionState.PUBLISHED, recorded.state());
        assertRefused(CatalogueRefusal.ONLY_WHAT_WAS_SERVED_IS_RECORDED, () -> apply(draft("v1", Contour.PRODUCTION, NOTE), VersionEvent.RECORD));
    }

    @Test
    void aContractIsWholeAndHasTheServicesOperation() {
        VersionView empty = application.with(Versions.class, versions -> versions.draft(service, "v1", Contour.TEST, Scene.OFFICIAL));
        assertRefused(CatalogueRefusal.CONTRACT_MISSING, () -> apply(empty, VersionEvent.PUBLISH));
        Contracts.attach(application, empty, "service.wsdl", Contracts.wsdl("another", ""));
        assertRefused(CatalogueRefusal.OPERATION_MISSING, () -> announce(empty));
        assertRefused(CatalogueRefusal.CONTRACT_FILE_TWICE, () -> Contracts.attach(application, empty, "service.wsdl", Contracts.wsdl(service, "")));
        VersionView elsewhere = draft("v2", Contour.TEST, "");
        Contracts.attach(application, elsewhere, "more.xsd", "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:include schemaLocation='http://127.0.0.1:1/x.xsd'/></xs:schema>");
        assertRefused(ContractRefusal.CONTRACT_REFERS_ELSEWHERE, () -> apply(elsewhere, VersionEvent.PUBLISH));
        assertRefused(InputRefusal.NOT_FOUND, () -> application.with(Versions.class, versions -> versions.draft("nothing", "v1", Contour.TEST, Scene.OFFICIAL)));
        for (String name : List.of("-", "v 1", "../v1", "в1")) {
            assertRefused(InputRefusal.FIELD_INVALID, () -> application.with(Versions.class, versions -> versions.draft(service, name, Contour.TEST, Scene.OFFICIAL)));
        }
    }

    @Test
    void hostileFilesAreRefusedWhenTheyAreUploaded() {
        VersionView draft = application.with(Versions.class, versions -> versions.draft(service, "v1", Contour.TEST, Scene.OFFICIAL));
        assertRefused(DocumentRefusal.DOCUMENT_XML_DTD, () -> Contracts.attach(application, draft, "a.xsd", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"));
        assertRefused(DocumentRefusal.DOCUMENT_TOO_LARGE, () -> Contracts.attach(application, draft, "a.wsdl", "<a>" + " ".repeat(50 * 1024 * 1024) + "</a>"));
        assertRefused(DocumentRefusal.DOCUMENT_TYPE_NOT_WANTED_HERE, () -> Contracts.attach(application, draft, "a.txt", "text"));
        assertRefused(DocumentRefusal.DOCUMENT_DAMAGED, () -> Contracts.attach(application, draft, "a.xsd", "<a>"));
    }

    @Test
    void ofTwoPublicationsAtOnceOneHappens() throws InterruptedException {
        VersionView draft = draft("v1", Contour.TEST, "");
        List<Throwable> failures = atOnce(() -> apply(draft, VersionEvent.PUBLISH), () -> apply(draft, VersionEvent.PUBLISH));
        assertEquals(1, failures.size());
        assertEquals(InputRefusal.TRANSITION_NOT_ALLOWED, ((Refusal) failures.get(0)).code());
    }

    @Test
    void ofTwoDraftsAtOnceOneIsMade() throws InterruptedException {
        List<Throwable> failures = atOnce(() -> draft("v1", Contour.TEST, ""), () -> draft("v1", Contour.TEST, ""));
        assertEquals(1, failures.size());
        assertEquals(CatalogueRefusal.VERSION_IN_THE_MAKING, ((Refusal) failures.get(0)).code());
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

    @ParameterizedTest
    @EnumSource(Contour.class)
    void theApplicationCannotGoRoundTheRules(Contour contour) {
        VersionView draft = draft("v2", contour, "");
        assertEquals("service_version_begins", refusedByTheDatabase("""
                insert into access.service_version (id, service_code, version, contour, revision, state, since, events, drafted_at, published_from, sha256)
                values (gen_random_uuid(), ?, 'v3', ?, 1, 'PUBLISHED', now(), 1, now(), now(), sha256('x'))""", service, contour.name()));
        assertEquals("a version changes by its events", refusedByTheDatabase("update access.service_version set state = 'PUBLISHED', published_from = now() where id = ?", draft.id().value()));
        String event = """
                insert into access.service_version_event (version_id, contour, number, from_state, event, to_state, at, actor, actor_role, reason, differences, breaking)
                values (?, ?, 2, 'DRAFT', '%s', '%s', now(), gen_random_uuid(), 'OPERATOR', %s, %s, %s)""";
        if (contour == Contour.PRODUCTION) {
            assertEquals("service_version_announced_in_time", refusedByTheDatabase(event.formatted("PUBLISH", "PUBLISHED", "null", 0, 0), draft.id().value(), contour.name()));
            assertEquals("service_version_event_announcement_check", refusedByTheDatabase(event.formatted("PUBLISH_IN_EMERGENCY", "PUBLISHED", "'x'", 0, 0), draft.id().value(), contour.name()));
            assertEquals("service_version_event_announcement_check", refusedByTheDatabase(event.formatted("ANNOUNCE", "ANNOUNCED", "null", "null", "null"), draft.id().value(), contour.name()));
        } else {
            assertEquals("service_version_event_reason_check", refusedByTheDatabase(event.formatted("PUBLISH_IN_EMERGENCY", "PUBLISHED", "null", 0, 0), draft.id().value(), contour.name()));
        }
        assertEquals("service_version_event_transition_fk", refusedByTheDatabase(event.formatted("RETIRE", "RETIRED", "'x'", "null", "null"), draft.id().value(), contour.name()));
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

    private long countEmergencies() {
        return application.with(Versions.class, versions -> versions.countEmergencies(Contour.PRODUCTION, Instant.EPOCH));
    }

    private UUID announced(NewChange change) {
        return application.with(Announcements.class, announcements -> announcements.publish(change, Contour.PRODUCTION, Scene.OFFICIAL)).id().value();
    }

    private Scene consumer(Contour contour) {
        Scene scene = new Scene(contour, application);
        if (contour == Contour.PRODUCTION) {
            scene.alsoAgree(service);
        }
        scene.grant(scene.subsystem, service, scene.today(), null);
        return scene;
    }

    private void call(Scene scene) {
        application.with(Exchange.class, exchange -> exchange.answer(scene.call(service, null), () -> Asked.about(scene.inn), (contour, asked) -> Optional.of("data"),
                TaxRefusal.TAXPAYER_UNKNOWN, data -> 1));
    }

    /** The outcome, and what the ledger says of the version. */
    private String call(Scene scene, String version) {
        Call call = scene.call(service, null);
        ServiceAddress to = call.service();
        Answer<String> answer = application.with(Exchange.class, exchange -> exchange.answer(new Call(call.client(), new ServiceAddress(to.instance(), to.memberClass(), to.memberCode(),
                to.subsystemCode(), service, Optional.ofNullable(version)), call.messageId(), call.userId(), call.issue(), call.consentToken(), call.credential(), call.remoteAddress()),
                () -> Asked.about(scene.inn), (contour, asked) -> Optional.of("data"), TaxRefusal.TAXPAYER_UNKNOWN, data -> 1));
        return Rows.of("select concat_ws(' ', content::json -> 'data' ->> 'outcome', content::json -> 'data' ->> 'serviceVersion') from ledger.entry where id = ?", answer.occurrence()).get(0);
    }

    private LocalDate scenesToday() {
        return LocalDate.ofInstant(application.clock().instant(), Installation.ZONE);
    }

    private VersionView draft(String version, Contour contour, String moreElements) {
        if (contour == Contour.PRODUCTION && Rows.of("select 1 from access.served_version where service_code = ? and contour = 'TEST' and version = ?", service, version).isEmpty()) {
            Contracts.serve(application, service, version, Contour.TEST);
        }
        return Contracts.draft(application, service, version, contour, moreElements);
    }

    private VersionView get(VersionView version) {
        return application.with(Versions.class, versions -> versions.get(version.id(), version.contour()));
    }

    private VersionView announce(VersionView version) {
        return announce(version, FRIDAY);
    }

    private VersionView announce(VersionView version, LocalDate firstDay) {
        return application.with(Versions.class, versions -> versions.announce(version.id(), version.contour(), firstDay, "Another schema", Scene.OFFICIAL));
    }

    private VersionView apply(VersionView version, VersionEvent event) {
        return Contracts.apply(application, event, version);
    }

    private void withdraw(VersionView version) {
        application.run(Announcements.class, announcements -> announcements.withdraw(version.announcement().orElseThrow(), AnnouncementKind.CHANGE, version.contour(), "x", Scene.OFFICIAL));
    }

    private static Instant friday() {
        return FRIDAY.atStartOfDay(Installation.ZONE).toInstant();
    }

    private static List<Throwable> atOnce(Runnable... works) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(works.length);
        try {
            List<Future<?>> started = new ArrayList<>();
            for (Runnable work : works) {
                started.add(threads.submit(work));
            }
            List<Throwable> failures = new ArrayList<>();
            for (Future<?> one : started) {
                try {
                    one.get();
                } catch (ExecutionException e) {
                    failures.add(e.getCause());
                }
            }
            return failures;
        } finally {
            threads.shutdown();
        }
    }

    /** By which constraint, or in which words. */
    private static String refusedByTheDatabase(String sql, Object... parameters) {
        try (Connection connection = TestDatabase.shared().application().getConnection(); PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            SQLException refused = assertThrows(SQLException.class, statement::executeUpdate);
            return BrokenConstraint.in(refused).orElse(refused.getMessage().replaceAll("(?s)^ERROR: |\n.*", ""));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Refusal assertRefused(RefusalCode code, Executable attempt) {
        Refusal refusal = assertThrows(Refusal.class, attempt);
        assertEquals(code, refusal.code());
        return refusal;
    }
}
