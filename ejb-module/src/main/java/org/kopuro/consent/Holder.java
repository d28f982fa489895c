package org.kopuro.consent;

import java.util.UUID;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;

/** The subsystem for which a program asks about a token, as its account says; the contour is that of the account (CON-40). */
public record Holder(Contour contour, UUID participant, UUID subsystem, Actor by) {
}
