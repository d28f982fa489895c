package org.kopuro.access.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestDatabase;

/** How many of a participant's calls fail, and how many take long (ACC-O8). Each test has years of its own. */
class FailingCallsIT {

    private final Scene scene = new Scene();

    @Test
    void errorsAndSlowCallsAreToldByServiceAndTogether() {
        Instant hour = hour();
        used(scene, hour, "headcount", "DISCLOSED", 90, 89);
        used(scene, hour, "headcount", "CONSENT_REQUIRED", 8, 8);
        used(scene, hour.plusSeconds(3600), "headcount", "SERVICE_UNAVAILABLE_PLANNED", 1, 1);
        used(scene, hour.plusSeconds(7200), "headcount", "SERVICE_DISABLED", 1, 1);
        used(scene, hour.plusSeconds(7200), "headcount", "MAINTENANCE_MODE", 1, 1);
        used(scene, hour, "tpDataByINN", "DISCLOSED", 50, 20);
        used(scene, hour, null, "SERVICE_UNKNOWN", 50, 50);
        used(scene, hour.minusSeconds(3600), "headcount", "CONSENT_REQUIRED", 1000, 0);
        used(scene, hour.plusSeconds(10_800), "headcount", "CONSENT_REQUIRED", 1000, 0);
        ParticipantRates rates = rates(filter(hour, 3), Optional.empty(), 1, 10).get(0);
        assertEquals(scene.participant.id(), rates.participant());
        assertEquals(List.of("headcount 101 8 3 1", "tpDataByINN 50 0 0 30", "- 50 50 0 0"), rates.services().stream()
                .map(one -> one.service().orElse("-") + " " + told(one.rate())).toList());
        assertEquals("201 58 3 31", told(rates.total()));
        assertEquals(List.of(new BigDecimal("28.86"), new BigDecimal("15.42")), List.of(rates.total().errorPercent(), rates.total().slowPercent()));
        UseFilter one = new UseFilter(Contour.TEST, hour, hour.plusSeconds(10_800), Optional.of(scene.participant.id()), Optional.of("tpDataByINN"));
        assertEquals(List.of("50 0 0 30"), rates(one, Optional.empty(), 1, 10).stream().map(each -> told(each.total())).toList());
        assertEquals(List.of(), rates(new UseFilter(Contour.PRODUCTION, hour, hour.plusSeconds(3600), Optional.of(scene.participant.id()), Optional.empty()), Optional.empty(), 1, 10));
    }

    @Test
    void theLargestShareOfErrorsComesFirstAndFewCallsSayNothing() {
        Instant hour = hour();
        Scene often = new Scene(Contour.TEST, scene.application);
        Scene once = new Scene(Contour.TEST, scene.application);
        used(scene, hour, "headcount", "DISCLOSED", 95, 95);
        used(scene, hour, "headcount", "CONSENT_REQUIRED", 5, 5);
        used(often, hour, "headcount", "DISCLOSED", 5, 5);
        used(often, hour, "headcount", "CONSENT_REQUIRED", 5, 5);
        used(once, hour, "headcount", "CONSENT_REQUIRED", 1, 1);
        UseFilter all = new UseFilter(Contour.TEST, hour, hour.plusSeconds(3600), Optional.empty(), Optional.empty());
        assertEquals(List.of(once.participant.id(), often.participant.id(), scene.participant.id()), participants(rates(all, Optional.empty(), 1, 10)));
        assertEquals(List.of(often.participant.id(), scene.participant.id()), participants(rates(all, Optional.empty(), 10, 10)));
        assertEquals(List.of(often.participant.id()), participants(rates(all, Optional.empty(), 10, 1)));
        assertEquals(List.of(scene.participant.id()), participants(rates(all, Optional.of(scene.participant.id()), 1, 10)), "its own alone");
    }

    @Test
    void othersAndUnknownParticipantsAndWindowsWithoutEndAreRefused() {
        Instant hour = hour();
        Scene other = new Scene(Contour.TEST, scene.application);
        UseFilter of = new UseFilter(Contour.TEST, hour, hour.plusSeconds(3600), Optional.of(other.participant.id()), Optional.empty());
        assertRefused(InputRefusal.NOT_FOUND, "participant", () -> rates(of, Optional.of(scene.participant.id()), 1, 10));
        UseFilter nobody = new UseFilter(Contour.TEST, hour, hour.plusSeconds(3600), Optional.of(new ParticipantId(UUID.randomUUID())), Optional.empty());
        assertRefused(InputRefusal.NOT_FOUND, "participant", () -> rates(nobody, Optional.empty(), 1, 10));
        assertRefused(InputRefusal.FIELD_INVALID, "limit", () -> rates(of, Optional.empty(), 1, Uses.RATES_MAX + 1));
        assertRefused(InputRefusal.FIELD_INVALID, "limit", () -> rates(of, Optional.empty(), 1, 0));
        assertRefused(InputRefusal.FIELD_INVALID, "to", () -> new UseFilter(Contour.TEST, hour, hour.plus(Duration.ofDays(93)), Optional.empty(), Optional.empty()));
    }

