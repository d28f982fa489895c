package org.kopuro.access.obligations;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.access.procedures.DeadlineTerm;
import org.kopuro.calendar.CalendarChanged;
import org.kopuro.calendar.Calendars;
import org.kopuro.calendar.WorkingCalendar;
import org.kopuro.kernel.Contour;

/**
 * What either side owes by when. Opened and closed in the transaction of the business that it belongs to; a lapse changes nothing by itself (ACC-34).
 */
@Stateless
public class Obligations {

    private static final int PAGE_MAX = 500;

    @Inject
    private ObligationStore store;
    @Inject
    private Calendars calendars;
    @Inject
    private Clock clock;

    /** Begins to count; nothing where the procedure sets no time. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void open(NewObligation obligation) {
        DeadlineTerm term = obligation.procedure().deadline(obligation.rule()).filter(found -> found.direction() == DeadlineTerm.Direction.AFTER).orElse(null);
        if (term == null) {
            return;
        }
        WorkingCalendar calendar = calendars.get(obligation.procedure().calendar());
        store.add(UUID.randomUUID(), obligation, term, calendar, calendar.due(obligation.countedFrom(), term.workingDays()), clock.instant());
    }

    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void meet(About about, DeadlineRule... rules) {
        store.close(about, Set.of(rules), ObligationView.Outcome.MET, clock.instant());
    }

    /** Ends what is still open, because what it was owed for is no more. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void drop(About about) {
        store.close(about, EnumSet.allOf(DeadlineRule.class), ObligationView.Outcome.DROPPED, clock.instant());
    }

    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void drop(About about, DeadlineRule rule) {
        store.close(about, Set.of(rule), ObligationView.Outcome.DROPPED, clock.instant());
    }

    /** The open ones by time left; those that no calendar reaches come first. */
    public List<ObligationView> open(Contour contour, int limit) {
        return store.open(contour, Math.min(limit, PAGE_MAX));
    }

    public List<ObligationView> of(About about) {
        return store.of(about);
    }

    /** What edited calendars moved, the newest first (ACC-30). */
    public List<MovedObligation> moves(Contour contour, int limit) {
        return store.moves(contour, Math.max(1, Math.min(limit, PAGE_MAX)));
    }

    /** What this one edit moved (ACC-30). */
    public List<MovedObligation> movedBy(CalendarChanged edit, Contour contour) {
        return store.movedBy(edit, contour, PAGE_MAX);
    }

    /** ACC-30: what is still open is counted anew, and what moved is kept to be seen. */
    public void recount(@Observes CalendarChanged news) {
        recount(calendars.get(news.calendar()));
    }

    /** The same after a change that this server was not told of, by the operator's command or by hand; how many moved. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public int recountIfOlder(String calendarCode, long revision) {
        return store.anyCountedBefore(calendarCode, revision) ? recount(calendars.get(calendarCode)) : 0;
    }

    private int recount(WorkingCalendar calendar) {
        int moved = 0;
        for (ObligationView one : store.countedBefore(calendar)) {
            moved += store.recount(one, calendar, calendar.due(one.countedFrom(), one.workingDays()), clock.instant()) ? 1 : 0;
        }
        return moved;
    }
}
