package org.kopuro.loans.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.testing.Rows;

/** Each state of an import and each event of it, the ones that do not go together included. */
class EventsOfImportsIT {

    private final ImportScene scene = new ImportScene("FLAG");
    private final ImportSender controller = new ImportSender(scene.loans.bank, scene.loans.contour, Actor.of(UUID.randomUUID(), "BANK_CONTROLLER"));

    /** What each event leads to; a stroke where it is refused. APPLY makes another import. */
    @ParameterizedTest
    @CsvSource({
        "APPLY, PROPOSED,  RECEIVED, -,        CANCELLED",
        "APPLY, RECEIVED,  -,        -,        CANCELLED",
        "APPLY, CHECKING,  -,        -,        CANCELLED",
        "APPLY, APPLYING,  -,        -,        CANCELLED",
        "APPLY, DONE,      -,        -,        -",
        "APPLY, REFUSED,   -,        -,        -",
        "APPLY, CANCELLED, -,        -,        -",
        "CHECK, RECEIVED,  -,        -,        CANCELLED",
        "CHECK, CHECKING,  -,        -,        CANCELLED",
        "CHECK, DONE,      -,        RECEIVED, -",
        "CHECK, REFUSED,   -,        -,        -",
        "CHECK, CANCELLED, -,        -,        -"})
    void each(ImportMode mode, ImportState state, String confirmed, String applied, String cancelled) {
        assertLeads(confirmed, mode, state, "CONFIRM", id -> scene.node.imports.confirm(id, controller));
        assertLeads(applied, mode, state, "APPLY", id -> scene.node.imports.apply(id, scene.sender()));
        assertLeads(cancelled, mode, state, "CANCEL", id -> scene.node.imports.cancel(id, scene.sender()));
    }

    private interface Event {
        ImportView of(UUID id);
    }

    private void assertLeads(String to, ImportMode mode, ImportState state, String event, Event happening) {
        UUID id = in(mode, state);
        ImportView before = scene.get(id);
        Supplier<String> told = () -> event + " of " + mode + " in " + state;
        if (to.equals("-")) {
            Refusal refusal = assertThrows(Refusal.class, () -> happening.of(id), told);
            assertEquals(InputRefusal.TRANSITION_NOT_ALLOWED + " event", refusal.code() + " " + refusal.field(), told);
            assertEquals(before, scene.get(id), told);
        } else {
            assertEquals(ImportState.valueOf(to), happening.of(id).state(), told);
        }
        // The bank's room is for the next one.
        Rows.change("update loans.import set state = 'CANCELLED', ended_at = now() where bank_id = ? and ended_at is null", scene.loans.bank);
    }

    /** An import that no node is at, as if it had come so far. */
    private UUID in(ImportMode mode, ImportState state) {
        String csv = ImportScene.HEAD + ImportScene.row(UUID.randomUUID().toString(), "1");
        UUID id = scene.send(csv, mode, ImportChoice.ALL_OR_NOTHING).id();
        Rows.change("update loans.import set state = ?, ended_at = ?::timestamptz, done = case when ?::timestamptz is null then 0 else row_count end, refusal = ?::jsonb where id = ?", state.name(), ended(state),
                ended(state), state == ImportState.REFUSED && mode == ImportMode.CHECK ? "{\"code\":\"TABLE_EMPTY\",\"detail\":{\"ru\":\"x\",\"ky\":\"x\",\"en\":\"x\"},\"whatToDo\":{\"ru\":\"x\",\"ky\":\"x\",\"en\":\"x\"}}" : null, id);
        return id;
    }

    private static String ended(ImportState state) {
        return state.ended() ? Clock.systemUTC().instant().toString() : null;
    }
}
