package org.kopuro.participants;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateStateTest {

    @ParameterizedTest
    @CsvSource({"REGISTERED, REGISTER,", "REGISTERED, BLOCK, BLOCKED", "REGISTERED, UNBLOCK,", "REGISTERED, END, ENDED", "BLOCKED, REGISTER,", "BLOCKED, BLOCK,",
        "BLOCKED, UNBLOCK, REGISTERED", "BLOCKED, END, ENDED", "ENDED, REGISTER,", "ENDED, BLOCK,", "ENDED, UNBLOCK,", "ENDED, END,"})
    void followsTheTable(CertificateState from, CertificateEvent event, CertificateState to) {
        assertEquals(Optional.ofNullable(to), from.on(event));
    }
}
