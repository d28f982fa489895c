package org.kopuro.access.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.testing.Scene;

/** Past Java: nobody registers, grants, revokes or asks without saying who and why (ACC-1, ACC-O20). */
class SayingWhoAndWhyIT {

    private final Scene scene = new Scene();

    @Test
    void aSubsystemHasSomebodyWhoAddedIt() {
        String insert = "insert into participants.subsystem (id, participant_id, code, name, registered_at, registered_by, registered_role) values (gen_random_uuid(), '%s', 'x', 'x', now(), %s, '%s')";
        assertEquals("subsystem_registered_check", PastJava.broken(insert.formatted(participant(), "null", "OPERATOR")));
        assertEquals("subsystem_registered_check", PastJava.broken(insert.formatted(participant(), "gen_random_uuid()", "SYSTEM")));
    }

    @Test
    void aRightHasSomebodyWhoGrantedItAndWhyAndAnotherWhoTookIt() {
        String insert = """
                insert into access.access_right (id, contour, participant_id, subsystem_id, service_code, valid_from, valid_to, granted_at, connection_id, procedure_code, granted_by, granted_role,
                       granted_reason)
                select gen_random_uuid(), contour, participant_id, subsystem_id, service_code, '2020-01-01', '2020-01-01', granted_at, connection_id, procedure_code, %s, '%s', '%s'
                  from access.access_right where subsystem_id = '""" + scene.subsystem.id().value() + "' limit 1";
        assertEquals("access_right_granted_check", PastJava.broken(insert.formatted("null", "OPERATOR", "x")));
        assertEquals("access_right_granted_check", PastJava.broken(insert.formatted("gen_random_uuid()", "OPERATOR", "")));
        assertEquals("access_right_granted_check", PastJava.broken(insert.formatted("gen_random_uuid()", "SYSTEM", "x")));
        String update = "update access.access_right set revoked_at = now(), revoked_reason = 'x', revoked_role = %s, revoked_by = %s where subsystem_id = '" + scene.subsystem.id().value() + "'";
        assertEquals("access_right_revoked_by_check", PastJava.broken(update.formatted("null", "null")));
        assertEquals("access_right_revoked_by_check", PastJava.broken(update.formatted("'OPERATOR'", "null")));
    }

    @Test
    void aParticipantsEventHasSomebodyAndAChangeHasAReasonAndARequest() {
        String insert = """
                insert into participants.participant_event (participant_id, number, event, request_id, at, actor, actor_role, reason, full_name, notice_email, contacts)
                values ('%s', 2, 'CHANGE', %s, now(), %s, 'OPERATOR', '%s', 'x', 'x@example.kg', '[{}]')""";
        String request = "'" + UUID.randomUUID() + "'";
        assertEquals("participant_event_actor_check", PastJava.broken(insert.formatted(participant(), request, "null", "x")));
        assertEquals("participant_event_reason_check", PastJava.broken(insert.formatted(participant(), request, "gen_random_uuid()", "")));
        assertEquals("participant_event_event_check", PastJava.broken(insert.formatted(participant(), "null", "gen_random_uuid()", "x")));
    }

    @Test
    void whatIsAskedForHasAPurpose() {
        UUID request = UUID.randomUUID();
        String filed = """
                insert into access.request (id, kind, participant_id, contour, procedure_code, version, state, since, events, received_at, submitted_at, channel, answer_email, body)
                values ('%s', '%s', '%s', 'TEST', 'KG-147', 1, 'SUBMITTED', now(), 1, now(), now(), 'CABINET', 'a@b.kg', 'x')""";
        String wish = "insert into access.request_service (request_id, participant_id, subsystem_id, service_code, drops) values ('%s', '%s', '%s', 'headcount', false)"
                .formatted(request, participant(), scene.subsystem.id().value());
        assertEquals("purpose_stated", PastJava.broken(filed.formatted(request, "CHANGE", participant()), wish));
        // A joint test asks for no access: what is missing of it is its event alone.
        assertEquals("request_newest_event_fk", PastJava.broken(filed.formatted(request, "JOINT_TEST", participant()), wish));
    }

    private UUID participant() {
        return scene.participant.id().value();
    }
}
