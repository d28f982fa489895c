package org.kopuro.loans.headcount;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.kopuro.kernel.Contour;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.loans.programmes.RuleSet.Metric;
import org.kopuro.loans.programmes.Rulebook;
import org.kopuro.registers.payroll.Insured;
import org.kopuro.registers.payroll.MonthAsked;
import org.kopuro.registers.payroll.MonthCounted;
import org.kopuro.registers.payroll.Payrolls;

/** Calculation sheets: computed, kept for good, found again. A few statements for thousands of loans; asked within a transaction. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class Sheets {

    @Inject
    private Payrolls payrolls;
    @Inject
    private SheetStore store;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** A sheet for each wish whose rules have a formula, in their order; stores nothing. Reports count that were accepted and loaded by the moment. */
    public List<Sheet> compute(List<SheetWish> wishes, Contour contour, Instant at) {
        // As the database keeps it: a sheet that is read again says the same moment.
        Instant moment = at.truncatedTo(ChronoUnit.MICROS);
        List<SheetWish> calculated = wishes.stream().filter(wish -> wish.rules().formula().isPresent()).toList();
        List<ChosenMonth> chosen = calculated.stream().map(wish -> ChosenMonth.of(wish.rules(), Rulebook.day(wish.appliedAt()))).toList();
        Set<MonthAsked> reported = new HashSet<>();
        Set<MonthAsked> insured = new HashSet<>();
        for (int i = 0; i < chosen.size(); i++) {
            (chosen.get(i).metric() == Metric.PFR_INSURED ? insured : reported).add(new MonthAsked(calculated.get(i).inn(), chosen.get(i).month()));
        }
        Numbers numbers = numbers(reported, insured, contour, moment);
        List<Sheet> sheets = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            SheetWish wish = calculated.get(i);
            Optional<SheetText.Source> source = numbers.of(wish.inn(), chosen.get(i));
            sheets.add(sheet(wish.inn(), new SheetText(contour, wish.loan(), moment, new SheetText.RuleSetName(wish.rules().programme(), wish.rules().stage(), wish.rules().version()),
                    wish.appliedAt().truncatedTo(ChronoUnit.MICROS), wish.contractOn(), chosen.get(i), wish.rules().formula().get(), source)));
        }
        return sheets;
    }

    private static Sheet sheet(String inn, SheetText text) {
        String json = text.json();
        return new Sheet(UUID.randomUUID(), text.loan(), text.at(), inn, text.chosen().month(), text.chosen().metric(), text.source().map(SheetText.Source::counted),
                text.maximum().map(Maximum::result), text.source().map(SheetText.Source::id), json, SheetFile.sha256(json));
    }

    /** Keeps them, for good; each is an entry of the ledger, too (LOAN-111), that tells nobody its digest: whoever has a sheet of the same borrower could try what stands in another one. */
    public void add(List<Sheet> sheets, Contour contour) {
        store.add(sheets, contour);
        ledger.recordAll(sheets.stream().map(sheet -> LedgerEvent.of("loans.sheet_computed", 2, contour, "sheet", sheet.id(), sheet.at()).personal("loan", sheet.loan()).personal("sha256", sheet.sha256())).toList());
    }

    public Optional<Sheet> find(UUID id, Contour contour) {
        return store.find(id, contour);
    }

    /** Those of them that there is newer data for: another report of the same month, or the first one (LOAN-70). A sheet itself never changes (LOAN-76). */
    public Set<UUID> outdated(Collection<UUID> sheets, Contour contour) {
        List<SheetStore.Basis> bases = store.bases(sheets, contour);
        Set<MonthAsked> reported = bases.stream().filter(basis -> basis.metric() != Metric.PFR_INSURED).map(SheetStore.Basis::asked).collect(Collectors.toSet());
        Set<MonthAsked> insured = bases.stream().filter(basis -> basis.metric() == Metric.PFR_INSURED).map(SheetStore.Basis::asked).collect(Collectors.toSet());
        Numbers numbers = numbers(reported, insured, contour, clock.instant());
        return bases.stream().filter(basis -> !numbers.id(basis.asked(), basis.metric()).equals(basis.source())).map(SheetStore.Basis::sheet).collect(Collectors.toSet());
    }

    private Numbers numbers(Set<MonthAsked> reported, Set<MonthAsked> insured, Contour contour, Instant at) {
        return new Numbers(reported.isEmpty() ? Map.of() : payrolls.counted(reported, contour, at), insured.isEmpty() ? Map.of() : payrolls.insured(insured, contour, at));
    }

    private record Numbers(Map<MonthAsked, MonthCounted> reported, Map<MonthAsked, Insured> insured) {

        Optional<SheetText.Source> of(String inn, ChosenMonth chosen) {
            MonthAsked asked = new MonthAsked(inn, chosen.month());
            return chosen.metric() == Metric.PFR_INSURED ? Optional.ofNullable(insured.get(asked)).map(SheetText.Source::of)
                    : Optional.ofNullable(reported.get(asked)).map(month -> SheetText.Source.of(month, chosen.metric()));
        }

        Optional<UUID> id(MonthAsked asked, Metric metric) {
            return metric == Metric.PFR_INSURED ? Optional.ofNullable(insured.get(asked)).map(Insured::id) : Optional.ofNullable(reported.get(asked)).map(month -> month.report().id());
        }
    }
}
