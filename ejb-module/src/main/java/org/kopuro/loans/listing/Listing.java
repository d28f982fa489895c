package org.kopuro.loans.listing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.Refusal;

/**
 * A listing that was begun: what its first page saw.
 *
 * @param snapshot of the database, as it writes one
 * @param begun    by the clock
 */
record Listing(String snapshot, Instant begun) {

    private static final Duration KEPT = Duration.ofDays(1);
    private static final int CURSOR_MAX = 8_000;
    private static final int DIGITS_MAX = 18;
    /** A snapshot, the moment in microseconds, the loan, and what binds it to its listing. */
    private static final Pattern CURSOR = Pattern.compile("([1-9][0-9]{0,17}):([1-9][0-9]{0,17}):([0-9,]*+)\\|([0-9]{1,17})\\|([0-9a-f-]{1,36})\\|([0-9A-Za-z_-]{22})");

    /** Where a listing goes on: behind this loan, or this number of rows. */
    record Cursor(Listing listing, String position) {

        UUID loan() {
            try {
                return Input.uuid(position, "cursor");
            } catch (Refusal refusal) {
                throw unknown();
            }
        }

        int rows() {
            try {
                return Integer.parseInt(position);
            } catch (NumberFormatException e) {
                throw unknown();
            }
        }
    }

    /**
     * Nothing of a loan but its id: what it is sorted by may be a person's.
     *
     * @param question scope, filter, order: the cursor is for no other
     */
    String cursor(Object position, String question) {
        String text = snapshot + '|' + ChronoUnit.MICROS.between(Instant.EPOCH, begun) + '|' + position + '|' + bound(question);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    static Cursor read(String cursor, String question, Instant now) {
        Matcher parts = CURSOR.matcher(decoded(cursor));
        if (!parts.matches() || !parts.group(6).equals(bound(question)) || !sound(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)), parts.group(3))) {
            throw unknown();
        }
        Instant begun = Instant.EPOCH.plus(Long.parseLong(parts.group(4)), ChronoUnit.MICROS);
        if (begun.isAfter(now)) {
            throw unknown();
        }
        if (begun.isBefore(now.minus(KEPT))) {
            throw Refusal.of(ListingRefusal.LISTING_CURSOR_EXPIRED, "cursor");
        }
        return new Cursor(new Listing(parts.group(1) + ':' + parts.group(2) + ':' + parts.group(3), begun), parts.group(5));
    }

    static Refusal unknown() {
        return Refusal.of(ListingRefusal.LISTING_CURSOR_UNKNOWN, "cursor");
    }

    private static String decoded(String cursor) {
        if (cursor.length() > CURSOR_MAX) {
            throw unknown();
        }
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    /** Whether the database would read it: transactions under way between the first and the next, in their order. */
    private static boolean sound(long first, long next, String underWay) {
        long before = first - 1;
        for (String one : underWay.isEmpty() ? new String[0] : underWay.split(",", -1)) {
            if (one.isEmpty() || one.length() > DIGITS_MAX) {
                return false;
            }
            long number = Long.parseLong(one);
            if (number <= before || number >= next) {
                return false;
            }
            before = number;
        }
        return first <= next;
    }

    /** What was changed longer ago than this before it began, was there when it began: no transaction takes so long. */
    Instant settled() {
        return begun.minus(KEPT);
    }

    private static String bound(String question) {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(question.getBytes(StandardCharsets.UTF_8)), 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
