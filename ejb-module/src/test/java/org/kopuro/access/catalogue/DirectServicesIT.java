package org.kopuro.access.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ServiceKind;
import org.kopuro.access.ServiceView;
import org.kopuro.access.TokenRule;
import org.kopuro.access.jointtests.Exercise;
import org.kopuro.access.jointtests.Exercises;
import org.kopuro.access.monitoring.Ceilings;
import org.kopuro.access.monitoring.NewThreshold;
import org.kopuro.access.monitoring.Thresholds;
import org.kopuro.exchange.closures.Closures;
import org.kopuro.exchange.closures.NewClosure;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestDatabase;

/** What is done to messages of the exchange, their contracts and tokens keeps off the services that none of them calls (decision 0047). */
class DirectServicesIT {

    private static final Map<Language, String> TEXTS = Map.of(Language.RU, "Описание", Language.KY, "Сүрөттөмө", Language.EN, "Description");

    private final Scene scene = new Scene();

    @ParameterizedTest
    @ValueSource(strings = {"lendingMonitoring RU-1221", "lendingPlatform RU-422-696"})
    void theyStandInTheCatalogueUnderTheirProceduresAndAreServedInBothContours(String shipped) {
        EntryView entry = scene.application.with(Entries.class, entries -> entries.get(shipped.split(" ")[0]));
        ServiceView service = entry.service();
        assertEquals(List.of(ServiceKind.DIRECT, shipped.split(" ")[1], TokenRule.NOT_USED, ServiceState.IN_PRODUCTION), List.of(service.kind(), service.procedure(), service.rule().tokenRule(), entry.state()));
        assertEquals(Map.of(Contour.TEST, List.of("v1"), Contour.PRODUCTION, List.of("v1")), service.served());
        assertEquals(3, entry.revision().orElseThrow().descriptions().size());
    }

    @Test
    void noContractIsDraftedAndNothingIsSwitchedClosedOrLimitedThere() {
        assertRefused("service", () -> scene.application.run(Versions.class, versions -> versions.draft("lendingMonitoring", "v2", Contour.TEST, Scene.OFFICIAL)));
        assertRefused("enabled", () -> scene.application.run(Entries.class, entries -> entries.change("lendingMonitoring",
                new ServiceChange(entries.get("lendingMonitoring").changes(), TEXTS, false, Optional.of("Until noon"), "in a test"), Contour.PRODUCTION, Scene.OFFICIAL)));
        assertRefused("service", () -> scene.application.run(Closures.class, closures -> closures.close(new NewClosure(Optional.of("lendingMonitoring"), TEXTS, Optional.empty(), Optional.empty(), "in a test"),
                Contour.TEST, Scene.OFFICIAL)));
        assertRefused("service", () -> scene.application.run(Thresholds.class, thresholds -> thresholds.set(new NewThreshold("lendingMonitoring", Optional.empty(), Optional.empty(),
                new Ceilings(Optional.of(5), Optional.empty(), Optional.empty(), Optional.empty()), "in a test"), Contour.TEST, Scene.OFFICIAL)));
        assertEquals(Ceilings.NONE, scene.application.with(Thresholds.class, thresholds -> thresholds.defaultOf("lendingMonitoring", Contour.TEST)));
    }

    private static void assertRefused(String field, Executable attempt) {
        Refusal refusal = assertThrows(Refusal.class, attempt);
        assertEquals(AccessRefusal.SERVICE_NOT_OF_THE_EXCHANGE + " " + field, refusal.code() + " " + refusal.field());
    }

    @Test
    void theExchangeIsNotMissingThem() {
        scene.application.run(ComparisonRecords.class, records -> records.record(ExchangeReading.of(List.of()), scene.application.clock().instant(), Actor.SYSTEM));
        assertEquals(List.of(), Rows.of("select service_code from access.catalogue_task where service_code in ('lendingMonitoring', 'lendingPlatform')"));
    }

    @Test
    void nobodyIsToldThatItHasNotCalledOne() {
        scene.connect(Contour.TEST, "RU-1221");
        scene.grant(scene.subsystem, "lendingMonitoring", scene.today(), null);
        List<Exercise> exercises = scene.application.with(Exercises.class, all -> all.of(Contour.TEST, Optional.of(scene.participant.id()), Optional.empty()));
        assertEquals(Scene.SERVICES.stream().sorted().toList(), exercises.stream().map(Exercise::service).sorted().toList());
    }

    /** Also past the application's own ways. */
    @Test
    void theDatabaseHoldsToIt() {
        String day = LocalDate.of(2027, 1, 1).toString();
        for (String rule : List.of("true, 'NOT_USED', false, null", "false, 'REQUIRED', false, null", "false, 'NOT_USED', true, null", "false, 'NOT_USED', false, 5")) {
            assertEquals("service_of_exchange", broken("insert into access.service_rule (service_code, effective_from, discloses_tax_secret, token_rule, self_call, calls_per_day) values ('lendingPlatform', '"
                    + day + "', " + rule + ")"));
        }
        assertEquals("service_of_exchange", broken("insert into consent.token_service (token_id, service_code) values ('" + UUID.randomUUID() + "', 'lendingPlatform')"));
        assertEquals("service_of_exchange", broken("insert into representation.mandate_service (mandate_id, scope_id, service_code) values (gen_random_uuid(), gen_random_uuid(), 'lendingPlatform')"));
        assertEquals("service_of_exchange", broken("insert into access.conformance_service (document_id, procedure_code, service_code, major_version, answered) values (gen_random_uuid(), 'RU-422-696', 'lendingPlatform', '1', 1)"));
        assertEquals("service_direct_unique", broken(ADDED.formatted("DIRECT", "true")), "one for a procedure");
        assertEquals("service_kind_check", broken(ADDED.formatted("DIRECT", "false")), "a release's alone");
        assertEquals("service_kind_check", broken(ADDED.formatted("OTHER", "true")));
    }

    private static final String ADDED = "insert into access.service (code, version, title_ru, title_ky, title_en, procedure_code, kind, released) values ('another', 'v1', 'x', 'x', 'x', 'RU-1221', '%s', %s)";

    @Test
    void theApplicationAddsServicesOfTheExchangeAlone() {
        SQLException refused = assertThrows(SQLException.class, () -> execute(TestDatabase.shared().application().getConnection(),
                "insert into access.service (code, version, title_ru, title_ky, title_en, procedure_code, kind) values ('another', 'v1', 'x', 'x', 'x', 'KG-147', 'DIRECT')"));
        assertTrue(refused.getMessage().contains("permission denied"), refused.getMessage());
    }

    private static String broken(String sql) {
        return BrokenConstraint.in(assertThrows(SQLException.class, () -> execute(TestDatabase.shared().owner().getConnection(), sql))).orElse("");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (connection; PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.executeUpdate();
        }
    }
}
