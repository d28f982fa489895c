package org.kopuro.access.requests;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.Connections;
import org.kopuro.access.agreements.AgreementDates;
import org.kopuro.access.agreements.AgreementDue;
import org.kopuro.access.duties.AnnouncementId;
import org.kopuro.access.duties.UntoldAnnouncements;
import org.kopuro.access.obligations.Obligations;
import org.kopuro.access.products.ProductDates;
import org.kopuro.access.products.ProductDue;
import org.kopuro.access.reminders.Reminder;
import org.kopuro.access.reminders.Reminders;
import org.kopuro.calendar.Calendars;
import org.kopuro.installation.Setback;
import org.kopuro.installation.Setbacks;

/**
 * What happens because a moment has come: announced suspensions and terminations, outages and changes that were not told in time, agreements and licences that end,
 * requests without an answer, calendars that were changed past this server, obligations to be reminded of. Any node may look at any time; whoever holds the row first does it, and the others find it done.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DueDates {

    private static final Logger LOG = Logger.getLogger(DueDates.class.getName());
    private static final int AT_ONCE = 100;

    @Inject
    private Requests requests;
    @Inject
    private Connections connections;
    @Inject
    private AgreementDates agreements;
    @Inject
    private UntoldAnnouncements untold;
    @Inject
    private ProductDates products;
    @Inject
    private Obligations obligations;
    @Inject
    private Reminders reminders;
    @Inject
    private Calendars calendars;
    @Inject
    private Setbacks setbacks;
    @Inject
    private Clock clock;

    /** One look, each matter in a transaction of its own; how much was done. What fails is told and put off, ever longer, and holds up nothing else. */
    public int look() {
        int done = 0;
        Map<String, Setback> failed = setbacks.list().stream().collect(Collectors.toMap(Setback::matter, Function.identity()));
        for (ConnectionView connection : connections.announcedUntil(clock.instant(), AT_ONCE)) {
            done += attempt("connection " + connection.id().value(), failed, () -> connections.reachDate(connection.id()) ? 1 : 0);
        }
        for (AgreementDue due : agreements.due()) {
            done += attempt(due.matter(), failed, () -> agreements.bringAbout(due) ? 1 : 0);
        }
        for (AnnouncementId announcement : untold.found()) {
            done += attempt("announcement " + announcement.value(), failed, () -> untold.tell(announcement) ? 1 : 0);
        }
        for (ProductDue due : products.due()) {
            done += attempt(due.matter(), failed, () -> products.bringAbout(due) ? 1 : 0);
        }
        for (RequestView request : requests.unanswered(clock.instant(), AT_ONCE)) {
            done += attempt("request " + request.id().value(), failed, () -> requests.lapseIfDue(request.id()) ? 1 : 0);
        }
        for (Map.Entry<String, Long> calendar : calendars.revisions().entrySet()) {
            done += attempt("calendar " + calendar.getKey(), failed, () -> obligations.recountIfOlder(calendar.getKey(), calendar.getValue()));
        }
        // Last: what lapsed into something else just now is owed no more, and a day that moved is told as it is.
        for (Reminder reminder : reminders.due()) {
            done += attempt(reminder.matter(), failed, () -> reminders.tell(reminder) ? 1 : 0);
        }
        return done;
    }

    private int attempt(String what, Map<String, Setback> failed, IntSupplier matter) {
        Optional<Setback> before = Optional.ofNullable(failed.get(what));
        if (before.filter(setback -> setback.nextAt().isAfter(clock.instant())).isPresent()) {
            return 0;
        }
        try {
            int done = matter.getAsInt();
            before.ifPresent(setback -> setbacks.over(what));
            return done;
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "What is due for {0} failed and is tried again: {1}", new Object[] {what, e.getMessage()});
            putOff(what, e);
            return 0;
        }
    }

    /** Whatever happens here, those that come after have their turn. */
    private void putOff(String what, RuntimeException cause) {
        try {
            setbacks.failed(what, cause);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "That {0} failed could not be kept: {1}", new Object[] {what, e.getMessage()});
        }
    }
}
