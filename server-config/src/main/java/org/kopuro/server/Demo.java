package org.kopuro.server;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.YearMonth;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.kopuro.registers.bulk.SyntheticTaxpayers;
import org.kopuro.server.demo.DemoAccounts;
import org.kopuro.server.demo.DemoFolder;
import org.kopuro.server.demo.DemoLoans;
import org.kopuro.server.demo.DemoRegisters;
import org.kopuro.server.demo.FirstCall;

/**
 * Fills a fresh system with a synthetic demo and says who can sign in and how to make the first call. Called at every start, so
 * it is repeatable. A demo that cannot be loaded is told in one line and keeps nothing from running.
 */
public final class Demo {

    private final int taxpayers;
    private final Clock clock;

    public Demo(int taxpayers, Clock clock) {
        this.taxpayers = taxpayers;
        this.clock = clock;
    }

    public void load(Running running, PrintStream out) throws InterruptedException {
        if (!running.contours().equals(Set.of("TEST"))) {
            out.println("  demo      not loaded: demo accounts are refused where a production contour is served");
            return;
        }
        DemoFolder folder = new DemoFolder(running.demo());
        try (Connection owner = running.database().connectAsOwner()) {
            folder.prepare();
            YearMonth lastMonth = new DemoRegisters(folder, taxpayers, clock).fill(owner, out);
            Map<String, String> passwords = new DemoAccounts(folder, clock).put(owner);
            passwords.forEach((login, password) -> out.printf("  account   %-16s %s%n", login, password));
            UUID bank = new FirstCall(folder, running.keys(), clock).arrange(running.baseUrl(), passwords, lastMonth);
            new DemoAccounts(folder, clock).putBank(owner, bank).forEach((login, password) -> out.printf("  account   %-16s %s%n", login, password));
            lend(running, folder, owner, passwords, out);
            out.println("  files     " + folder.path());
            out.println("  call      " + readyCall(running));
        } catch (SQLException e) {
            out.println("  demo      not loaded: the database refused (SQLSTATE " + e.getSQLState() + ")");
        } catch (IOException e) {
            out.println("  demo      not loaded: " + e.getMessage());
        }
    }

    /** Apart, because the first call works without. */
    private void lend(Running running, DemoFolder folder, Connection owner, Map<String, String> passwords, PrintStream out) throws InterruptedException {
        try {
            new DemoLoans(folder, running.keys(), clock).arrange(owner, running.baseUrl(), passwords).forEach((login, password) -> out.printf("  account   %-16s %s%n", login, password));
        } catch (SQLException e) {
            out.println("  loans     not loaded: the database refused (SQLSTATE " + e.getSQLState() + ")");
        } catch (IOException e) {
            out.println("  loans     not loaded: " + e.getMessage());
        }
    }

    /** Short where the defaults fit, and complete where the folder or the port are others. The token stays in its file, out of scrollbacks. */
    private static String readyCall(Running running) {
        boolean here = Path.of("").toAbsolutePath().equals(running.root());
        StringBuilder call = new StringBuilder();
        if (!running.var().equals(running.root().resolve("var"))) {
            call.append("KOPURO_VAR=").append(word(running.var())).append(' ');
        }
        Path token = running.demo().resolve("app/token.txt");
        call.append(here ? "bin/call" : word(running.root().resolve("bin/call")))
                .append(" tpDataByINN --inn ").append(SyntheticTaxpayers.DEMO_ENTREPRENEUR.digits())
                .append(" --token \"$(cat ").append(word(here && token.startsWith(running.root()) ? running.root().relativize(token) : token)).append(")\"");
        if (!running.baseUrl().equals(URI.create("http://127.0.0.1:8080"))) {
            call.append(" --url ").append(running.baseUrl().resolve("/soap/tax/v1"));
        }
        return call.toString();
    }

    /** A path as one word of a shell, quoted where it has to be. */
    private static String word(Path path) {
        return path.toString().matches("[\\w./-]+") ? path.toString() : "'" + path.toString().replace("'", "'\\''") + "'";
    }
}
