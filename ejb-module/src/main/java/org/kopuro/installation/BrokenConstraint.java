package org.kopuro.installation;

import java.util.Optional;
import org.postgresql.util.PSQLException;

/** Reads which named constraint the database upheld, so that a capability can say it in its own words. */
public final class BrokenConstraint {

    private BrokenConstraint() {
    }

    /** The name of the constraint behind {@code failure}, if PostgreSQL named one. */
    public static Optional<String> in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException sql && sql.getServerErrorMessage() != null) {
                return Optional.ofNullable(sql.getServerErrorMessage().getConstraint());
            }
        }
        return Optional.empty();
    }
}
