package org.kopuro.representation;

import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/**
 * What a grantor names.
 *
 * @param firstDay from whose beginning it may be exercised
 * @param lastDay  it ends at 24:00 Asia/Bishkek of this day
 */
public record NewMandate(Inn representative, Set<MandateRight> rights, SortedSet<String> services, LocalDate firstDay, LocalDate lastDay, Ground ground) {

    /** [data] No term is asserted as law. */
    private static final int YEARS_MAX = 3;
    private static final int SERVICES_MAX = 50;

    public NewMandate {
        if (rights.isEmpty()) {
            throw Refusal.of(InputRefusal.FIELD_MISSING, "rights");
        }
        if (services.isEmpty()) {
            throw Refusal.of(InputRefusal.FIELD_MISSING, "services");
        }
        if (services.size() > SERVICES_MAX) {
            throw Refusal.of(InputRefusal.FIELD_TOO_LONG, "services", SERVICES_MAX);
        }
        if (lastDay.isBefore(firstDay)) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "lastDay");
        }
        if (!lastDay.isBefore(firstDay.plusYears(YEARS_MAX))) {
            throw Refusal.of(MandateRefusal.TERM_TOO_LONG, "lastDay", YEARS_MAX);
        }
        rights = Set.copyOf(EnumSet.copyOf(rights));
        services = new TreeSet<>(services);
    }

    /** Codes as they were sent; twice the same is once. */
    public static SortedSet<String> services(Collection<String> codes) {
        SortedSet<String> services = new TreeSet<>();
        codes.forEach(code -> services.add(Input.text(code, "services", 64)));
        return services;
    }
}
