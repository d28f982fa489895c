package org.kopuro.registers.bulk;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongConsumer;
import org.kopuro.installation.CopyText;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Refusal;

/**
 * Invents taxpayers for the TEST contour: of ten, two are organisations, three entrepreneurs, five people. The first three are
 * always the demo taxpayers, who have rows in every table that fits them. Every INN has the date 30 February, and the
 * numbers below {@value #FIRST_NUMBER} (last five digits) stay free for the demo and for tests.
 *
 * <p>A taxpayer and his rows depend on the seed, the reference month and his place in the row only, so that the same
 * arguments give the same rows on any machine and a longer run begins with the rows of a shorter one.
 *
 * <p>Running again is safe: a taxpayer who is there keeps his rows as they are, missing ones are added, and the outcome says how
 * many of each. A run that broke off is therefore finished by running it again.
 */
public final class SyntheticTaxpayers {

    /** «Демо предприниматель Айбек»: payments, incomes of his own declaration, headcounts, no debt. */
    public static final Inn DEMO_ENTREPRENEUR = new Inn("23002199000001");
    /** «Демо ОсОО»: payments, headcounts and a debt. */
    public static final Inn DEMO_ORGANISATION = new Inn("03002202000001");
    /** A person, employed by the demo organisation: incomes, payments, no debt. */
    public static final Inn DEMO_PERSON = new Inn("13002199500007");

    /** Fewer would leave out a demo taxpayer. */
    public static final int LEAST_COUNT = 3;
    /** More would run out of numbers. */
    public static final int GREATEST_COUNT = 10_000_000;

    static final int FIRST_NUMBER = 10_000;

    private static final int TAXPAYERS_PER_CHUNK = 5_000;

    private final Connection connection;
    private final long seed;
    private final YearMonth referenceMonth;

    /**
     * @param connection     under the owner's role, in auto-commit mode; stays open
     * @param referenceMonth the last month with data; debts are as of its last day
     */
    public SyntheticTaxpayers(Connection connection, long seed, YearMonth referenceMonth) {
        this.connection = connection;
        this.seed = seed;
        this.referenceMonth = referenceMonth;
    }

    /**
     * Makes sure that the first {@code count} taxpayers are there, chunk by chunk, each in a transaction of its own.
     *
     * @param contour  PRODUCTION is refused: invented people have no place there
     * @param progress is told the number of taxpayers done so far
     */
    public SyntheticOutcome generate(Contour contour, int count, LongConsumer progress) throws SQLException, IOException {
        if (contour != Contour.TEST) {
            throw Refusal.of(LoadRefusal.SYNTHETIC_IN_PRODUCTION, "contour");
        }
        if (count < LEAST_COUNT || count > GREATEST_COUNT) {
            throw new IllegalArgumentException("count must be from " + LEAST_COUNT + " to " + GREATEST_COUNT + ", not " + count);
        }
        SyntheticOutcome outcome = new SyntheticOutcome(0, 0, 0);
        for (int first = 0; first < count; first += TAXPAYERS_PER_CHUNK) {
            int from = first;
            int to = Math.min(count, first + TAXPAYERS_PER_CHUNK);
            outcome = outcome.plus(BulkTransaction.run(connection, contour, transaction -> addMissing(transaction, from, to)));
            progress.accept(to);
        }
        return outcome;
    }

    private SyntheticOutcome addMissing(BulkTransaction transaction, int from, int to) throws SQLException {
        CopyText taxpayers = new CopyText();
        for (int index = from; index < to; index++) {
            SyntheticTaxpayer.at(index, seed).writeTo(taxpayers);
        }
        transaction.execute("create temporary table staging (like registers.taxpayer) on commit drop");
        transaction.copy("copy staging from stdin", taxpayers);
        Set<String> added = addedFromStaging(transaction);
        if (added.isEmpty()) {
            return new SyntheticOutcome(0, to - from, 0);
        }
        SyntheticRows rows = new SyntheticRows(seed, referenceMonth);
        for (int index = from; index < to; index++) {
            SyntheticTaxpayer taxpayer = SyntheticTaxpayer.at(index, seed);
            if (added.contains(taxpayer.inn())) {
                rows.add(taxpayer, index);
            }
        }
        transaction.execute("insert into registers.register_state (contour, debts_as_of) values ('TEST', '"
                + referenceMonth.atEndOfMonth() + "') on conflict do nothing");
        return new SyntheticOutcome(added.size(), to - from - added.size(), added.size() + rows.copy(transaction));
    }

    private static Set<String> addedFromStaging(BulkTransaction transaction) throws SQLException {
        Set<String> added = new HashSet<>();
        try (Statement sql = transaction.connection().createStatement();
                ResultSet rows = sql.executeQuery(
                        "insert into registers.taxpayer select * from staging order by inn on conflict do nothing returning inn")) {
            while (rows.next()) {
                added.add(rows.getString(1));
            }
        }
        return added;
    }
}
