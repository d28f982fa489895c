package org.kopuro.accounts;

import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;

/** A person who has signed in, however that was done. */
public record SignedIn(UUID account, String login, Contour contour, Role role, Optional<Inn> taxpayer) {
}
