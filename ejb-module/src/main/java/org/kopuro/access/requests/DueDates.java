package org.kopuro.access.requests;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.Connections;
import org.kopuro.access.agreements.AgreementDates;
import org.kopuro.access.agreements.AgreementDue;
import org.kopuro.access.obligations.Obligations;
import org.kopuro.calendar.Calendars;

/**
 * What happens because a moment has come: announced suspensions and terminations, agreements that end, requests without an answer, calendars that were changed
 * past this server. Any node may look at any time; whoever holds the row first does it, and the others find it done.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DueDates {

    private static final int AT_ONCE = 100;

    @Inject
    private RequestStore requestStore;
    @Inject
    private Requests requests;
    @Inject
    private Connections connections;
    @Inject
    private AgreementDates agreements;
    @Inject
    private Obligations obligations;
    @Inject
    private Calendars calendars;
    @Inject
    private Clock clock;

    /** One look, each matter in a transaction of its own; how much was done. */
    public int look() {
        int done = 0;
        for (ConnectionView connection : connections.announcedUntil(clock.instant(), AT_ONCE)) {
            done += connections.reachDate(connection.id()) ? 1 : 0;
        }
        for (AgreementDue due : agreements.due()) {
            done += agreements.bringAbout(due) ? 1 : 0;
        }
        for (RequestView request : requestStore.unanswered(clock.instant(), AT_ONCE)) {
            done += requests.lapseIfDue(request.id()) ? 1 : 0;
        }
        for (Map.Entry<String, Long> calendar : calendars.revisions().entrySet()) {
            done += obligations.recountIfOlder(calendar.getKey(), calendar.getValue());
        }
        return done;
    }
}
