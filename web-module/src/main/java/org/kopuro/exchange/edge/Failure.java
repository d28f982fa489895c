package org.kopuro.exchange.edge;

import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import org.kopuro.documents.NoRoom;
import org.kopuro.kernel.Language;

/** What is told when we failed: that it was us, and whether trying again helps. Never a stack trace, SQL or a class name. */
public enum Failure {
    TEMPORARILY_UNAVAILABLE, INTERNAL_ERROR;

    /** [data] The minute that the sentence speaks of, in HTTP's words. */
    private static final String RETRY_AFTER_SECONDS = "60";
    /** Serialization failure, deadlock, a lock or a statement that took too long: of two calls that were in each other's way one was undone, and goes through alone. */
    private static final Set<String> CONTENTION = Set.of("40001", "40P01", "55P03", "57014");

    /** What HTTP's field {@code Retry-After} says; empty where trying again does not help. */
    public Optional<String> retryAfter() {
        return this == TEMPORARILY_UNAVAILABLE ? Optional.of(RETRY_AFTER_SECONDS) : Optional.empty();
    }

    public String sentence(Language language) {
        return ResourceBundle.getBundle(Failure.class.getPackageName() + ".failures", language.locale(), Failure.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)).getString(name());
    }

    /** An outage is a database that does not answer, refuses connections or cannot keep messages, or a node without room for a file; a call that lost against another may be repeated, too. Anything else is our defect. */
    public static Failure of(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof java.sql.SQLException sql && isOutage(sql.getSQLState())
                    || each instanceof NotKept || each instanceof NoRoom || each instanceof jakarta.resource.ResourceException || each instanceof java.sql.SQLTransientException) {
                return TEMPORARILY_UNAVAILABLE;
            }
        }
        return INTERNAL_ERROR;
    }

    /** Connection exceptions, insufficient resources (disk, connections), operator intervention (shutdown), read-only standby, a call that stood still for too long. */
    private static boolean isOutage(String state) {
        return state == null || state.startsWith("08") || state.startsWith("53") || state.startsWith("57P") || state.startsWith("58") || state.equals("25006") || state.equals("25P03")
                || CONTENTION.contains(state);
    }
}
