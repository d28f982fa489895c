package org.kopuro.loans.listing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.kernel.Refusal;

/** A cursor comes back from outside: whatever it lists as under way is either what a database writes, or unknown. */
class HostileCursorTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private static String cursor(String underWay) {
        return new Listing("1:9:" + underWay, NOON).cursor(7, "question");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "3,", ",3", "3,,4", "1234567890123456789", "3,99999999999999999999", "4,3", "9"})
    void thatListsNoTransactionsIsUnknown(String underWay) {
        assertEquals(ListingRefusal.LISTING_CURSOR_UNKNOWN, assertThrows(Refusal.class, () -> Listing.read(cursor(underWay), "question", NOON)).code());
    }

    @Test
    void ofThousandsOfThemIsUnknownAndNoMore() {
        for (String one : new String[] {"1,".repeat(2_500) + "1", ",".repeat(5_000)}) {
            assertEquals(ListingRefusal.LISTING_CURSOR_UNKNOWN, assertThrows(Refusal.class, () -> Listing.read(cursor(one), "question", NOON)).code());
        }
        String foreign = Base64.getUrlEncoder().encodeToString(("1:9:" + "1,".repeat(2_900)).getBytes(StandardCharsets.US_ASCII));
        assertEquals(ListingRefusal.LISTING_CURSOR_UNKNOWN, assertThrows(Refusal.class, () -> Listing.read(foreign, "question", NOON)).code());
    }

    @Test
    void thatWeWroteIsRead() {
        for (String underWay : new String[] {"", "3", "1,3,8"}) {
            assertEquals(7, Listing.read(cursor(underWay), "question", NOON).rows());
        }
    }
}
