package org.kopuro.taxservices;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.function.Supplier;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Asked;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.Exchange;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Refusal;
import org.kopuro.registers.DebtView;
import org.kopuro.registers.MonthlyHeadcountView;
import org.kopuro.registers.MonthlyIncomeView;
import org.kopuro.registers.PaymentView;
import org.kopuro.registers.Registers;
import org.kopuro.registers.TaxpayerView;

/**
 * The services, one method each. Each is one transaction with {@link Exchange#answer}, and one look into the registers.
 */
@Stateless
public class TaxServices {

    @Inject
    private Exchange exchange;
    @Inject
    private Registers registers;
    @Inject
    private Clock clock;

    /** Registration data. */
    public Answer<TaxpayerView> tpDataByINN(Call call, String inn) {
        return one(call, inn, (contour, asked) -> registers.find(contour, asked.inn()));
    }

    /** Name, district and address; no tax secret, hence no consent. */
    public Answer<TaxpayerView> tpDataByINNforBusinessActivity(Call call, String inn) {
        return one(call, inn, (contour, asked) -> registers.find(contour, asked.inn()));
    }

    /** Whether there is a tax debt. */
    public Answer<DebtView> taxpayerDataByInn(Call call, String inn) {
        return one(call, inn, (contour, asked) -> registers.debt(contour, asked.inn()).map(debt -> {
            if (debt.asOf().isEmpty()) {
                throw Refusal.of(TaxRefusal.DEBTS_NOT_LOADED);
            }
            return debt;
        }));
    }

    /** Tax payments of a period of days; the last twelve months if none is named. */
    public Answer<InPeriod<PaymentView>> tpPaymentDateByInn(Call call, String inn, String dateFrom, String dateTo) {
        return many(call, () -> about(inn, PeriodText.days(dateFrom, dateTo, today())), (contour, asked) ->
                registers.payments(contour, asked.inn(), from(asked), to(asked)).map(payments -> new InPeriod<>(asked, payments)));
    }

    /** Income by month. */
    public Answer<InPeriod<MonthlyIncomeView>> incomeStatement(Call call, String inn, String monthFrom, String monthTo) {
        return many(call, () -> about(inn, PeriodText.months(monthFrom, monthTo, today())), (contour, asked) ->
                registers.incomes(contour, asked.inn(), YearMonth.from(from(asked)), YearMonth.from(to(asked)))
                        .map(incomes -> new InPeriod<>(asked, incomes)));
    }

    /** Insured persons by month. */
    public Answer<InPeriod<MonthlyHeadcountView>> headcount(Call call, String inn, String monthFrom, String monthTo) {
        return many(call, () -> about(inn, PeriodText.months(monthFrom, monthTo, today())), (contour, asked) ->
                registers.headcounts(contour, asked.inn(), YearMonth.from(from(asked)), YearMonth.from(to(asked)))
                        .map(headcounts -> new InPeriod<>(asked, headcounts)));
    }

    private <T> Answer<T> one(Call call, String inn, Exchange.DataSource<T> data) {
        return exchange.answer(call, () -> Asked.about(Inn.of(inn, "inn")), data, TaxRefusal.TAXPAYER_UNKNOWN, value -> 1);
    }

    private <T> Answer<InPeriod<T>> many(Call call, Supplier<Asked> question, Exchange.DataSource<InPeriod<T>> data) {
        return exchange.answer(call, question, data, TaxRefusal.TAXPAYER_UNKNOWN, value -> value.rows().size());
    }

    private static Asked about(String inn, Asked.Period period) {
        return Asked.about(Inn.of(inn, "inn"), period.from(), period.to());
    }

    private static LocalDate from(Asked asked) {
        return asked.period().orElseThrow().from();
    }

    private static LocalDate to(Asked asked) {
        return asked.period().orElseThrow().to();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Installation.ZONE);
    }

    /** Rows of a period, with the question as it was understood. */
    public record InPeriod<T>(Asked asked, List<T> rows) {
    }
}
