package org.kopuro.exchange;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Refusal;

/** The outcome of a call, committed before anybody sees it. The occurrence identifies its record. */
public sealed interface Answer<T> {

    UUID occurrence();

    Correspondent correspondent();

    /** The data may leave. */
    record Disclosed<T>(T value, UUID occurrence, Correspondent correspondent) implements Answer<T> {
    }

    /**
     * Nothing leaves.
     *
     * @param established whether it is established who calls; a stranger's refusal is not signed
     * @param consentId only where the caller is rightful (CON-44)
     * @param since     when the consent came into the state that is the reason, likewise
     */
    record Refused<T>(Refusal refusal, UUID occurrence, Correspondent correspondent, boolean established, Optional<UUID> consentId, Optional<Instant> since)
            implements Answer<T> {
    }
}
