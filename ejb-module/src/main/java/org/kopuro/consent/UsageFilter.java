package org.kopuro.consent;

import java.time.LocalDate;
import java.util.Optional;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;

/**
 * Which uses to read; everything that is empty restricts nothing.
 *
 * @param consent a token's id
 * @param from    the first day, of Asia/Bishkek
 * @param to      the last day
 * @param outcome {@code DISCLOSED}, {@code NOT_SENT} or a refusal's code
 */
public record UsageFilter(Optional<ParticipantId> participant, Optional<String> service, Optional<TokenId> consent, Optional<LocalDate> from, Optional<LocalDate> to, Optional<String> outcome) {

    public static final UsageFilter EVERYTHING = new UsageFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public UsageFilter {
        service = service.map(code -> Input.text(code, "service", 64));
        outcome = outcome.map(code -> Input.text(code, "outcome", 64));
        if (from.isPresent() && to.filter(last -> last.isBefore(from.get())).isPresent()) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "to");
        }
    }
}
