package org.kopuro.installation;

import java.sql.SQLException;

/** The database did not do what it was told. {@link #constraint()} lets a capability say in its own words what was in the way. */
public class SqlFailure extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    SqlFailure(SQLException cause) {
        super(cause);
    }

    /** The name of the constraint that was upheld; empty text where it was something else. */
    public String constraint() {
        return BrokenConstraint.in(getCause()).orElse("");
    }

    /** SQLSTATE. */
    public String state() {
        return ((SQLException) getCause()).getSQLState();
    }
}
