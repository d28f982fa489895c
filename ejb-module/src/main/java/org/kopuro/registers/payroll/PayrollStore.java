package org.kopuro.registers.payroll;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Contour;

/** The rows of payroll reports. */
@Dependent
class PayrollStore {

    private static final String COLUMNS = "r.id, r.inn, r.year, r.quarter, r.correction, r.filed_at, r.accepted_at, r.loaded_at";
    private static final String COUNTS = "m.month, m.rows, m.triples, m.snils, m.no_snils, m.no_category, m.digest";

    @Inject
    private Sql sql;

    Map<String, Employment> latest(Set<String> inns, Contour contour, Instant at) {
        Map<String, Employment> latest = new HashMap<>();
        sql.each("""
                select %s, exists (select from registers.payroll_month m where m.report_id = r.id and m.month = make_date(r.year, r.quarter * 3, 1) and m.rows > 0) as employs
                  from unnest(?::text[]) a (inn)
                  cross join lateral (
                       select * from registers.payroll_report p
                        where p.contour = ? and p.inn = a.inn and p.accepted_at <= ? and p.loaded_at <= ?
                          and exists (select from registers.payroll_month m where m.report_id = p.id)
                        order by p.year desc, p.quarter desc, p.correction desc limit 1) r""".formatted(COLUMNS),
                row -> latest.put(row.text("inn"), new Employment(report(row), row.flag("employs"))), inns, contour, at, at);
        return latest;
    }

    Map<MonthAsked, MonthCounted> counted(Set<MonthAsked> asked, Contour contour, Instant at) {
        Map<MonthAsked, MonthCounted> counted = new HashMap<>();
        List<MonthAsked> ordered = List.copyOf(asked);
        sql.each("""
                select %s, %s
                  from unnest(?::text[], ?::date[]) a (inn, month)
                  cross join lateral (
                       select * from registers.payroll_report p
                        where p.contour = ? and p.inn = a.inn and p.year = extract(year from a.month)::smallint and p.quarter = extract(quarter from a.month)::smallint
                          and p.accepted_at <= ? and p.loaded_at <= ? and exists (select from registers.payroll_month m where m.report_id = p.id)
                        order by p.correction desc limit 1) r
                  join registers.payroll_month m on m.report_id = r.id and m.month = a.month""".formatted(COLUMNS, COUNTS),
                row -> {
                    MonthCounted one = month(row);
                    counted.put(new MonthAsked(one.report().inn(), one.month()), one);
                }, inns(ordered), months(ordered), contour, at, at);
        return counted;
    }

    Map<ReportMonth, MonthCounted> recounted(Set<ReportMonth> asked, Contour contour) {
        Map<ReportMonth, MonthCounted> counted = new HashMap<>();
        List<ReportMonth> ordered = List.copyOf(asked);
        sql.each("""
                select %s, %s
                  from unnest(?::uuid[], ?::date[]) a (report_id, month)
                  join registers.payroll_report r on r.id = a.report_id and r.contour = ?
                  cross join lateral (select * from registers.payroll_count c where c.report_id = a.report_id and c.month = a.month) m""".formatted(COLUMNS, COUNTS),
                row -> {
                    MonthCounted one = month(row);
                    counted.put(new ReportMonth(one.report().id(), one.month()), one);
                }, ordered.stream().map(ReportMonth::report).toList(), ordered.stream().map(month -> month.month().atDay(1)).toList(), contour);
        return counted;
    }

    Map<MonthAsked, Insured> insured(Set<MonthAsked> asked, Contour contour, Instant at) {
        Map<MonthAsked, Insured> insured = new HashMap<>();
        List<MonthAsked> ordered = List.copyOf(asked);
        sql.each("""
                select n.id, n.inn, n.month, n.number, n.loaded_at
                  from unnest(?::text[], ?::date[]) a (inn, month)
                  cross join lateral (
                       select * from registers.pfr_insured p where p.contour = ? and p.inn = a.inn and p.month = a.month and p.loaded_at <= ?
                        order by p.loaded_at desc limit 1) n""",
                row -> insured.put(new MonthAsked(row.text("inn"), YearMonth.from(row.day("month"))), insured(row)), inns(ordered), months(ordered), contour, at);
        return insured;
    }

    Optional<Insured> insured(UUID id, Contour contour) {
        return sql.first("select id, inn, month, number, loaded_at from registers.pfr_insured where id = ? and contour = ?", PayrollStore::insured, id, contour);
    }

