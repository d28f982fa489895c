package org.kopuro.access.procedures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.access.obligations.About;
import org.kopuro.access.obligations.ObligationView;
import org.kopuro.access.obligations.Obligations;
import org.kopuro.access.requests.NewRequest;
import org.kopuro.access.requests.RequestView;
import org.kopuro.access.requests.Requests;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.NewContact;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** A change of law is a new version with its day: what began before keeps its own (ACC-20, ACC-21, ACC-112). The scene's day is Monday, 2 March 2026. */
class ProcedureVersionsIT {

    private final Scene scene = new Scene();
    private final String procedure = "T-" + UUID.randomUUID().toString().substring(0, 8);

    /** Five working days until 31 March, two from 1 April; by Moscow's days. */
    @BeforeEach
    void publish() {
        Rows.change("insert into access.procedure (code, calendar_code, title_ru, title_ky, title_en) values (?, 'RU', 'x', 'x', 'x')", procedure);
        version(1, "2026-01-01", 5);
        Rows.change("insert into access.service (code, version, title_ru, title_ky, title_en, procedure_code) values (?, 'v1', 'x', 'x', 'x', ?)", procedure + "-service", procedure);
    }

    private void version(int number, String from, int days) {
        Rows.change("insert into access.procedure_version (procedure_code, version, valid_from, source, joint_test_required, agreement_required) values (?, ?, ?::date, 'a test', false, false)",
                procedure, number, from);
        Rows.change("insert into access.procedure_deadline (procedure_code, version, rule, direction, working_days, source) values (?, ?, 'DECIDE_TEST', 'AFTER', ?, 'a test')",
                procedure, number, days);
    }

    private void changeTheLaw() {
        Rows.change("update access.procedure_version set valid_to = '2026-03-31' where procedure_code = ? and version = 1", procedure);
        version(2, "2026-04-01", 2);
    }

    @Test
    void aRequestKeepsTheVersionAndTheDeadlineOfItsReceipt() {
        RequestView before = submit();
        String due = due(before);
        changeTheLaw();
        assertEquals(due, due(before));
        scene.application.run(Requests.class, requests -> requests.retract(before.id(), Contour.TEST, Scene.OFFICIAL));
        scene.application.clock().advance(Duration.ofDays(31));
        RequestView after = submit();
        assertEquals(List.of(1, 2), List.of(before.version(), after.version()));
        assertEquals("2026-03-10T21:00:00Z 5", due, "Monday, 9 March, is off in Russia");
        assertEquals("2026-04-06T21:00:00Z 2", due(after), "two working days after Thursday, 2 April");
    }

    @ParameterizedTest
    @CsvSource({"2026-03-31T20:59:59Z, 1", "2026-03-31T21:00:00Z, 2"})
    void aDayBeginsInTheProceduresOwnZone(Instant moment, int version) {
        changeTheLaw();
        assertEquals(version, scene.application.with(Procedures.class, procedures -> procedures.inForce(procedure, moment)).version());
    }

    @Test
    void beforeItsFirstDayThereIsNone() {
        assertThrows(Refusal.class, () -> scene.application.run(Procedures.class, procedures -> procedures.inForce(procedure, Instant.parse("2025-12-31T20:59:59Z"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"update access.procedure_deadline set working_days = 9 where procedure_code = ?", "delete from access.procedure_deadline where procedure_code = ?",
        "update access.procedure_version set agreement_required = true where procedure_code = ?", "delete from access.procedure_version where procedure_code = ?"})
    void whatWasPublishedIsNotEdited(String sql) {
        assertThrows(IllegalStateException.class, () -> Rows.change(sql, procedure));
    }

    @Test
    void twoVersionsAreNeverInForceTogether() {
        assertThrows(IllegalStateException.class, () -> version(2, "2026-04-01", 2));
    }

    private RequestView submit() {
        return scene.application.with(Requests.class, requests -> requests.submit(new NewRequest(RequestKind.CONNECT, scene.participant.id(), Contour.TEST, procedure, Optional.empty(),
                "office@bank.example", "Please connect us.", List.of(Scene.wish(scene.subsystem.id(), procedure + "-service")),
                List.of(new NewContact("A Person", "IT", "Engineer", "a@example.kg", "+996 312 000000")), Set.of(), Optional.empty(), Optional.empty()), Scene.OFFICIAL));
    }

    private String due(RequestView request) {
        ObligationView decide = scene.application.with(Obligations.class, obligations -> obligations.of(About.request(request.id().value()))).get(0);
        return decide.dueAt().orElseThrow() + " " + decide.workingDays();
    }
}
