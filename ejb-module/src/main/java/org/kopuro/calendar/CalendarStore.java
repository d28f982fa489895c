package org.kopuro.calendar;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calendars under the application's role, in its transactions. */
@Dependent
class CalendarStore {

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

    Optional<WorkingCalendar> find(String code) {
        return run(connection -> new CalendarRows(connection).find(code));
    }

    List<CalendarView> list() {
        return run(connection -> new CalendarRows(connection).list());
    }

    Map<String, Long> revisions() {
        return run(connection -> new CalendarRows(connection).revisions());
    }

    Optional<CalendarYear> year(String code, int year) {
        return run(connection -> new CalendarRows(connection).year(code, year));
    }

    YearImport.Done replace(YearImport wanted, Instant at) {
        return run(connection -> wanted.into(connection, at));
    }

    private <T> T run(Work<T> work) {
        try {
            return work.on(entities.unwrap(Connection.class));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
