package org.kopuro.calendar;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** The rows of calendars over a connection, the application's or the operator's; transactions are the caller's. */
final class CalendarRows {

    private final Connection connection;

    CalendarRows(Connection connection) {
        this.connection = connection;
    }

    /** Calendar, years and days in one statement, and so as of one moment. */
    Optional<WorkingCalendar> find(String code) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select c.zone, c.weekend, c.revision, y.year, d.day, d.kind
                  from calendar.calendar c
                  left join calendar.year y on y.calendar = c.code
                  left join calendar.day d on d.calendar = y.calendar and d.year = y.year
                 where c.code = ?""")) {
            statement.setString(1, code);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                ZoneId zone = ZoneId.of(row.getString("zone"));
                Set<DayOfWeek> weekend = weekend(row.getArray("weekend"));
                long revision = row.getLong("revision");
                Set<Integer> years = new TreeSet<>();
                Map<LocalDate, DayKind> exceptions = new HashMap<>();
                do {
                    Optional.ofNullable(row.getObject("year", Integer.class)).ifPresent(years::add);
                    LocalDate day = row.getObject("day", LocalDate.class);
                    if (day != null) {
                        exceptions.put(day, DayKind.valueOf(row.getString("kind")));
                    }
                } while (row.next());
                return Optional.of(new WorkingCalendar(code, zone, weekend, years, exceptions, revision));
            }
        }
    }

    List<CalendarView> list() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select code, zone, weekend, revision, changed_at,
                       array(select y.year from calendar.year y where y.calendar = code order by y.year) as years
                  from calendar.calendar order by code""");
                ResultSet row = statement.executeQuery()) {
            List<CalendarView> calendars = new ArrayList<>();
            while (row.next()) {
                calendars.add(new CalendarView(row.getString("code"), ZoneId.of(row.getString("zone")), weekend(row.getArray("weekend")), row.getLong("revision"),
                        row.getObject("changed_at", OffsetDateTime.class).toInstant(), Arrays.stream((Short[]) row.getArray("years").getArray()).map(Short::intValue).toList()));
            }
            return calendars;
        }
    }

    Map<String, Long> revisions() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select code, revision from calendar.calendar"); ResultSet row = statement.executeQuery()) {
            Map<String, Long> revisions = new TreeMap<>();
            while (row.next()) {
                revisions.put(row.getString("code"), row.getLong("revision"));
            }
            return revisions;
        }
    }

    Optional<CalendarYear> year(String code, int year) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select y.source, y.imported_at, d.day, d.kind, d.name
                  from calendar.year y left join calendar.day d on d.calendar = y.calendar and d.year = y.year
                 where y.calendar = ? and y.year = ? order by d.day""")) {
            statement.setString(1, code);
            statement.setInt(2, year);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                String source = row.getString("source");
                Instant importedAt = row.getObject("imported_at", OffsetDateTime.class).toInstant();
                List<CalendarDay> days = new ArrayList<>();
                do {
                    LocalDate day = row.getObject("day", LocalDate.class);
                    if (day != null) {
                        days.add(new CalendarDay(day, DayKind.valueOf(row.getString("kind")), row.getString("name")));
                    }
                } while (row.next());
                return Optional.of(new CalendarYear(code, year, source, importedAt, List.copyOf(days)));
            }
        }
    }

    /** What the ledger calls the calendar. */
    Optional<UUID> id(String code) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select id from calendar.calendar where code = ?")) {
            statement.setString(1, code);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
            }
        }
    }

    /**
     * Replaces the year, or adds it, and tells the calendar's new revision. The year's row comes first: on it a second importer waits, and removes
     * afterwards what the first one added.
     */
    long replace(String code, int year, String source, List<CalendarDay> days, Instant at) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into calendar.year (calendar, year, source, imported_at) values (?, ?, ?, ?)
                on conflict on constraint year_pk do update set source = excluded.source, imported_at = excluded.imported_at""")) {
            statement.setString(1, code);
            statement.setInt(2, year);
            statement.setString(3, source);
            statement.setObject(4, at.atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement("delete from calendar.day where calendar = ? and year = ?")) {
            statement.setString(1, code);
            statement.setInt(2, year);
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into calendar.day (calendar, day, kind, name)
                select ?, d.day, d.kind, d.name from unnest(?::date[], ?::text[], ?::text[]) d (day, kind, name)""")) {
            statement.setString(1, code);
            statement.setArray(2, texts(days.stream().map(day -> day.day().toString()).toList()));
            statement.setArray(3, texts(days.stream().map(day -> day.kind().name()).toList()));
            statement.setArray(4, texts(days.stream().map(CalendarDay::name).toList()));
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement("select revision from calendar.calendar where code = ?")) {
            statement.setString(1, code);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private Array texts(List<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }

    private static Set<DayOfWeek> weekend(Array numbers) throws SQLException {
        return Arrays.stream((Short[]) numbers.getArray()).map(number -> DayOfWeek.of(number)).collect(Collectors.toUnmodifiableSet());
    }
}
