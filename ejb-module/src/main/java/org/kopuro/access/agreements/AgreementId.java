package org.kopuro.access.agreements;

import java.util.UUID;

/** Identifies an agreement in all its versions. */
public record AgreementId(UUID value) {
}
