package org.kopuro.calendar;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kopuro.ledger.Ledger;

/** The calendars by which deadlines are counted. A change counts for the very next reading on any node. */
@Stateless
public class Calendars {

    @Inject
    private CalendarStore store;
    @Inject
    private Event<CalendarChanged> changed;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** The calendar as it stands now; refuses a code that there is none of. */
    public WorkingCalendar get(String code) {
        return store.find(code).orElseThrow(() -> YearImport.unknown(code));
    }

    public List<CalendarView> list() {
        return store.list();
    }

    /** The revision of each calendar by its code: a deadline counted under a lower one is to be counted anew. */
    public Map<String, Long> revisions() {
        return store.revisions();
    }

    /** A year with its named days, or empty where it is not loaded. */
    public Optional<CalendarYear> year(String code, int year) {
        return store.year(code, year);
    }

    /**
     * Replaces a whole year by what the file says, or changes nothing. Fires {@link CalendarChanged} in this transaction.
     *
     * @param source by which act these are the days
     */
    public CalendarChanged replaceYear(String code, int year, String source, CalendarFormat format, byte[] file) {
        YearImport.Done done = YearImport.of(code, year, source, format, file).into(store, clock.instant());
        ledger.record(done.event());
        changed.fire(done.change());
        return done.change();
    }
}
