package org.kopuro.access.monitoring;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Counted use of services (ACC-95): statistics, complete but for the last seconds, and for those before a node died. */
@Stateless
public class Uses {

    public static final int PAGE_MAX = 5_000;

    @Inject
    private UseStore store;

    /** Adds calls to their hours. */
    public void count(List<MeasuredCall> calls) {
        store.count(calls);
    }

    /** In the order in which they were first counted; {@code after} is the last number of the page that was read. */
    public List<UseView> list(UseFilter filter, Optional<Long> after, int limit) {
        return store.list(filter, after.orElse(0L), Math.max(1, Math.min(limit, PAGE_MAX)));
    }
}
