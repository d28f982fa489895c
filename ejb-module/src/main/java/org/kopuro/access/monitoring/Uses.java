package org.kopuro.access.monitoring;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.Participants;

/** Counted use of services (ACC-95): statistics, complete but for the last seconds, and for those before a node died. */
@Stateless
public class Uses {

    public static final int PAGE_MAX = 5_000;
    /** Participants of which rates are told at once. */
    public static final int RATES_MAX = 200;

    /**
     * What calls are refused with for nothing that their caller did: the service or the contour was switched off. By name, as those of the exchange, which asks this
     * capability, cannot be known here.
     */
    public static final List<String> SWITCHED_OFF = List.of("SERVICE_UNAVAILABLE_PLANNED", "SERVICE_DISABLED", "MAINTENANCE_MODE");

    @Inject
    private UseStore store;
    @Inject
    private Participants participants;

    /** Adds calls to their hours. */
    public void count(List<MeasuredCall> calls) {
        store.count(calls);
    }

    /** In the order in which they were first counted; {@code after} is the last number of the page that was read. */
    public List<UseView> list(UseFilter filter, Optional<Long> after, int limit) {
        return store.list(filter, after.orElse(0L), Math.max(1, Math.min(limit, PAGE_MAX)));
    }

    /**
     * How many of a participant's calls failed, and how many took long (ACC-O8): those of the largest share of errors first.
     *
     * @param own     whose people ask; empty: officials
     * @param atLeast so many calls, before a share says anything
     * @throws Refusal NOT_FOUND for a participant that is not there, or not the asker's to see; FIELD_INVALID for other than 1 to {@value #RATES_MAX} participants
     */
    public List<ParticipantRates> rates(UseFilter filter, Optional<ParticipantId> own, int atLeast, int limit) {
        if (limit < 1 || limit > RATES_MAX) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "limit");
        }
        return store.rates(filter.of(participants.asked(own, filter.participant())), Math.max(1, atLeast), limit);
    }
}
