package org.kopuro.consent;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;

/**
 * One call of an authenticated subsystem, as the taxpayer will see it (CON-110).
 *
 * @param serviceVersion the served one that the call meant, where there is one
 * @param consentId   of the token or the form consent, as {@code kind} says
 * @param outcome     {@code DISCLOSED} or the refusal's code
 * @param taxpayerInn whose data it is about: the token's taxpayer, else the taxpayer asked about if the register knows him
 * @param askedInn    the INN asked about, if it was one
 */
public record UsageEntry(
        UUID occurrence, Instant at, Contour contour, UUID participant, UUID subsystem, String serviceCode, Optional<String> serviceVersion, String messageId,
        Optional<String> userId, Optional<String> issue, ConsentKind kind, Optional<UUID> consentId, Optional<String> taxpayerInn,
        Optional<String> askedInn, Optional<LocalDate> periodFrom, Optional<LocalDate> periodTo, String outcome, int records) {

    public static final String DISCLOSED = "DISCLOSED";
    /** What is read instead where the answer never left; no row has it. */
    public static final String NOT_SENT = "NOT_SENT";
}
