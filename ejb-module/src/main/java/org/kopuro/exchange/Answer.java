package org.kopuro.exchange;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.kopuro.kernel.Refusal;

/** The outcome of a call, committed before anybody sees it. The occurrence identifies its record. */
public sealed interface Answer<T> {

    UUID occurrence();

    Correspondent correspondent();

    /** Whether the caller is to be warned that it sends message ids twice. */
    boolean warnsOfId();

    /** The same outcome, a disclosed value in other words. */
    default <R> Answer<R> as(Function<? super T, ? extends R> words) {
        if (this instanceof Disclosed<T> disclosed) {
            return new Disclosed<>(words.apply(disclosed.value()), occurrence(), correspondent(), warnsOfId());
        }
        Refused<T> refused = (Refused<T>) this;
        return new Refused<>(refused.refusal(), occurrence(), correspondent(), warnsOfId(), refused.established(), refused.consentId(), refused.since());
    }

    /** The data may leave. */
    record Disclosed<T>(T value, UUID occurrence, Correspondent correspondent, boolean warnsOfId) implements Answer<T> {
    }

    /**
     * Nothing leaves.
     *
     * @param established whether it is established who calls; a stranger's refusal is not signed
     * @param consentId only where the caller is rightful (CON-44)
     * @param since     when the consent came into the state that is the reason, likewise
     */
    record Refused<T>(Refusal refusal, UUID occurrence, Correspondent correspondent, boolean warnsOfId, boolean established, Optional<UUID> consentId, Optional<Instant> since)
            implements Answer<T> {
    }
}
