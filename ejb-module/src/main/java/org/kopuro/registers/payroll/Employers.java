package org.kopuro.registers.payroll;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.kopuro.kernel.Contour;

/** Whether somebody employs anybody (002 §3.4). Asked within a transaction. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class Employers {

    @Inject
    private PayrollStore store;

    /** Those of them whose latest report, accepted and loaded by the moment, has at least one worker in its quarter's last month. */
    public Set<String> employing(Collection<String> inns, Contour contour, Instant at) {
        return latest(inns, contour, at).entrySet().stream().filter(told -> told.getValue().employs()).map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    /** The same with the report itself; without those that have none. */
    public Map<String, Employment> latest(Collection<String> inns, Contour contour, Instant at) {
        return store.latest(Set.copyOf(inns), contour, at);
    }
}
