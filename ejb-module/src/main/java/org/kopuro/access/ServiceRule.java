package org.kopuro.access;

import java.util.Optional;

/**
 * What holds for a service on a given day. Ceilings are data, empty where there is none (CON-61).
 *
 * @param selfCall        whether a participant may ask about its own INN without consent
 * @param validityDays    the longest life of a token that lists the service
 * @param dataAgeMonths   how far back the asked period may begin
 * @param dataRangeMonths how many months an asked period may span
 * @param callsPerDay     disclosures per token and day
 * @param callsPerToken   the largest budget of a token that lists the service; one without a budget is over it
 */
public record ServiceRule(
        boolean disclosesTaxSecret, TokenRule tokenRule, boolean selfCall, Optional<Integer> validityDays,
        Optional<Integer> dataAgeMonths, Optional<Integer> dataRangeMonths, Optional<Integer> callsPerDay, Optional<Integer> callsPerToken) {

    public boolean needsConsent() {
        return disclosesTaxSecret || tokenRule == TokenRule.REQUIRED;
    }
}
