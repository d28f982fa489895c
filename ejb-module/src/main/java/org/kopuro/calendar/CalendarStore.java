package org.kopuro.calendar;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;

/** Calendars under the application's role or, over the operator's connection, under the owner's; transactions are the caller's. */
@Dependent
class CalendarStore {

    private final Sql sql;

    @Inject
    CalendarStore(Sql sql) {
        this.sql = sql;
    }

    /** Calendar, years and days in one statement, and so as of one moment. */
    Optional<WorkingCalendar> find(String code) {
        record Head(ZoneId zone, Set<DayOfWeek> weekend, long revision) {
        }
        Set<Integer> years = new TreeSet<>();
        Map<LocalDate, DayKind> exceptions = new HashMap<>();
        List<Head> heads = new ArrayList<>();
        sql.each("""
                select c.zone, c.weekend, c.revision, y.year, d.day, d.kind
                  from calendar.calendar c
                  left join calendar.year y on y.calendar = c.code
                  left join calendar.day d on d.calendar = y.calendar and d.year = y.year
                 where c.code = ?""", row -> {
            if (heads.isEmpty()) {
                heads.add(new Head(ZoneId.of(row.text("zone")), weekend(row), row.large("revision")));
            }
            row.maybe("year", row::number).ifPresent(years::add);
            row.maybe("day", row::day).ifPresent(day -> exceptions.put(day, row.as(DayKind.class, "kind")));
        }, code);
        return heads.stream().findFirst().map(head -> new WorkingCalendar(code, head.zone(), head.weekend(), years, exceptions, head.revision()));
    }

    List<CalendarView> list() {
        return sql.list("""
                select code, zone, weekend, revision, changed_at,
                       array(select y.year from calendar.year y where y.calendar = code order by y.year) as years
                  from calendar.calendar order by code""",
                row -> new CalendarView(row.text("code"), ZoneId.of(row.text("zone")), weekend(row), row.large("revision"), row.instant("changed_at"),
                        row.all(Short.class, "years").stream().map(Short::intValue).toList()));
    }

    Map<String, Long> revisions() {
        Map<String, Long> revisions = new TreeMap<>();
        sql.each("select code, revision from calendar.calendar", row -> revisions.put(row.text("code"), row.large("revision")));
        return revisions;
    }

    Optional<CalendarYear> year(String code, int year) {
        record Head(String source, Instant importedAt) {
        }
        List<CalendarDay> days = new ArrayList<>();
        List<Head> heads = sql.list("""
                select y.source, y.imported_at, d.day, d.kind, d.name
                  from calendar.year y left join calendar.day d on d.calendar = y.calendar and d.year = y.year
                 where y.calendar = ? and y.year = ? order by d.day""", row -> {
            row.maybe("day", row::day).ifPresent(day -> days.add(new CalendarDay(day, row.as(DayKind.class, "kind"), row.text("name"))));
            return new Head(row.text("source"), row.instant("imported_at"));
        }, code, year);
        return heads.stream().findFirst().map(head -> new CalendarYear(code, year, head.source(), head.importedAt(), List.copyOf(days)));
    }

    /** What the ledger calls the calendar. */
    Optional<UUID> id(String code) {
        return sql.first("select id from calendar.calendar where code = ?", row -> row.uuid("id"), code);
    }

    /**
     * Replaces the year, or adds it, and tells the calendar's new revision. The year's row comes first: on it a second importer waits, and removes
     * afterwards what the first one added.
     */
    long replace(String code, int year, String source, List<CalendarDay> days, Instant at) {
        sql.update("""
                insert into calendar.year (calendar, year, source, imported_at) values (?, ?, ?, ?)
                on conflict on constraint year_pk do update set source = excluded.source, imported_at = excluded.imported_at""", code, year, source, at);
        sql.update("delete from calendar.day where calendar = ? and year = ?", code, year);
        sql.update("""
                insert into calendar.day (calendar, day, kind, name)
                select ?, d.day, d.kind, d.name from unnest(?::date[], ?::text[], ?::text[]) d (day, kind, name)""",
                code, days.stream().map(CalendarDay::day).toList(), days.stream().map(CalendarDay::kind).toList(), days.stream().map(CalendarDay::name).toList());
        return sql.one("select revision from calendar.calendar where code = ?", row -> row.large("revision"), code);
    }

    /** Whether the year is loaded; if so, nobody else changes it until the transaction ends. */
    boolean hold(String code, int year) {
        return sql.exists("select from calendar.year where calendar = ? and year = ? for update", code, year);
    }

    /** What the day is named as; empty where it follows the weekend. */
    Optional<DayKind> named(String code, LocalDate day) {
        return sql.first("select kind from calendar.day where calendar = ? and day = ?", row -> row.as(DayKind.class, "kind"), code, day);
    }

    /** Names the day anew, or takes its name away; tells the calendar's new revision. */
    long put(String code, LocalDate day, Optional<CalendarDay> wanted, String source) {
        sql.update("delete from calendar.day where calendar = ? and day = ?", code, day);
        wanted.ifPresent(named -> sql.update("insert into calendar.day (calendar, day, kind, name, source) values (?, ?, ?, ?, ?)", code, day, named.kind(), named.name(), source));
        return sql.one("select revision from calendar.calendar where code = ?", row -> row.large("revision"), code);
    }

    private static Set<DayOfWeek> weekend(Row row) {
        return row.all(Short.class, "weekend").stream().map(DayOfWeek::of).collect(Collectors.toUnmodifiableSet());
    }
}
