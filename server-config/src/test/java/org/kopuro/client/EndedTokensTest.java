package org.kopuro.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bin/call remembers of tokens. */
class EndedTokensTest {

    private static final String TOKEN = "GNS1T-008J4-CT4AN-K7F24-SNAXW-SQFEZ-YM";

    @TempDir
    private Path folder;

    @Test
    void knowsATokenInEachOfItsSpellingsAndHoldsNone() throws Exception {
        Path file = folder.resolve("memory");
        EndedTokens memory = new EndedTokens(file);
        assertEquals(Optional.empty(), memory.find(TOKEN));
        memory.remember("GNS1T-000J4-CT4AN-K7F24-SNAXW-SQFEZ-YM", "CONSENT_EXPIRED");
        memory.remember(TOKEN, "CONSENT_REVOKED");
        assertEquals(Optional.of("CONSENT_REVOKED"), new EndedTokens(file).find(TOKEN));
        assertEquals(Optional.of("CONSENT_REVOKED"), memory.find("gnslt oo8j4 ct4an k7f24 snaxw sqfez ym"));
        assertEquals(Optional.empty(), memory.find("GNS1T-008J4-CT4AN-K7F24-SNAXW-SQFEZ-YN"));
        assertFalse(Files.readString(file).contains("8J4"), "the file holds a token");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
}
