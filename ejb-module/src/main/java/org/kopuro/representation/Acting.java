package org.kopuro.representation;

import java.util.Optional;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;

/**
 * For whom a signed-in person says to act; whether he may is another matter ({@link Mandates#exercise}).
 *
 * @param person  who has signed in: a person, or an organisation with an account of its own
 * @param headOf  the organisation as whose head he acts
 * @param mandate under which he, or that organisation, acts for somebody else
 */
public record Acting(Contour contour, Inn person, Optional<Inn> headOf, Optional<MandateId> mandate) {

    public static Acting himself(Contour contour, Inn person) {
        return new Acting(contour, person, Optional.empty(), Optional.empty());
    }

    public Acting asHeadOf(Inn organisation) {
        return new Acting(contour, person, Optional.of(organisation), mandate);
    }

    public Acting under(MandateId id) {
        return new Acting(contour, person, headOf, Optional.of(id));
    }

    /** Who acts: whether as himself or for somebody else. */
    Inn party() {
        return headOf.orElse(person);
    }
}
