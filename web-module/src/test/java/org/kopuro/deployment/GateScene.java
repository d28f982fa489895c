package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Properties;
import java.util.UUID;
import org.kopuro.registers.RegisterRows;
import org.kopuro.testing.Scene;

/**
 * What a folder says of the gate: {@code close} is the service that is closed while its message comes, or {@code contour}; {@code repeats} the policy of a sender whose id was
 * heard before; {@code holds} what the answer's text holds, with semicolons.
 */
final class GateScene {

    private GateScene() {
    }

    /** How to undo it. */
    static Runnable prepared(Properties expected, Scene scene, String id) {
        if (expected.containsKey("close")) {
            return closed(expected.getProperty("close"));
        }
        if (expected.containsKey("repeats")) {
            return repeating(expected.getProperty("repeats"), scene, id);
        }
        return () -> { };
    }

    private static Runnable closed(String what) {
        String closure = UUID.randomUUID().toString();
        RegisterRows.run("""
                insert into exchange.closure (id, contour, service_code, notice_ru, notice_ky, notice_en, starts_at, ends_at, reason, closed_at, actor, actor_role)
                values (?::uuid, 'TEST', nullif(?, 'contour'), 'до полудня', 'түшкө чейин', 'until noon', now() - interval '1 minute', now() + interval '1 hour', 'in a test',
                        now() - interval '1 minute', gen_random_uuid(), 'SERVICE_OWNER')""", closure, what);
        return () -> RegisterRows.run("""
                insert into exchange.closure_end (closure_id, at, reason, actor, actor_role) values (?::uuid, now() - interval '1 minute', 'in a test', gen_random_uuid(), 'SERVICE_OWNER')""",
                closure);
    }

    private static Runnable repeating(String policy, Scene scene, String id) {
        String participant = scene.participant.id().value().toString();
        rule(participant, policy);
        RegisterRows.run("insert into exchange.heard_id (contour, subsystem_id, id_digest, keep_until) values ('TEST', ?::uuid, sha256(convert_to(?, 'UTF8')), now() + interval '1 hour')",
                scene.subsystem.id().value().toString(), id);
        return () -> rule(participant, "OBSERVE");
    }

    private static void rule(String participant, String policy) {
        RegisterRows.run("""
                insert into exchange.repetition_rule (participant_id, contour, revision, policy, remembered_minutes, reason, at, actor, actor_role)
                select p.id, 'TEST', coalesce((select max(revision) from exchange.repetition_rule where participant_id = p.id and contour = 'TEST'), 0) + 1, ?, 60, 'in a test', now(),
                       gen_random_uuid(), 'SECURITY_OFFICER'
                  from participants.participant p where p.id = ?::uuid""", policy, participant);
    }

    static void assertHolds(Properties expected, String text) {
        if (expected.containsKey("holds")) {
            for (String part : expected.getProperty("holds").split(";")) {
                assertTrue(text.contains(part), () -> part + " is not in " + text);
            }
        }
    }
}
