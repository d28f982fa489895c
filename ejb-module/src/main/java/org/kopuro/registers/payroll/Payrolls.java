package org.kopuro.registers.payroll;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.kernel.Contour;

/**
 * How many people an employer's reports show. Of reports for one quarter the one with the highest correction counts, of those that were accepted and loaded by the moment asked for. Each question is one
 * statement, however many it asks about; asked within a transaction.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class Payrolls {

    @Inject
    private PayrollStore store;

    /** Without those that no report tells of; a report that has no records of a month tells zero. */
    public Map<MonthAsked, MonthCounted> counted(Collection<MonthAsked> asked, Contour contour, Instant at) {
        return store.counted(Set.copyOf(asked), contour, at);
    }

    /** Counted anew, record by record. */
    public Map<ReportMonth, MonthCounted> recounted(Collection<ReportMonth> months, Contour contour) {
        return store.recounted(Set.copyOf(months), contour);
    }

    /** As the pension fund was told; without those that nothing was told of. */
    public Map<MonthAsked, Insured> insured(Collection<MonthAsked> asked, Contour contour, Instant at) {
        return store.insured(Set.copyOf(asked), contour, at);
    }

    public Optional<Insured> insured(UUID id, Contour contour) {
        return store.insured(id, contour);
    }

    /** The latest months of an employer, oldest first. */
    public List<MonthCounted> months(String inn, Contour contour, Instant at, int limit) {
        return store.months(inn, contour, at, limit);
    }

    /** The latest month of each of these employers; without those of whom there is no report. */
    public Map<String, MonthCounted> latestMonths(Collection<String> inns, Contour contour, Instant at) {
        return store.latestMonths(Set.copyOf(inns), contour, at);
    }

    /**
     * What was accepted of an employer's, the earliest first.
     *
     * @param missedSince those accepted since then that are not loaded by the moment
     * @param loadedSince those accepted since then that are
     */
    public List<AcceptedReport> accepted(String inn, Contour contour, Instant missedSince, Instant loadedSince, Instant at) {
        return store.accepted(inn, contour, missedSince, loadedSince, at);
    }

    /**
     * What was accepted of all employers' and is late, or may be: was or is not shown within a month of its filing, or by the day of any of the rules (LOAN-70, LOAN-71). The earliest accepted first.
     *
     * @param from    the first moment of acceptance
     * @param skipped how many of that moment are left out
     */
    public List<AcceptedReport> late(Contour contour, Instant missedSince, Instant loadedSince, Set<RefreshRule> rules, Instant from, int skipped, int limit, Instant at) {
        return store.late(contour, missedSince, loadedSince, rules, from, skipped, limit, at);
    }
}
