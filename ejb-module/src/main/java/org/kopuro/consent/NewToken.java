package org.kopuro.consent;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.SubsystemId;

/**
 * What the taxpayer names: for whom, until when, for which services (003 §21), and the language of the text read before
 * confirming (CON-14).
 *
 * @param lastDay  the token ends at 24:00 Asia/Bishkek of this day (CON-13)
 * @param period   the tax months it covers; all, when empty (CON-63)
 * @param calls    the disclosures it is good for; any number, when empty (CON-64)
 * @param replaces the token that it takes the place of (CON-16)
 */
public record NewToken(SubsystemId subsystem, LocalDate lastDay, Set<String> services, Language language, Optional<Months> period, Optional<Integer> calls,
        Optional<TokenId> replaces) {

    private static final int SERVICES_MAX = 50;
    private static final int CALLS_MAX = 1_000_000;

    public NewToken {
        if (services.isEmpty()) {
            throw Refusal.of(InputRefusal.FIELD_MISSING, "services");
        }
        if (services.size() > SERVICES_MAX) {
            throw Refusal.of(InputRefusal.FIELD_TOO_LONG, "services", SERVICES_MAX);
        }
        if (calls.filter(number -> number < 1 || number > CALLS_MAX).isPresent()) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "calls");
        }
        Set<String> codes = new TreeSet<>();
        services.forEach(code -> codes.add(Input.text(code, "services", 64)));
        services = Set.copyOf(codes);
    }

    /** Of any period, any number of calls, and in nobody's place. */
    public NewToken(SubsystemId subsystem, LocalDate lastDay, Set<String> services, Language language) {
        this(subsystem, lastDay, services, language, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
