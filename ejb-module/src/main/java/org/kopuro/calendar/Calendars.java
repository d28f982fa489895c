package org.kopuro.calendar;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/** The calendars by which deadlines are counted. A change counts for the very next reading on any node. */
@Stateless
public class Calendars {

    /** How long a year's file may be; of a longer one, more need not be read to refuse it. */
    public static final int FILE_OCTETS_MAX = YearFile.LIMIT_BYTES;

    @Inject
    private CalendarStore store;
    @Inject
    private Event<CalendarChanged> changed;
    @Inject
    private Ledger ledger;
    @Inject
    private Installation installation;
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
     * Names a single day of a loaded year, as a further act says. Fires {@link CalendarChanged} in this transaction, as an import does, and is lost to the next
     * import of the year. Calendars are of both contours, so that only officials of PRODUCTION change them where the installation has that.
     *
     * @param source by which act
     */
    public CalendarChanged setDay(String code, CalendarDay day, String source, Contour contour, Actor by) {
        return change(code, day.day(), Optional.of(new CalendarDay(day.day(), day.kind(), Input.text(day.name(), "name", YearFile.NAME_LIMIT))), source, contour, by);
    }

    /** As {@link #setDay}, for a day that is to follow the weekend again; refuses one that is not named. */
    public CalendarChanged clearDay(String code, LocalDate day, String source, Contour contour, Actor by) {
        return change(code, day, Optional.empty(), source, contour, by);
    }

    private CalendarChanged change(String code, LocalDate day, Optional<CalendarDay> wanted, String source, Contour contour, Actor by) {
        installation.requireForBoth(contour, CalendarRefusal.CALENDAR_NOT_OF_THIS_CONTOUR);
        String act = Input.text(source, "source", YearImport.SOURCE_LIMIT);
        UUID id = store.id(code).orElseThrow(() -> YearImport.unknown(code));
        if (!store.hold(code, day.getYear())) {
            throw Refusal.of(CalendarRefusal.CALENDAR_MISSING, "day", code, String.valueOf(day.getYear()));
        }
        Optional<DayKind> before = store.named(code, day);
        if (before.isEmpty() && wanted.isEmpty()) {
            throw Refusal.of(InputRefusal.NOT_FOUND, "day");
        }
        CalendarChanged change = new CalendarChanged(code, day.getYear(), store.put(code, day, wanted, act));
        ledger.record(LedgerEvent.of("calendar.day_changed", 1, "calendar", id, clock.instant()).with("calendar", code).with("day", day.toString())
                .with("before", before.map(DayKind::name)).with("after", wanted.map(named -> named.kind().name())).with("revision", change.revision()).with("actor", by.account())
                .with("actorRole", by.role()).personal("source", act));
        changed.fire(change);
        return change;
    }

    /**
     * Replaces a whole year by what the file says, or changes nothing. Fires {@link CalendarChanged} in this transaction. By whom a day may be changed, by him a year.
     *
     * @param source by which act these are the days
     */
    public CalendarChanged replaceYear(String code, int year, String source, CalendarFormat format, byte[] file, Contour contour, Actor by) {
        installation.requireForBoth(contour, CalendarRefusal.CALENDAR_NOT_OF_THIS_CONTOUR);
        YearImport.Done done = YearImport.of(code, year, source, format, file).into(store, clock.instant(), Optional.of(by));
        ledger.record(done.event());
        changed.fire(done.change());
        return done.change();
    }
}
