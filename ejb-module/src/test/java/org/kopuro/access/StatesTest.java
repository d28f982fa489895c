package org.kopuro.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every pair of state and event of connections and access rights; an empty last column means that it is refused. */
class StatesTest {

    @ParameterizedTest
    @CsvSource({
        "CONNECTED, CONNECT,", "CONNECTED, SUSPEND, SUSPENDED", "CONNECTED, RESTORE,", "CONNECTED, DISCONNECT, DISCONNECTED",
        "SUSPENDED, CONNECT,", "SUSPENDED, SUSPEND,", "SUSPENDED, RESTORE, CONNECTED", "SUSPENDED, DISCONNECT, DISCONNECTED",
        "DISCONNECTED, CONNECT, CONNECTED", "DISCONNECTED, SUSPEND,", "DISCONNECTED, RESTORE,", "DISCONNECTED, DISCONNECT,",
    })
    void aConnectionFollowsTheTable(ConnectionState from, ConnectionEvent event, ConnectionState to) {
        assertEquals(Optional.ofNullable(to), from.on(event));
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
