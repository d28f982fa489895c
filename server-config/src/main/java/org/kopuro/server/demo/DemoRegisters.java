package org.kopuro.server.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;
import org.kopuro.kernel.Contour;
import org.kopuro.registers.bulk.SyntheticTaxpayers;

/**
 * The invented taxpayers. What they were made from is remembered, so that a later start neither makes them again nor moves their
 * last month.
 */
public final class DemoRegisters {

    private static final ZoneId ZONE = ZoneId.of("Asia/Bishkek");
    private static final long SEED = 1;
    private static final String UNFINISHED = "unfinished";

    private final DemoFolder folder;
    private final int taxpayers;
    private final Clock clock;

    public DemoRegisters(DemoFolder folder, int taxpayers, Clock clock) {
        this.folder = folder;
        this.taxpayers = taxpayers;
        this.clock = clock;
    }

    /** The last month with data. */
    public YearMonth fill(Connection owner, PrintStream out) throws SQLException, IOException {
        Optional<Remembered> remembered = remembered();
        YearMonth last = remembered.map(Remembered::last).orElseGet(() -> YearMonth.now(clock.withZone(ZONE)).minusMonths(1));
        // The folder may have outlived the database, so the database has the last word.
        if (remembered.isPresent() && remembered.get().taxpayers() >= taxpayers && isFilled(owner)) {
            return last;
        }
        // Before the first row: a start that is cut short is taken up with the same month.
        remember(last, UNFINISHED);
        out.print("  registers ");
        new SyntheticTaxpayers(owner, SEED, last).generate(Contour.TEST, taxpayers, done -> out.print(" " + done + "…"));
        out.println(" taxpayers, all of them invented, with data up to " + last);
        remember(last, Integer.toString(taxpayers));
        return last;
    }

    private record Remembered(YearMonth last, int taxpayers) {
    }

    private Optional<Remembered> remembered() throws IOException {
        if (!Files.exists(folder.registers())) {
            return Optional.empty();
        }
        String[] words = Files.readString(folder.registers()).strip().split("\\s+");
        try {
            return words.length != 2 ? Optional.empty()
                    : Optional.of(new Remembered(YearMonth.parse(words[0]), words[1].equals(UNFINISHED) ? 0 : Integer.parseInt(words[1])));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private void remember(YearMonth last, String count) throws IOException {
        DemoFolder.writePrivately(folder.registers(), last + " " + count + "\n");
    }

    private static boolean isFilled(Connection owner) throws SQLException {
        try (PreparedStatement statement = owner.prepareStatement("select 1 from registers.taxpayer where contour = 'TEST' and inn = ?")) {
            statement.setString(1, SyntheticTaxpayers.DEMO_ENTREPRENEUR.digits());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }
}
