package org.kopuro.calendar;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;
import org.kopuro.testing.TestDatabase;

/** Calendars that belong to one test, added by the owner as an operator would. */
final class TestCalendars {

    private TestCalendars() {
    }

    /** A new calendar without years; its code. */
    static String add(String zone) {
        String code = "T-" + UUID.randomUUID().toString().substring(0, 12).toUpperCase(Locale.ROOT).replace("-", "");
        run("insert into calendar.calendar (code, zone, weekend) values (?, ?, '{6,7}')", code, zone);
        return code;
    }

    static void run(String sql, Object... parameters) {
        try (Connection owner = TestDatabase.shared().owner().getConnection(); PreparedStatement statement = owner.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
