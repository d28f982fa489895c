package org.kopuro.access.monitoring;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kopuro.kernel.Contour;

/** The thresholds in force: what a subsystem has of its own, and beneath it the default of the service. */
final class ThresholdTable {

    static final ThresholdTable EMPTY = new ThresholdTable(List.of());

    private final Map<Caller, Ceilings> own = new HashMap<>();
    private final Map<Map.Entry<Contour, String>, Ceilings> defaults = new HashMap<>();

    ThresholdTable(List<ThresholdView> inForce) {
        for (ThresholdView threshold : inForce) {
            threshold.subsystem().ifPresentOrElse(subsystem -> own.put(new Caller(threshold.contour(), subsystem.value(), threshold.service()), threshold.ceilings()),
                    () -> defaults.put(Map.entry(threshold.contour(), threshold.service()), threshold.ceilings()));
        }
    }

    Ceilings of(Caller caller) {
        Ceilings usual = defaults.getOrDefault(Map.entry(caller.contour(), caller.service()), Ceilings.NONE);
        Ceilings special = own.get(caller);
        return special == null ? usual : special.orElse(usual);
    }
}
