package org.kopuro.loans;

import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;

/**
 * Who enters or changes loans, for which bank.
 *
 * @param importing where they come from a file
 */
public record Placer(UUID bank, Contour contour, Actor actor, Source source, Optional<UUID> importing) {

    /** LOAN-F29. */
    public enum Source {
        API, IMPORT, XROAD, SYSTEM
    }

    /** By the REST interface. */
    public static Placer api(UUID bank, Contour contour, Actor actor) {
        return new Placer(bank, contour, actor, Source.API, Optional.empty());
    }

    /** Out of a file. */
    public static Placer importing(UUID bank, Contour contour, Actor actor, UUID importing) {
        return new Placer(bank, contour, actor, Source.IMPORT, Optional.of(importing));
    }
}
