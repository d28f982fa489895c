package org.kopuro.exchange.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a caller is told to try again, by what PostgreSQL says. */
class FailureTest {

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "08006, TEMPORARILY_UNAVAILABLE, the connection broke",
        "53300, TEMPORARILY_UNAVAILABLE, too many connections",
        "57P01, TEMPORARILY_UNAVAILABLE, ended by an administrator",
        "58030, TEMPORARILY_UNAVAILABLE, its disk",
        "25006, TEMPORARILY_UNAVAILABLE, a standby",
        "25P03, TEMPORARILY_UNAVAILABLE, a call that stood still longer than its lease",
        "40001, TEMPORARILY_UNAVAILABLE, two transactions that could not both be",
        "40P01, TEMPORARILY_UNAVAILABLE, a deadlock",
        "55P03, TEMPORARILY_UNAVAILABLE, a lock that was not to be had",
        "57014, TEMPORARILY_UNAVAILABLE, a statement that took too long",
        "23505, INTERNAL_ERROR, our own mistake"})
    void isAnOutageOrADefect(String state, Failure failure, String what) {
        assertEquals(failure, Failure.of(new IllegalStateException(new SQLException(what, state))));
        assertEquals(failure == Failure.TEMPORARILY_UNAVAILABLE, failure.retryAfter().isPresent());
    }
}
