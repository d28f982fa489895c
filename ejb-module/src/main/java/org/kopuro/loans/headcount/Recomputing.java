package org.kopuro.loans.headcount;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.loans.programmes.Programmes;
import org.kopuro.loans.programmes.RuleSet;
import org.kopuro.loans.programmes.RuleSet.Metric;
import org.kopuro.loans.programmes.Rulebook;
import org.kopuro.registers.payroll.MonthCounted;
import org.kopuro.registers.payroll.Payrolls;
import org.kopuro.registers.payroll.ReportMonth;

/** Computes a sample of sheets again each night, from the records of the reports and the rules they were computed from: the same inputs give the same bytes (LOAN-86). Any node may try at any time; one does it. */
@Stateless
public class Recomputing {

    /** [data] */
    static final int SAMPLE = 200;
    /** Nights; somebody has looked long before. */
    private static final int FOUND_MAX = 100;
    /** In Moscow; a node that was off then does it later in the day. */
    static final LocalTime FROM = LocalTime.of(2, 0);
    private static final Logger LOG = Logger.getLogger(Recomputing.class.getName());

    @Inject
    private SheetStore store;
    @Inject
    private Payrolls payrolls;
    @Inject
    private Programmes programmes;
    @Inject
    private Ledger ledger;
    @Inject
    private Installation installation;
    @Inject
    private Clock clock;

    /** This night's sample, in a transaction of its own; empty where it was done, another node is at it, or there is no sheet. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public Optional<Recomputed> round(Contour contour) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (!installation.serves(contour) || now.atZone(Rulebook.ZONE).toLocalTime().isBefore(FROM) || !store.begin(contour, Rulebook.day(now))) {
            return Optional.empty();
        }
        List<Sheet> sample = store.sample(contour, UUID.randomUUID(), SAMPLE);
        if (sample.isEmpty()) {
            return Optional.empty();
        }
        Recomputed done = new Recomputed(UUID.randomUUID(), contour, now, sample.size(), differing(sample, contour));
        store.add(done, Rulebook.day(now));
        ledger.record(LedgerEvent.itself("loans.sheets_recomputed", 1, Optional.of(contour), "sheet_recomputation", done.id(), now).with("compared", done.compared())
                .with("differing", done.differing()));
        if (!done.differing().isEmpty()) {
            LOG.log(Level.SEVERE, "Of {0} sheets, computed again, {1} differ: {2}", new Object[] {done.compared(), done.differing().size(), done.differing()});
        }
        return Optional.of(done);
    }

    /** Nights on which sheets differed, the latest first. */
    public List<Recomputed> found(Contour contour) {
        return store.differing(contour, FOUND_MAX);
    }

    /** Those of them that do not come out as they are kept; in the caller's transaction. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public Set<UUID> differing(Collection<UUID> sheets, Contour contour) {
        return Set.copyOf(differing(store.all(sheets, contour), contour));
    }

    private List<UUID> differing(List<Sheet> sample, Contour contour) {
        Set<ReportMonth> months = sample.stream().filter(sheet -> sheet.metric() != Metric.PFR_INSURED).flatMap(sheet -> sheet.report().stream().map(report -> new ReportMonth(report, sheet.month())))
                .collect(Collectors.toSet());
        Map<ReportMonth, MonthCounted> recounted = new HashMap<>(payrolls.recounted(months, contour));
        Rulebook rulebook = programmes.rulebook();
        return sample.stream().filter(sheet -> !isSame(sheet, contour, recounted, rulebook)).map(Sheet::id).toList();
    }

    private boolean isSame(Sheet sheet, Contour contour, Map<ReportMonth, MonthCounted> recounted, Rulebook rulebook) {
        try {
            SheetText told = SheetText.parse(sheet.json());
            Optional<RuleSet> rules = rulebook.version(told.rules().programme(), told.rules().stage(), told.rules().version()).filter(found -> found.formula().isPresent());
            if (rules.isEmpty()) {
                return false;
            }
            Optional<SheetText.Source> source = sheet.metric() == Metric.PFR_INSURED
                    ? sheet.report().flatMap(id -> payrolls.insured(id, contour)).filter(number -> number.inn().equals(sheet.inn()) && number.month().equals(sheet.month())).map(SheetText.Source::of)
                    : sheet.report().map(id -> recounted.get(new ReportMonth(id, sheet.month()))).filter(month -> month.report().inn().equals(sheet.inn()))
                            .map(month -> SheetText.Source.of(month, sheet.metric()));
            SheetText again = new SheetText(contour, sheet.loan(), sheet.at(), told.rules(), told.appliedAt(), told.contractOn(), ChosenMonth.of(rules.get(), Rulebook.day(told.appliedAt())),
                    rules.get().formula().get(), source);
            String json = again.json();
            return json.equals(sheet.json()) && SheetFile.sha256(json).equals(sheet.sha256()) && again.source().map(SheetText.Source::counted).equals(sheet.counted())
                    && again.maximum().map(Maximum::result).equals(sheet.maximum());
        } catch (Unproven e) {
            return false;
        }
    }
}
