package org.kopuro.loans.imports;

import java.util.UUID;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;

/** For which bank a file is sent, and by whom. */
public record ImportSender(UUID bank, Contour contour, Actor by) {
}
