package org.kopuro.registers;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Money;

/** The statements behind {@link Registers}. */
@Dependent
class RegisterStore {

    private static final String FIND = """
            select inn, kind, full_name, district_code, postcode, address, activity_code, registered_on, ended_on
              from registers.taxpayer
             where contour = ? and inn = ?""";

    private static final String HEADED = """
            select t.inn, t.kind, t.full_name, t.district_code, t.postcode, t.address, t.activity_code, t.registered_on, t.ended_on
              from registers.taxpayer t
             where t.contour = ? and exists (select from registers.head h where (h.contour, h.inn) = (t.contour, t.inn) and h.head_inn = ? and h.since <= ? and coalesce(h.ended_on, 'infinity') > ?)
             order by t.inn limit 100""";

    private static final String DEBT = """
            select s.debts_as_of, coalesce(sum(d.amount_minor_units), 0)::bigint total
              from registers.taxpayer t
              left join registers.register_state s on s.contour = t.contour
              left join registers.tax_debt d on d.contour = t.contour and d.inn = t.inn
             where t.contour = ? and t.inn = ?
             group by s.debts_as_of""";

    private static final String PAYMENTS = """
            select p.paid_on, p.tax_code, p.amount_minor_units
              from registers.taxpayer t
              left join registers.tax_payment p on p.contour = t.contour and p.inn = t.inn and p.paid_on between ? and ?
             where t.contour = ? and t.inn = ?
             order by p.paid_on, p.tax_code, p.sequence_number""";

    private static final String INCOMES = """
            select i.month, i.employer_inn, i.amount_minor_units
              from registers.taxpayer t
              left join registers.income i on i.contour = t.contour and i.inn = t.inn and i.month between ? and ?
             where t.contour = ? and t.inn = ?
             order by i.month, i.employer_inn nulls last""";

    private static final String HEADCOUNTS = """
            select h.month, h.insured_persons
              from registers.taxpayer t
              left join registers.headcount h on h.contour = t.contour and h.inn = t.inn and h.month between ? and ?
             where t.contour = ? and t.inn = ?
             order by h.month""";

    private final Sql sql;

    @Inject
    RegisterStore(Sql sql) {
        this.sql = sql;
    }

    Optional<TaxpayerView> find(Contour contour, Inn inn) {
        return sql.first(FIND, RegisterStore::taxpayer, contour, inn.digits());
    }

    boolean isHead(Contour contour, Inn organisation, Inn person, LocalDate day) {
        return sql.exists("select from registers.head where contour = ? and inn = ? and head_inn = ? and since <= ? and coalesce(ended_on, 'infinity') > ? limit 1",
                contour, organisation.digits(), person.digits(), day, day);
    }

    List<TaxpayerView> headedBy(Contour contour, Inn person, LocalDate day) {
        return sql.list(HEADED, RegisterStore::taxpayer, contour, person.digits(), day, day);
    }

    private static TaxpayerView taxpayer(Row row) {
        return new TaxpayerView(new Inn(row.text("inn")), row.as(TaxpayerKind.class, "kind"), row.text("full_name"), row.text("district_code"),
                row.maybe("postcode", row::text).orElse(null), row.maybe("address", row::text).orElse(null), row.maybe("activity_code", row::text).orElse(null),
                row.day("registered_on"), row.maybe("ended_on", row::day).orElse(null));
    }

    Optional<DebtView> debt(Contour contour, Inn inn) {
        return sql.first(DEBT, row -> new DebtView(row.maybe("debts_as_of", row::day), Money.som(row.large("total"))), contour, inn.digits());
    }

    Optional<List<PaymentView>> payments(Contour contour, Inn inn, LocalDate from, LocalDate to) {
        return list(PAYMENTS, "paid_on", (row, paidOn) -> new PaymentView(paidOn, row.text("tax_code"), Money.som(row.large("amount_minor_units"))),
                contour, inn, from, to);
    }

    Optional<List<MonthlyIncomeView>> incomes(Contour contour, Inn inn, YearMonth from, YearMonth to) {
        return list(INCOMES, "month", (row, month) -> new MonthlyIncomeView(YearMonth.from(month), row.maybe("employer_inn", row::text).map(Inn::new),
                Money.som(row.large("amount_minor_units"))), contour, inn, from.atDay(1), to.atDay(1));
    }

    Optional<List<MonthlyHeadcountView>> headcounts(Contour contour, Inn inn, YearMonth from, YearMonth to) {
        return list(HEADCOUNTS, "month", (row, month) -> new MonthlyHeadcountView(YearMonth.from(month), row.number("insured_persons")),
                contour, inn, from.atDay(1), to.atDay(1));
    }

    private <T> Optional<List<T>> list(String statement, String day, BiFunction<Row, LocalDate, T> reading, Contour contour, Inn inn, LocalDate from, LocalDate to) {
        // The outer join gives a known taxpayer without rows one row of nulls.
        List<Optional<T>> rows = sql.list(statement, row -> row.maybe(day, row::day).map(of -> reading.apply(row, of)), from, to, contour, inn.digits());
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.stream().flatMap(Optional::stream).toList());
    }
}
