package org.kopuro.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;

/** How many refusals of strangers this node writes to the database in a second. */
@ApplicationScoped
class StrangersQuota {

    static final int PER_SECOND_MAX = 50;
    private static final Logger LOG = Logger.getLogger(StrangersQuota.class.getName());

    private long second;
    private int seen;

    synchronized boolean admits(Instant at) {
        if (at.getEpochSecond() != second) {
            if (seen > PER_SECOND_MAX) {
                LOG.log(Level.WARNING, "{0} refusals of strangers were not recorded in a second", seen - PER_SECOND_MAX);
            }
            second = at.getEpochSecond();
            seen = 0;
        }
        return ++seen <= PER_SECOND_MAX;
    }
}