    /** A hundred thousand rows: forty participants' hundred days by hours. */
    @Test
    void aParticipantAndAWindowAreFoundByTheirIndexes() throws SQLException {
        try (Connection owner = TestDatabase.shared().owner().getConnection(); Statement statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            statement.execute("alter table access.service_use drop constraint service_use_subsystem_fk");
            statement.execute("""
                    insert into access.service_use (contour, participant_id, subsystem_id, hour, service_code, outcome, calls, latency_ms, latency_ms_max, within_100_ms, within_300_ms,
                                                    within_1_s, within_3_s, octets_in, octets_out)
                    select 'TEST', md5('p' || p)::uuid, md5('s' || p)::uuid, timestamptz '1990-01-01 00:00Z' + h * interval '1 hour', 'headcount', 'DISCLOSED', 1, 1, 1, 1, 1, 1, 1, 1, 1
                      from generate_series(1, 2500) h cross join generate_series(1, 40) p""");
            statement.execute("analyze access.service_use");
            Instant from = Instant.parse("1990-01-10T00:00:00Z");
            ParticipantId one = new ParticipantId(UUID.fromString(Rows.of("select md5('p7')::uuid").get(0)));
            String ofOne = plan(owner, new UseFilter(Contour.TEST, from, from.plus(Duration.ofDays(90)), Optional.of(one), Optional.empty()));
            assertTrue(ofOne.contains("service_use_participant_index"), ofOne);
            String ofADay = plan(owner, new UseFilter(Contour.TEST, from, from.plus(Duration.ofDays(1)), Optional.empty(), Optional.empty()));
            assertTrue(ofADay.contains("service_use_hour_index"), ofADay);
            owner.rollback();
        }
    }

    private static String plan(Connection connection, UseFilter filter) {
        return String.join("\n", Sql.on(connection).list("explain " + UseStore.rates(filter), row -> row.text("QUERY PLAN"), UseStore.parameters(filter, 1, 50)));
    }

    /** In an hour of a century that no other test counts in. */
    private static Instant hour() {
        return OffsetDateTime.of(1900, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC).toInstant().plus(Duration.ofDays(Math.abs(UUID.randomUUID().getLeastSignificantBits() % 20_000)));
    }

    private UseFilter filter(Instant hour, int hours) {
        return new UseFilter(Contour.TEST, hour, hour.plusSeconds(3600L * hours), Optional.of(scene.participant.id()), Optional.empty());
    }

    private static void used(Scene by, Instant hour, String service, String outcome, int calls, int within3s) {
        Rows.change("""
                insert into access.service_use (contour, participant_id, subsystem_id, hour, service_code, outcome, calls, latency_ms, latency_ms_max, within_100_ms, within_300_ms,
                                                within_1_s, within_3_s, octets_in, octets_out)
                values ('TEST', ?, ?, ?, ?, ?, ?, 1, 1, 0, 0, 0, ?, 1, 1)""", by.participant.id().value(), by.subsystem.id().value(), hour.atOffset(ZoneOffset.UTC), service, outcome, calls,
                within3s);
    }

    private static String told(Rate rate) {
        return rate.calls() + " " + rate.errors() + " " + rate.unavailable() + " " + rate.slow();
    }

    private static List<ParticipantId> participants(List<ParticipantRates> rates) {
        return rates.stream().map(ParticipantRates::participant).toList();
    }

    private List<ParticipantRates> rates(UseFilter filter, Optional<ParticipantId> own, int atLeast, int limit) {
        return scene.application.with(Uses.class, uses -> uses.rates(filter, own, atLeast, limit));
    }

    private static void assertRefused(InputRefusal code, String field, Executable action) {
        Refusal refusal = assertThrows(Refusal.class, action);
        assertEquals(List.of(code, field), List.of(refusal.code(), refusal.field()));
    }
}
