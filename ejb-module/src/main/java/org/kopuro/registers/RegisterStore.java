package org.kopuro.registers;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Money;

/** The statements behind {@link Registers}, on the connection of the current transaction. */
@Dependent
class RegisterStore {

    private static final String FIND = """
            select kind, full_name, district_code, postcode, address, activity_code, registered_on, ended_on
              from registers.taxpayer
             where contour = ? and inn = ?""";

    private static final String DEBT = """
            select s.debts_as_of, coalesce(sum(d.amount_minor_units), 0)::bigint
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

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entityManager;

    private final Supplier<Connection> connectionOfTransaction;

    RegisterStore() {
        // The connection belongs to the transaction: it is used here and never closed.
        this.connectionOfTransaction = () -> entityManager.unwrap(Connection.class);
    }

    /** For tests, which have a database but no container. */
    RegisterStore(Supplier<Connection> connectionOfTransaction) {
        this.connectionOfTransaction = connectionOfTransaction;
    }

    Optional<TaxpayerView> find(Contour contour, Inn inn) {
        try (PreparedStatement sql = prepare(FIND)) {
            sql.setString(1, contour.name());
            sql.setString(2, inn.digits());
            try (ResultSet row = sql.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                return Optional.of(new TaxpayerView(inn, TaxpayerKind.valueOf(row.getString(1)), row.getString(2),
                        row.getString(3), row.getString(4), row.getString(5), row.getString(6),
                        row.getObject(7, LocalDate.class), row.getObject(8, LocalDate.class)));
            }
        } catch (SQLException e) {
            throw unanswered(e);
        }
    }

    Optional<DebtView> debt(Contour contour, Inn inn) {
        try (PreparedStatement sql = prepare(DEBT)) {
            sql.setString(1, contour.name());
            sql.setString(2, inn.digits());
            try (ResultSet row = sql.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                return Optional.of(new DebtView(Optional.ofNullable(row.getObject(1, LocalDate.class)), Money.som(row.getLong(2))));
            }
        } catch (SQLException e) {
            throw unanswered(e);
        }
    }

    Optional<List<PaymentView>> payments(Contour contour, Inn inn, LocalDate from, LocalDate to) {
        return list(PAYMENTS, contour, inn, from, to, row -> new PaymentView(
                row.getObject(1, LocalDate.class), row.getString(2), Money.som(row.getLong(3))));
    }

    Optional<List<MonthlyIncomeView>> incomes(Contour contour, Inn inn, YearMonth from, YearMonth to) {
        return list(INCOMES, contour, inn, from.atDay(1), to.atDay(1), row -> new MonthlyIncomeView(
                YearMonth.from(row.getObject(1, LocalDate.class)),
                Optional.ofNullable(row.getString(2)).map(Inn::new), Money.som(row.getLong(3))));
    }

    Optional<List<MonthlyHeadcountView>> headcounts(Contour contour, Inn inn, YearMonth from, YearMonth to) {
        return list(HEADCOUNTS, contour, inn, from.atDay(1), to.atDay(1), row -> new MonthlyHeadcountView(
                YearMonth.from(row.getObject(1, LocalDate.class)), row.getInt(2)));
    }

    private <T> Optional<List<T>> list(String statement, Contour contour, Inn inn, LocalDate from, LocalDate to, RowMapping<T> mapping) {
        try (PreparedStatement sql = prepare(statement)) {
            sql.setObject(1, from);
            sql.setObject(2, to);
            sql.setString(3, contour.name());
            sql.setString(4, inn.digits());
            try (ResultSet rows = sql.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                List<T> views = new ArrayList<>();
                do {
                    // The outer join gives a known taxpayer without rows one row of nulls.
                    if (rows.getObject(1) != null) {
                        views.add(mapping.map(rows));
                    }
                } while (rows.next());
                return Optional.of(List.copyOf(views));
            }
        } catch (SQLException e) {
            throw unanswered(e);
        }
    }

    private PreparedStatement prepare(String statement) throws SQLException {
        return connectionOfTransaction.get().prepareStatement(statement);
    }

    private static PersistenceException unanswered(SQLException cause) {
        // The same type as every other store's, so that the edges need one mapping for a database that does not answer.
        return new PersistenceException(cause);
    }

    @FunctionalInterface
    private interface RowMapping<T> {
        T map(ResultSet row) throws SQLException;
    }
}