    List<MonthCounted> months(String inn, Contour contour, Instant at, int limit) {
        List<MonthCounted> newestFirst = new ArrayList<>(sql.list("""
                select %s, %s
                  from (select distinct on (p.year, p.quarter) p.* from registers.payroll_report p
                         where p.contour = ? and p.inn = ? and p.accepted_at <= ? and p.loaded_at <= ? and exists (select from registers.payroll_month m where m.report_id = p.id)
                         order by p.year, p.quarter, p.correction desc) r
                  join registers.payroll_month m on m.report_id = r.id
                 order by m.month desc limit ?""".formatted(COLUMNS, COUNTS), PayrollStore::month, contour, inn, at, at, limit));
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    Map<String, MonthCounted> latestMonths(Set<String> inns, Contour contour, Instant at) {
        Map<String, MonthCounted> latest = new HashMap<>();
        sql.each("""
                select %s, %s
                  from unnest(?::text[]) a (inn)
                  cross join lateral (
                       select * from registers.payroll_report p
                        where p.contour = ? and p.inn = a.inn and p.accepted_at <= ? and p.loaded_at <= ? and exists (select from registers.payroll_month m where m.report_id = p.id)
                        order by p.year desc, p.quarter desc, p.correction desc limit 1) r
                  cross join lateral (select * from registers.payroll_month n where n.report_id = r.id order by n.month desc limit 1) m""".formatted(COLUMNS, COUNTS),
                row -> {
                    MonthCounted one = month(row);
                    latest.put(one.report().inn(), one);
                }, inns, contour, at, at);
        return latest;
    }

    List<AcceptedReport> accepted(String inn, Contour contour, Instant missedSince, Instant loadedSince, Instant at) {
        return sql.list("""
                select a.inn, a.year, a.quarter, a.correction, a.filed_at, a.accepted_at, a.loaded_at
                  from (select p.inn, p.year, p.quarter, p.correction, p.filed_at, p.accepted_at, p.loaded_at from registers.payroll_report p
                         where p.contour = ? and p.inn = ? and p.loaded_at <= ? and p.accepted_at between ? and ?
                        union all
                        select p.inn, p.year, p.quarter, p.correction, p.filed_at, p.accepted_at, null::timestamptz from registers.payroll_accepted p
                         where p.contour = ? and p.inn = ? and p.accepted_at between ? and ?
                           and not exists (select from registers.payroll_report r where (r.contour, r.inn, r.year, r.quarter, r.correction) = (p.contour, p.inn, p.year, p.quarter, p.correction)
                                           and r.loaded_at <= ?)) a
                 order by a.accepted_at, a.inn, a.year, a.quarter, a.correction""", PayrollStore::accepted, contour, inn, at, loadedSince, at, contour, inn, missedSince, at, at);
    }

    /** Both halves in the order of an index, so that a page costs what it looks at. */
    List<AcceptedReport> late(Contour contour, Instant missedSince, Instant loadedSince, Set<RefreshRule> rules, Instant from, int skipped, int limit, Instant at) {
        List<RefreshRule> ordered = List.copyOf(rules);
        return sql.list("""
                select a.inn, a.year, a.quarter, a.correction, a.filed_at, a.accepted_at, a.loaded_at
                  from (select p.inn, p.year, p.quarter, p.correction, p.filed_at, p.accepted_at, p.loaded_at from registers.payroll_report p
                         where p.contour = ? and p.loaded_at <= ? and p.accepted_at between ? and ?
                        union all
                        select p.inn, p.year, p.quarter, p.correction, p.filed_at, p.accepted_at, null::timestamptz from registers.payroll_accepted p
                         where p.contour = ? and p.accepted_at between ? and ?
                           and not exists (select from registers.payroll_report r where (r.contour, r.inn, r.year, r.quarter, r.correction) = (p.contour, p.inn, p.year, p.quarter, p.correction)
                                           and r.loaded_at <= ?)) a
                  cross join lateral (select (coalesce(a.loaded_at, ?::timestamptz) at time zone 'Europe/Moscow')::date shown_on) s
                 where (s.shown_on >= ((a.filed_at at time zone 'Europe/Moscow')::date + interval '1 month')::date
                        or exists (select from unnest(?::integer[], ?::integer[]) r (cutoff, day)
                                    where s.shown_on > registers.shown_by((a.accepted_at at time zone 'Europe/Moscow')::date, r.cutoff, r.day)))
                 order by a.accepted_at, a.inn, a.year, a.quarter, a.correction limit ? offset ?""", PayrollStore::accepted, contour, at, later(loadedSince, from), at, contour, later(missedSince, from), at, at, at,
                ordered.stream().map(RefreshRule::cutoff).toList(), ordered.stream().map(RefreshRule::day).toList(), limit, skipped);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static AcceptedReport accepted(Row row) {
        return new AcceptedReport(row.text("inn"), row.number("year"), row.number("quarter"), row.number("correction"), row.instant("filed_at"), row.instant("accepted_at"),
                row.maybe("loaded_at", row::instant));
    }

    private static List<String> inns(List<MonthAsked> asked) {
        return asked.stream().map(MonthAsked::inn).toList();
    }

    private static List<LocalDate> months(List<MonthAsked> asked) {
        return asked.stream().map(one -> one.month().atDay(1)).toList();
    }

    private static Insured insured(Row row) {
        return new Insured(row.uuid("id"), row.text("inn"), YearMonth.from(row.day("month")), row.number("number"), row.instant("loaded_at"));
    }

    private static MonthCounted month(Row row) {
        return new MonthCounted(report(row), YearMonth.from(row.day("month")), row.number("rows"), row.number("triples"), row.number("snils"), row.number("no_snils"),
                row.number("no_category"), HexFormat.of().formatHex(row.octets("digest")));
    }

    private static ReportView report(Row row) {
        return new ReportView(row.uuid("id"), row.text("inn"), row.number("year"), row.number("quarter"), row.number("correction"), row.instant("filed_at"), row.instant("accepted_at"),
                row.instant("loaded_at"));
    }
}
