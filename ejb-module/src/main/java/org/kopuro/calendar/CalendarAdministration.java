package org.kopuro.calendar;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.kopuro.installation.Sql;
import org.kopuro.ledger.LedgerAdministration;

/**
 * Calendars over the connection of the schema's owner, beside the application: the operator's command. Nobody in the application is told by an event; the
 * calendar's revision grows, and with it {@link Calendars#revisions} tells.
 */
public final class CalendarAdministration {

    private final Connection owner;
    private final CalendarStore store;
    private final Clock clock;

    /** @param owner in auto-commit mode; stays open */
    public CalendarAdministration(Connection owner, Clock clock) {
        this.owner = owner;
        store = new CalendarStore(Sql.on(owner));
        this.clock = clock;
    }

    /** As {@link Calendars#replaceYear}, in a transaction of its own. */
    public CalendarChanged replaceYear(String code, int year, String source, CalendarFormat format, byte[] file) throws SQLException {
        YearImport wanted = YearImport.of(code, year, source, format, file);
        owner.setAutoCommit(false);
        try {
            YearImport.Done done = wanted.into(store, clock.instant(), Optional.empty());
            LedgerAdministration.record(owner, done.event());
            owner.commit();
            return done.change();
        } finally {
            // Nothing to roll back after a commit; everything after a failure.
            owner.rollback();
            owner.setAutoCommit(true);
        }
    }

    public WorkingCalendar get(String code) {
        return store.find(code).orElseThrow(() -> YearImport.unknown(code));
    }

    public Optional<CalendarYear> year(String code, int year) {
        return store.year(code, year);
    }
}
