package org.kopuro.consent;

import java.time.LocalDate;
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
 * @param lastDay the token ends at 24:00 Asia/Bishkek of this day (CON-13)
 */
public record NewToken(SubsystemId subsystem, LocalDate lastDay, Set<String> services, Language language) {

    private static final int SERVICES_MAX = 50;

    public NewToken {
        if (services.isEmpty()) {
            throw Refusal.of(InputRefusal.FIELD_MISSING, "services");
        }
        if (services.size() > SERVICES_MAX) {
            throw Refusal.of(InputRefusal.FIELD_TOO_LONG, "services", SERVICES_MAX);
        }
        Set<String> codes = new TreeSet<>();
        services.forEach(code -> codes.add(Input.text(code, "services", 64)));
        services = Set.copyOf(codes);
    }
}
