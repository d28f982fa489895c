package org.kopuro.ledger.proof;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * An entry as its exact text tells it. What {@code data} holds is said by type and version and is not looked at here.
 *
 * @param at when the business code decided
 * @param contour empty for what belongs to both
 * @param id      once in a ledger
 */
public record Entry(Instant at, Optional<String> contour, JsonObject data, String id, String recordId, String recordKind, String type, long version) {

    /** In octets of UTF-8: what a bundle of entries can hold. */
    public static final int LENGTH_MAX = 65_535;

    /** @param where begins a sentence, as “The entry” */
    public static Entry parse(String text, String where) throws Unproven {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        if (length > LENGTH_MAX) {
            throw new Unproven(where + " has " + length + " octets; at most " + LENGTH_MAX + " are possible.");
        }
        Members members = new Members(CanonicalJson.parse(text, where), where);
        Members row = new Members(members.object("record"), where + "'s record");
        Instant at;
        try {
            at = Instant.parse(members.string("at"));
        } catch (DateTimeException e) {
            throw new Unproven(where + " has no time in UTC as “at”.");
        }
        return new Entry(at, members.optionalString("contour"), members.object("data"), members.string("id"), row.string("id"), row.string("kind"),
                members.string("type"), members.whole("version"));
    }
}
