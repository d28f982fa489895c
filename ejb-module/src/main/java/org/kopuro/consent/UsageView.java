package org.kopuro.consent;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Language;
import org.kopuro.participants.ParticipantId;

/**
 * A use of somebody's data, or the attempt, as those may read it whom it concerns (CON-110, CON-113).
 *
 * @param number      for paging; grows with time
 * @param receiver    who asked, as the exchange names it
 * @param occurrence  names the ledger's entry of this use, too, by which it can be proved (CON-116)
 * @param userId      who sat at the participant's system, as the participant says
 * @param taxpayerInn whose data it is about; empty where the register does not know the number, and for an unknown token. To a participant: whom it asked about, known or not
 * @param outcome     {@code DISCLOSED}, {@code NOT_SENT} or the refusal's code
 * @param records     how many were disclosed
 * @param erased      that the authority has forgotten who it was about and what the participant said of it; then these, and the message id, are empty (CON-146)
 * @param through     the names of those through whom the taxpayer made the token, from him on; for a participant empty, which has them in its receipt
 */
public record UsageView(
        long number, UUID occurrence, Instant at, String receiver, ParticipantId participant, String participantName, String subsystem, String service, Optional<String> serviceVersion, Map<Language, String> titles,
        ConsentKind kind, Optional<UUID> consentId, Optional<String> userId, Optional<String> issue, String messageId, Optional<String> taxpayerInn,
        Optional<LocalDate> periodFrom, Optional<LocalDate> periodTo, String outcome, int records, Optional<String> through,
        boolean erased) {

    public boolean disclosed() {
        return outcome.equals(UsageEntry.DISCLOSED);
    }
}
