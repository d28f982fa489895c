package org.kopuro.access.products;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;

/**
 * Something that the clock brings about for a document that a connection rests on.
 *
 * @param procedure   by whose version it is demanded
 * @param day         its last one
 * @param workingDays of a warning: how many before the end
 * @param contour     of a lapse
 * @param source      the paragraph that demands it
 */
public record ProductDue(Kind kind, ProductId product, UUID document, String procedure, int version, LocalDate day, int workingDays, Optional<Contour> contour, String source) {

    /** Under which name it waits after a failure. */
    public String matter() {
        return matter(kind, procedure, document.toString());
    }

    static String matter(Kind kind, String procedure, String document) {
        return "document " + kind + " " + procedure + " " + document;
    }

    /** What there is to do. */
    public enum Kind {
        /** It expires soon. */
        WARN,
        /** It has expired, or was withdrawn, and there is no other. */
        LAPSE
    }
}
