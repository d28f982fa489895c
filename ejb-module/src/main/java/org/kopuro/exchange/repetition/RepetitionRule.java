package org.kopuro.exchange.repetition;

import java.time.Duration;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/**
 * A participant's policy.
 *
 * @param remembered how long an id counts as sent before
 * @param revision   0 where nobody has set any
 */
public record RepetitionRule(RepetitionPolicy policy, Duration remembered, int revision) {

    static final Duration SHORTEST = Duration.ofMinutes(15);
    static final Duration LONGEST = Duration.ofDays(7);
    /** As xroad.md says of what occurs: ids are not unique, and calls are answered all the same. */
    static final RepetitionRule USUAL = new RepetitionRule(RepetitionPolicy.OBSERVE, Duration.ofDays(1), 0);

    public RepetitionRule {
        if (remembered.compareTo(SHORTEST) < 0 || remembered.compareTo(LONGEST) > 0) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "rememberedMinutes");
        }
    }
}
