package org.kopuro.access.catalogue;

import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;

/** Entries and texts are of no contour, and hold in PRODUCTION: where there is that, its officials alone change them. */
final class BothContours {

    private BothContours() {
    }

    /** @param contour of whoever wants the change */
    static void require(Contour contour, Installation installation) {
        if (contour == Contour.TEST && installation.serves(Contour.PRODUCTION)) {
            throw Refusal.of(CatalogueRefusal.CATALOGUE_BY_PRODUCTION, "contour");
        }
    }
}
