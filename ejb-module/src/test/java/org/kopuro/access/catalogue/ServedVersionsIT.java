package org.kopuro.access.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.access.ServiceView;
import org.kopuro.access.duties.NewChange;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** Which versions a contour serves, and what a call meets: ACC-85. */
class ServedVersionsIT extends VersionScene {

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
}
