package org.kopuro.testing;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.participants.SubsystemView;
import org.kopuro.registers.RegisterRows;

/**
 * What PRODUCTION wants to have seen of a subsystem in TEST before it opens services with tokens (CON-160), as rows of two days ago: three notices acknowledged, and an accepted
 * conformance report. Its participant was in TEST once, and the subsystem has a certificate of TEST.
 */
final class StoppingShown {

    private static final String NOTICES = """
            do $$
            declare
                then_at constant timestamptz := '%1$s'::timestamptz - interval '2 days';
                of_subsystem constant uuid := '%2$s';
                of_participant constant uuid := '%3$s';
                of_taxpayer constant text := '%4$s';
                revoked constant uuid := gen_random_uuid();
                expired constant uuid := gen_random_uuid();
            begin
                insert into consent.token (id, contour, taxpayer_inn, participant_id, subsystem_id, lookup, pepper_number, last_four, state, issued_at, expires_at, text_version, text_language,
                       text_sha256, events)
                select id, 'TEST', of_taxpayer, of_participant, of_subsystem, sha256(uuid_send(id)), 1, '0000', 'ACTIVE', then_at - interval '2 days', then_at - interval '1 day', '1', 'EN',
                       sha256(''), 1 from unnest(array[revoked, expired]) id;
                insert into consent.token_event (token_id, number, from_state, event, to_state, at, actor_role, text) values
                    (revoked, 1, 'NONE', 'ISSUE', 'ACTIVE', then_at - interval '2 days', 'SYSTEM', ''), (expired, 1, 'NONE', 'ISSUE', 'ACTIVE', then_at - interval '2 days', 'SYSTEM', ''),
                    (revoked, 2, 'ACTIVE', 'FREEZE', 'FROZEN', then_at - interval '40 hours', 'SYSTEM', ''), (revoked, 3, 'FROZEN', 'DEACTIVATE', 'REVOKED', then_at - interval '39 hours', 'SYSTEM', ''),
                    (expired, 2, 'ACTIVE', 'REACH_EXPIRY', 'EXPIRED', then_at - interval '1 day', 'SYSTEM', '');
                insert into consent.event_out (id, contour, participant_id, subsystem_id, kind, token_id, cause, at, acknowledged_at) values
                    (gen_random_uuid(), 'TEST', of_participant, of_subsystem, 'FROZEN', revoked, null, then_at - interval '40 hours', then_at),
                    (gen_random_uuid(), 'TEST', of_participant, of_subsystem, 'REVOKED', revoked, 'TAXPAYER', then_at - interval '39 hours', then_at),
                    (gen_random_uuid(), 'TEST', of_participant, of_subsystem, 'EXPIRED', expired, null, then_at - interval '1 day', then_at);
            end $$""";
    private static final String REPORT = """
            do $$
            declare
                then_at constant timestamptz := '%1$s'::timestamptz - interval '2 days';
                of_subsystem constant uuid := '%2$s';
                of_participant constant uuid := '%3$s';
                request constant uuid := gen_random_uuid();
                document constant uuid := gen_random_uuid();
            begin
                insert into access.request (id, kind, participant_id, contour, procedure_code, version, state, since, events, received_at, submitted_at, channel, answer_email, body)
                    values (request, 'JOINT_TEST', of_participant, 'TEST', 'KG-147', 1, 'SUBMITTED', then_at, 1, then_at, then_at, 'CABINET', 'a@b.kg', 'x');
                insert into access.request_event (request_id, number, from_state, event, to_state, at, actor_role, text) values (request, 1, 'NONE', 'SUBMIT', 'SUBMITTED', then_at, 'SYSTEM', 'x');
                insert into documents.document (id, file_name, media_type, size, sha256, uploaded_at, uploaded_by)
                    values (document, 'conformance-report.p7m', 'application/pkcs7-mime', 1, sha256('x'), then_at, 'a test');
                insert into documents.part (document_id, number, size, octets) values (document, 0, 1, 'x');
                insert into access.request_document (request_id, document_id, kind, sha256, attached_at) values (request, document, 'CONFORMANCE_REPORT', encode(sha256('x'), 'hex'), then_at);
                insert into access.conformance_report (document_id, request_id, contour, participant_id, subsystem_id, thumbprint, harness, catalogue, started_at, finished_at, accepted_at)
                select document, request, 'TEST', of_participant, of_subsystem, thumbprint, 'a test', 1, then_at, then_at, then_at
                  from participants.certificate where subsystem_id = of_subsystem and contour = 'TEST' limit 1;
                insert into access.conformance_scenario (document_id, scenario, verdict, calls)
                select document, 'CONF-' || lpad(number::text, 2, '0'), 'PASSED', 0 from generate_series(1, 18) number;
                insert into access.request_event (request_id, number, from_state, event, to_state, at, actor_role, text) values (request, 2, 'SUBMITTED', 'RETRACT', 'RETRACTED', then_at, 'SYSTEM', 'x');
            end $$""";

    private StoppingShown() {
    }

    static void notices(SubsystemView by, Inn taxpayer, Instant now) {
        RegisterRows.aTaxpayer(Contour.TEST, taxpayer);
        Rows.change(NOTICES.formatted(now.atOffset(ZoneOffset.UTC), by.id().value(), by.participant().value(), taxpayer.digits()));
    }

    static void report(SubsystemView by, Instant now) {
        Rows.change(REPORT.formatted(now.atOffset(ZoneOffset.UTC), by.id().value(), by.participant().value()));
    }

    static boolean isBy(SubsystemView subsystem) {
        return !Rows.of("select 1 from access.conformance_report where subsystem_id = ?", subsystem.id().value()).isEmpty();
    }

    static boolean hasCertificate(UUID subsystem) {
        return !Rows.of("select 1 from participants.certificate where subsystem_id = ? and contour = 'TEST'", subsystem).isEmpty();
    }
}
