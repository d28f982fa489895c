package org.kopuro.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostmasterPidTest {

    @Test
    void readsWhatPostgresWrites() {
        assertEquals(Optional.of(new PostmasterPid(4711, Optional.of(34949))),
                PostmasterPid.parse("4711\n/var/data\n1795315467\n34949\n\n127.0.0.1\n 123 456\nready   \n"));
    }

    @Test
    void readsAFileThatWasCutOffAfterTheProcess() {
        assertEquals(Optional.of(new PostmasterPid(4711, Optional.empty())), PostmasterPid.parse("4711\n"));
    }

    @Test
    void takesAStandAloneBackendForAProcess() {
        assertEquals(Optional.of(new PostmasterPid(4711, Optional.empty())), PostmasterPid.parse("-4711\n/var/data\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "garbage", "0\n/var/data", "47 11", "\u0000\u0000\u0000", "99999999999999999999999"})
    void seesNobodyInGarbage(String text) {
        assertEquals(Optional.empty(), PostmasterPid.parse(text));
    }
}
