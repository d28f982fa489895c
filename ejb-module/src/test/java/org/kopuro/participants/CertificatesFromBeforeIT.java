package org.kopuro.participants;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.kopuro.testing.TestDatabase;

/** Certificates that were registered before their events were kept (V032) have those that can be known. */
class CertificatesFromBeforeIT {

    private static final String URL = TestDatabase.shared().url().replaceFirst("/kopuro$", "/before_events");

    @Test
    void theirLifeIsToldAsFarAsItIsKnown() throws SQLException {
        try (Connection superuser = DriverManager.getConnection(URL.replaceFirst("/before_events$", "/postgres"), "postgres", "postgres"); Statement sql = superuser.createStatement()) {
            sql.execute("create database before_events owner " + TestDatabase.OWNER);
        }
        migrate("30");
        try (Connection owner = DriverManager.getConnection(URL, TestDatabase.OWNER, TestDatabase.PASSWORD); Statement sql = owner.createStatement()) {
            sql.execute("""
                    insert into participants.participant (id, instance, member_class, member_code, kind, full_name, notice_email, language, fault_dialect, registered_at)
                    values (gen_random_uuid(), 'central-server', 'COM', '1', 'LEGAL_PERSON', 'x', 'a@example.kg', 'RU', 'CAMEL_CASE', '2026-01-01');
                    insert into participants.contact (id, participant_id, full_name, unit, post, email, phone)
                    select gen_random_uuid(), id, 'A Person', 'x', 'x', 'a@example.kg', '+996312000001' from participants.participant;
                    insert into participants.subsystem (id, participant_id, code, name, registered_at) select gen_random_uuid(), id, 'app', 'x', '2026-01-01' from participants.participant;
                    insert into participants.certificate (thumbprint, subsystem_id, contour, der, subject, not_before, not_after, registered_at, blocked_at, blocked_reason, ended_at)
                    select sha256(c.name::bytea), s.id, 'TEST', c.name::bytea, c.name, '2026-01-01', '2027-01-01', '2026-01-01', c.blocked, c.reason, c.ended
                      from participants.subsystem s, (values
                        ('good',    null::timestamptz, null,                       null::timestamptz),
                        ('blocked', '2026-02-01',      'lost',                     null),
                        ('ended',   '2026-03-01',      'PARTICIPANT_DISCONNECTED', '2026-03-01'),
                        ('both',    '2026-02-01',      'lost',                     '2026-03-01')) c (name, blocked, reason, ended)""");
            migrate("32");
            List<String> told = new ArrayList<>();
            try (ResultSet row = sql.executeQuery("""
                    select concat_ws(' ', c.subject, c.purpose, c.proof, c.events, string_agg(concat_ws(' ', e.event, e.to_state, e.at::date, e.actor_role, e.reason), ', ' order by e.number))
                      from participants.certificate c join participants.certificate_event e using (thumbprint) group by c.thumbprint order by 1""")) {
                while (row.next()) {
                    told.add(row.getString(1));
                }
            }
            String registered = "REGISTER REGISTERED 2026-01-01 NOT_RECORDED registered before this was recorded";
            assertEquals(List.of(
                    "blocked SIGNING NOT_RECORDED 2 " + registered + ", BLOCK BLOCKED 2026-02-01 NOT_RECORDED lost",
                    "both SIGNING NOT_RECORDED 3 " + registered + ", BLOCK BLOCKED 2026-02-01 NOT_RECORDED lost, END ENDED 2026-03-01 NOT_RECORDED PARTICIPANT_DISCONNECTED",
                    "ended SIGNING NOT_RECORDED 2 " + registered + ", END ENDED 2026-03-01 NOT_RECORDED PARTICIPANT_DISCONNECTED",
                    "good SIGNING NOT_RECORDED 1 " + registered), told);
            sql.execute("""
                    insert into participants.certificate_event (thumbprint, number, contour, from_state, event, to_state, at, actor, actor_role, reason)
                    select thumbprint, events + 1, contour, 'BLOCKED', 'UNBLOCK', 'REGISTERED', now(), gen_random_uuid(), 'OPERATOR', 'found' from participants.certificate where subject = 'blocked'""");
        }
    }

    private static void migrate(String version) {
        Flyway.configure().dataSource(URL, TestDatabase.OWNER, TestDatabase.PASSWORD).placeholders(Map.of("application_role", TestDatabase.APPLICATION))
                .defaultSchema("flyway").createSchemas(true).target(version).load().migrate();
    }
}
