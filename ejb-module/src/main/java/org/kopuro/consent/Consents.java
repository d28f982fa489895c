package org.kopuro.consent;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;

/**
 * What the exchange asks of consent while it answers a call, in the call's own transaction: where a presented token would
 * be stored, whether one more disclosure is within the day's ceiling, and to log the use.
 */
@Stateless
public class Consents {

    @Inject
    private UsageStore usage;
    @Inject
    private TokenChanges changes;
    @Inject
    private Tidings tidings;
    @Inject
    private Peppers peppers;

    /** The stored values under which the token may be found; empty when the spelling is malformed (step 3 of CON-42). */
    public Optional<List<byte[]>> lookupsOf(String tokenText) {
        return TokenText.read(tokenText).map(peppers::candidates);
    }

    /** Counts one disclosure; false, and nothing counted, when the day's ceiling of the service is reached (step 12). */
    public boolean countDisclosure(UUID token, String serviceCode, LocalDate day, int ceiling) {
        return usage.countDisclosure(token, serviceCode, day, ceiling);
    }

    /** Takes one disclosure from the token's budget; false, and nothing taken, when none is left (CON-64, CON-75). */
    public boolean spend(UUID token, Instant at) {
        Optional<Budget> left = usage.spend(token);
        left.filter(Budget::justBecameLow).ifPresent(low -> changes.budgetLow(token, at));
        return left.isPresent();
    }

    /**
     * A token was presented by whoever it was not made for: its taxpayer and the authority are told (CON-45).
     *
     * @param token empty where nobody here made it; that costs the same
     */
    public void presentedByStranger(UUID occurrence, Optional<UUID> token, UUID participant, UUID subsystem, Instant at) {
        tidings.stranger(occurrence, token, participant, subsystem, at);
    }

    /** Corrects the entry of a disclosure that never left, and gives back what it took; empty, and nothing changed, where there is nothing to correct. */
    public Optional<Contour> notSent(UUID occurrence, Instant at) {
        return usage.notSent(occurrence, at);
    }

    /** Writes the log entry; if it cannot be written, the transaction fails and nothing is disclosed (CON-111). */
    public void log(UsageEntry entry) {
        usage.add(entry);
    }
}
