package org.kopuro.access.agreements;

import java.util.UUID;
import org.kopuro.kernel.Id;

/** Identifies an agreement in all its versions. */
public record AgreementId(UUID value) implements Id {
}
