package org.kopuro.participants;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateStateTest {

    @ParameterizedTest
    @CsvSource({"REGISTERED, BLOCK, BLOCKED", "REGISTERED, UNBLOCK,", "BLOCKED, BLOCK,", "BLOCKED, UNBLOCK, REGISTERED", "ENDED, BLOCK,", "ENDED, UNBLOCK,"})
    void followsTheTable(CertificateState from, CertificateEvent event, CertificateState to) {
        assertEquals(Optional.ofNullable(to), from.on(event));
    }
}
