package org.kopuro.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every pair of state and event of connections and access rights; an empty last column means that it is refused. */
class StatesTest {

    /** Whatever a state is not said to allow here, it refuses. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "CONNECTED | ANNOUNCE_SUSPENSION SUSPENSION_ANNOUNCED, SUSPEND SUSPENDED, AGREEMENT_EXPIRED SUSPENDED, ANNOUNCE_TERMINATION TERMINATION_ANNOUNCED",
        "SUSPENSION_ANNOUNCED | WITHDRAW_SUSPENSION CONNECTED, SUSPENSION_DUE SUSPENDED, SUSPEND SUSPENDED, AGREEMENT_EXPIRED SUSPENDED,"
                + " DATE_MOVED SUSPENSION_ANNOUNCED",
        "TERMINATION_ANNOUNCED | SUSPEND SUSPENDED_TERMINATION_ANNOUNCED, AGREEMENT_EXPIRED SUSPENDED_TERMINATION_ANNOUNCED, WITHDRAW_TERMINATION CONNECTED,"
                + " TERMINATION_DUE DISCONNECTED, DATE_MOVED TERMINATION_ANNOUNCED",
        "SUSPENDED | RESTORE CONNECTED, AGREEMENT_RENEWED CONNECTED, AGREEMENT_NOT_RENEWED DISCONNECTED, ANNOUNCE_TERMINATION SUSPENDED_TERMINATION_ANNOUNCED",
        "SUSPENDED_TERMINATION_ANNOUNCED | RESTORE TERMINATION_ANNOUNCED, WITHDRAW_TERMINATION SUSPENDED, TERMINATION_DUE DISCONNECTED, AGREEMENT_NOT_RENEWED DISCONNECTED,"
                + " DATE_MOVED SUSPENDED_TERMINATION_ANNOUNCED",
        "DISCONNECTED | ''"})
    void aConnectionFollowsTheTable(ConnectionState from, String table) {
        Map<ConnectionEvent, ConnectionState> expected = new EnumMap<>(ConnectionEvent.class);
        for (String line : table.isEmpty() ? new String[0] : table.split(", ")) {
            expected.put(ConnectionEvent.valueOf(line.split(" ")[0]), ConnectionState.valueOf(line.split(" ")[1]));
        }
        if (from != ConnectionState.DISCONNECTED) {
            List.of(ConnectionEvent.DISCONNECT, ConnectionEvent.FORCE_DISCONNECTION, ConnectionEvent.LIQUIDATE).forEach(event -> expected.put(event, ConnectionState.DISCONNECTED));
        }
        for (ConnectionEvent event : ConnectionEvent.values()) {
            assertEquals(Optional.ofNullable(expected.get(event)), from.on(event), event.name());
        }
    }

    @ParameterizedTest
    @CsvSource({"PENDING, REVOKE, REVOKED", "ACTIVE, REVOKE, REVOKED", "EXPIRED, REVOKE,", "REVOKED, REVOKE,"})
    void anAccessRightFollowsTheTable(AccessRightState from, AccessRightEvent event, AccessRightState to) {
        assertEquals(Optional.ofNullable(to), from.on(event));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01, 2026-03-31, false, 2026-02-28, PENDING",
        "2026-03-01, 2026-03-31, false, 2026-03-01, ACTIVE",
        "2026-03-01, 2026-03-31, false, 2026-03-31, ACTIVE",
        "2026-03-01, 2026-03-31, false, 2026-04-01, EXPIRED",
        "2026-03-01, , false, 2099-01-01, ACTIVE",
        "2026-03-01, , true, 2026-03-02, REVOKED",
    })
    void anAccessRightLivesFromItsFirstToItsLastDay(java.time.LocalDate from, java.time.LocalDate to, boolean revoked, java.time.LocalDate day,
            AccessRightState expected) {
        assertEquals(expected, AccessRightState.of(from, to, revoked, day));
    }
}
