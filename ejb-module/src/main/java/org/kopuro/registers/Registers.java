package org.kopuro.registers;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;

/**
 * Answers from the registers of a contour. Each method is one round trip to the database and changes nothing; an empty
 * {@code Optional} means that the contour's register does not know the taxpayer.
 */
@Stateless
public class Registers {

    @Inject
    private RegisterStore store;

    /** For the container, which injects the store. */
    public Registers() {
    }

    /** For tests, which have a database but no container. */
    Registers(RegisterStore store) {
        this.store = store;
    }

    public Optional<TaxpayerView> find(Contour contour, Inn inn) {
        return store.find(contour, inn);
    }

    /** Whether the person is a head of the organisation on that day. */
    public boolean isHead(Contour contour, Inn organisation, Inn person, LocalDate day) {
        return store.isHead(contour, organisation, person, day);
    }

    /** The organisations that the person is a head of on that day, by INN. */
    public List<TaxpayerView> headedBy(Contour contour, Inn person, LocalDate day) {
        return store.headedBy(contour, person, day);
    }

    public Optional<DebtView> debt(Contour contour, Inn inn) {
        return store.debt(contour, inn);
    }

    /** Payments from the first to the last day, both included, by day, tax and number. */
    public Optional<List<PaymentView>> payments(Contour contour, Inn inn, LocalDate from, LocalDate to) {
        return store.payments(contour, inn, from, to);
    }

    /** Incomes from the first to the last month, both included, by month and employer; an own declaration comes last. */
    public Optional<List<MonthlyIncomeView>> incomes(Contour contour, Inn inn, YearMonth from, YearMonth to) {
        return store.incomes(contour, inn, from, to);
    }

    /** Headcounts from the first to the last month, both included, by month. */
    public Optional<List<MonthlyHeadcountView>> headcounts(Contour contour, Inn inn, YearMonth from, YearMonth to) {
        return store.headcounts(contour, inn, from, to);
    }
}
