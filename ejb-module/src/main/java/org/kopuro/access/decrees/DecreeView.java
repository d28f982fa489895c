package org.kopuro.access.decrees;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.kopuro.kernel.Language;

/**
 * A decree with its editions.
 *
 * @param source   where it is named
 * @param editions the newest first
 */
public record DecreeView(String code, LocalDate adoptedOn, Map<Language, String> titles, String source, List<Edition> editions) {

    /**
     * What it says from a day on.
     *
     * @param text   what it says otherwise than before
     * @param source the act that changed it
     */
    public record Edition(int number, LocalDate firstDay, String text, String source, Instant registeredAt) {
    }
}
