package org.kopuro.consent;

import java.util.Objects;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;

/** The signed-in taxpayer on whose behalf something is done; the contour is that of the account. */
public record Taxpayer(Contour contour, Inn inn) {
    public Taxpayer {
        Objects.requireNonNull(contour);
        Objects.requireNonNull(inn);
    }
}
