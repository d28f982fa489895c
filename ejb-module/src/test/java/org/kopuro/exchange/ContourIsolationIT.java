package org.kopuro.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.kopuro.consent.IssuedToken;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.kernel.Contour;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestDatabase;

/** Tries every crossing between TEST and PRODUCTION, as the owner of the schema, past all Java: the database alone refuses. */
class ContourIsolationIT {

    private static final Scene TEST = new Scene(Contour.TEST);
    private static final Scene PRODUCTION = new Scene(Contour.PRODUCTION);
    private static final IssuedToken TOKEN = TEST.token();

    static Stream<Arguments> crossings() {
        return Stream.of(
                Arguments.of("a token about a taxpayer of the other contour", "token_taxpayer_fk", """
                        insert into consent.token select gen_random_uuid(), 'PRODUCTION', taxpayer_inn, '%s', '%s', sha256(random()::text::bytea), pepper_number,
                               last_four, state, cause, issued_at, expires_at, ended_at, text_version, text_language, text_sha256, events, period_from, period_to, replaces, paused
                          from consent.token where id = '%s'""".formatted(PRODUCTION.participant.id().value(), PRODUCTION.subsystem.id().value(), tokenId())),
                Arguments.of("a token for a participant that is not connected in its contour", "token_participation_fk", """
                        insert into consent.token select gen_random_uuid(), 'PRODUCTION', '%s', participant_id, subsystem_id, sha256(random()::text::bytea), pepper_number,
                               last_four, state, cause, issued_at, expires_at, ended_at, text_version, text_language, text_sha256, events, period_from, period_to, replaces, paused
                          from consent.token where id = '%s'""".formatted(PRODUCTION.inn.digits(), tokenId())),
                Arguments.of("a token for another participant's subsystem", "token_subsystem_fk", """
                        insert into consent.token select gen_random_uuid(), contour, taxpayer_inn, participant_id, '%s', sha256(random()::text::bytea), pepper_number,
                               last_four, state, cause, issued_at, expires_at, ended_at, text_version, text_language, text_sha256, events, period_from, period_to, replaces, paused
                          from consent.token where id = '%s'""".formatted(PRODUCTION.subsystem.id().value(), tokenId())),
                Arguments.of("a right of a participant that is not connected in its contour", "access_right_connection_fk", """
                        insert into access.access_right (id, contour, participant_id, subsystem_id, service_code, valid_from, granted_at, connection_id, procedure_code, granted_role, granted_reason)
                        values (gen_random_uuid(), 'PRODUCTION', '%s', '%s', 'headcount', '2026-01-01', now(), '%s', 'KG-147', 'SYSTEM', 'x')"""
                        .formatted(TEST.participant.id().value(), TEST.subsystem.id().value(), TEST.connection().id().value())),
                Arguments.of("a use of a token of the other contour", "usage_token_fk", usage("PRODUCTION", "TOKEN", tokenId(), null)),
                Arguments.of("a use about a taxpayer of the other contour", "usage_taxpayer_fk", usage("PRODUCTION", "NONE", null, TEST.inn.digits())),
                Arguments.of("a debt of a taxpayer of the other contour", "tax_debt_taxpayer_fk",
                        "insert into registers.tax_debt (contour, inn, tax_code, amount_minor_units, as_of) values ('PRODUCTION', '" + TEST.inn.digits() + "', '111', 1, '2026-01-01')"),
                Arguments.of("an account of a taxpayer of the other contour", "account_taxpayer_fk", """
                        insert into accounts.account values (gen_random_uuid(), 'x%s', 'PRODUCTION', 'TAXPAYER', 'x', '%s', 'x', false, 0, null, now())"""
                        .formatted(UUID.randomUUID(), TEST.inn.digits())),
                Arguments.of("a demo account in PRODUCTION", "account_demo_check", """
                        insert into accounts.account values (gen_random_uuid(), 'x%s', 'PRODUCTION', 'OPERATOR', 'x', null, 'x', true, 0, null, now())"""
                        .formatted(UUID.randomUUID())),
                Arguments.of("one certificate for two contours", "certificate_pk", """
                        insert into participants.certificate (thumbprint, subsystem_id, contour, purpose, proof, der, subject, not_before, not_after, registered_at, events)
                        select thumbprint, subsystem_id, 'PRODUCTION', purpose, proof, der, subject, not_before, not_after, registered_at, 1
                          from participants.certificate where thumbprint = '\\x%s'""".formatted(TEST.certificate.thumbprint())),
                Arguments.of("a contour that does not exist", "contour_check",
                        "insert into access.participation values ('%s', 'STAGING')".formatted(TEST.participant.id().value())),
                Arguments.of("a token that moves to the other contour", "token changes by its events",
                        "update consent.token set contour = 'PRODUCTION' where id = '%s'".formatted(tokenId())),
                Arguments.of("a token that replaces one of the other contour", "token_replaces_fk", """
                        insert into consent.token (id, contour, taxpayer_inn, participant_id, subsystem_id, lookup, pepper_number, last_four, state, issued_at, expires_at, text_version, text_language,
                               text_sha256, events, replaces)
                        select gen_random_uuid(), 'PRODUCTION', '%s', '%s', '%s', sha256(random()::text::bytea), pepper_number, last_four, state, issued_at, expires_at, text_version, text_language,
                               text_sha256, 1, id from consent.token where id = '%s'"""
                        .formatted(PRODUCTION.inn.digits(), PRODUCTION.participant.id().value(), PRODUCTION.subsystem.id().value(), tokenId())),
                Arguments.of("an event of a token of the other contour", "event_out_token_fk", """
                        insert into consent.event_out (id, contour, participant_id, subsystem_id, kind, token_id, at) values (gen_random_uuid(), 'PRODUCTION', '%s', '%s', 'EXPIRED', '%s', now())"""
                        .formatted(TEST.participant.id().value(), TEST.subsystem.id().value(), tokenId())),
                Arguments.of("a tiding about a token of the other contour", "tiding_token_fk", """
                        insert into consent.tiding (id, contour, taxpayer_inn, kind, token_id, participant_id, subsystem_id, at, text, once)
                        values (gen_random_uuid(), 'PRODUCTION', '%s', 'EXPIRED', '%s', '%s', '%s', now(), '', '')"""
                        .formatted(TEST.inn.digits(), tokenId(), TEST.participant.id().value(), TEST.subsystem.id().value())),
                Arguments.of("a form consent about a taxpayer of the other contour", "form_consent_taxpayer_fk", form(PRODUCTION, TEST.inn.digits())),
                Arguments.of("a form consent to a participant that is not in its contour", "form_consent_participation_fk", form(TEST, PRODUCTION.inn.digits())),
                Arguments.of("a right of a connection to the other contour", "access_right_connection_fk",
                        "update access.access_right set contour = 'PRODUCTION' where connection_id = '%s'".formatted(TEST.connection().id().value())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("crossings")
    void isRefusedByTheDatabase(String crossing, String constraint, String sql) throws SQLException {
        try (Connection owner = TestDatabase.shared().owner().getConnection(); PreparedStatement statement = owner.prepareStatement(sql)) {
            SQLException refused = assertThrows(SQLException.class, statement::executeUpdate);
            assertEquals(constraint, BrokenConstraint.in(refused).orElseGet(() -> refused.getMessage().replaceFirst("^ERROR: ", "").lines().findFirst().orElseThrow()));
        }
    }

    /** A table that is bound to a contour but refers to another such table without it would be a hole that no test above knows. */
    @Test
    void everyReferenceBetweenRowsOfAContourIncludesIt() {
        assertEquals(Set.of(), Set.copyOf(Rows.of("""
                with bound as (select attrelid, attnum from pg_attribute where attname = 'contour' and not attisdropped)
                select c.conrelid::regclass || '.' || c.conname
                  from pg_constraint c
                  join bound child on child.attrelid = c.conrelid
                  join bound parent on parent.attrelid = c.confrelid
                 where c.contype = 'f' and not (child.attnum = any (c.conkey) and parent.attnum = any (c.confkey))""")));
    }

    private static UUID tokenId() {
        return TOKEN.token().id().value();
    }

    private static String form(Scene to, String inn) {
        return """
                insert into consent.form_consent (id, contour, participant_id, subsystem_id, own_number, taxpayer_inn, taxpayer_name, declared_services, signed_on, declared_version, signing,
                       file_name, file_sha256, declaration_sha256, result, form_version_id, document_id, state, events, received_at, expires_at, paused)
                values (gen_random_uuid(), 'PRODUCTION', '%s', '%s', '1', '%s', 'A', array['headcount'], '2026-01-01', '1', 'HANDWRITTEN', 'a.pdf', sha256('a'), sha256('a'), 'REGISTERED',
                       gen_random_uuid(), gen_random_uuid(), 'RECEIVED', 1, now(), now() + interval '1 day', false)""".formatted(to.participant.id().value(), to.subsystem.id().value(), inn);
    }

    private static String usage(String contour, String kind, UUID consent, String inn) {
        return """
                insert into consent.usage (occurrence, at, contour, participant_id, subsystem_id, service_code, message_id, consent_kind, consent_id, taxpayer_inn, outcome, records)
                values (gen_random_uuid(), now(), '%s', '%s', '%s', 'headcount', '1', '%s', %s, %s, 'X', 0)""".formatted(contour,
                TEST.participant.id().value(), TEST.subsystem.id().value(), kind, consent == null ? "null" : "'" + consent + "'", inn == null ? "null" : "'" + inn + "'");
    }
}
