package org.kopuro.access.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.kopuro.access.contracts.ContractRefusal;
import org.kopuro.documents.DocumentRefusal;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** The life of a version of a contract, state by state, in Java and past it: ACC-85, ACC-91. */
class VersionLifeIT extends VersionScene {

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
}
