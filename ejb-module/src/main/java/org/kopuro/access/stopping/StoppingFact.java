package org.kopuro.access.stopping;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Language;

/**
 * One item of a checklist that nobody ticks, with what was seen.
 *
 * @param subsystem  its code; empty of a waiver, which is for all
 * @param at         of the acknowledgement, of the late call, or of the report's acceptance
 * @param quietUntil of an acknowledgement: until when no call may follow
 * @param report     the accepted one that shows it
 */
public record StoppingFact(Optional<String> subsystem, String code, Map<Language, String> texts, String source, boolean shown, Optional<Instant> at, Optional<Instant> quietUntil,
        Optional<LateCall> lateCall, Optional<UUID> report) {

    /** For one line of a refusal. */
    public String named() {
        return subsystem.map(of -> of + ": ").orElse("") + code;
    }
}
