package org.kopuro.loans.headcount;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Contour;
import org.kopuro.loans.programmes.RuleSet.Metric;
import org.kopuro.registers.payroll.MonthAsked;

/** The rows of sheets; they are only ever added. */
@Dependent
class SheetStore {

    private static final String COLUMNS = "id, loan_id, at, inn, month, metric, counted, maximum, coalesce(report_id, insured_id) as source_id, json, sha256";

    /** What a sheet was read from. */
    record Basis(UUID sheet, MonthAsked asked, Metric metric, Optional<UUID> source) {
    }

    @Inject
    private Sql sql;

    void add(List<Sheet> sheets, Contour contour) {
        sql.copy("loans.sheet (id, contour, loan_id, at, inn, month, metric, json, sha256, counted, maximum, report_id, insured_id)",
                sheets.stream().map(sheet -> new Object[] {sheet.id(), contour, sheet.loan(), sheet.at(), sheet.inn(), sheet.month().atDay(1), sheet.metric(), sheet.json(),
                    HexFormat.of().parseHex(sheet.sha256()), sheet.counted(), sheet.maximum(), sheet.report().filter(id -> sheet.metric() != Metric.PFR_INSURED),
                    sheet.report().filter(id -> sheet.metric() == Metric.PFR_INSURED)}).toList());
    }

    Optional<Sheet> find(UUID id, Contour contour) {
        return sql.first("select " + COLUMNS + " from loans.sheet where id = ? and contour = ?", SheetStore::sheet, id, contour);
    }

    List<Sheet> all(Collection<UUID> ids, Contour contour) {
        return sql.list("select " + COLUMNS + " from loans.sheet where id = any (?::uuid[]) and contour = ?", SheetStore::sheet, ids, contour);
    }

    List<Basis> bases(Collection<UUID> sheets, Contour contour) {
        return sql.list("select id, inn, month, metric, coalesce(report_id, insured_id) as source_id from loans.sheet where id = any (?::uuid[]) and contour = ?",
                row -> new Basis(row.uuid("id"), new MonthAsked(row.text("inn"), YearMonth.from(row.day("month"))), row.as(Metric.class, "metric"), row.maybe("source_id", row::uuid)),
                sheets, contour);
    }

    /** Whether the day's recomputation is to be done, and by nobody else until the transaction ends. */
    boolean begin(Contour contour, LocalDate day) {
        return sql.exists("select where pg_try_advisory_xact_lock(hashtextextended('loans.sheets.' || ?, 0))", contour)
                && !sql.exists("select from loans.sheet_recomputation where contour = ? and day = ?", contour, day);
    }

    /** So many from somewhere on, and from the beginning where the end comes first: ids are random. */
    List<Sheet> sample(Contour contour, UUID from, int number) {
        return sql.list("(select " + COLUMNS + ", 1 as turn from loans.sheet where contour = ? and id >= ? order by id limit ?) union all (select " + COLUMNS
                + ", 2 as turn from loans.sheet where contour = ? and id < ? order by id limit ?) order by turn, id limit ?", SheetStore::sheet, contour, from, number, contour, from, number, number);
    }

    void add(Recomputed done, LocalDate day) {
        sql.update("insert into loans.sheet_recomputation (id, contour, day, at, compared, differing) values (?, ?, ?, ?, ?, ?::uuid[])", done.id(), done.contour(), day, done.at(), done.compared(),
                done.differing());
    }

    List<Recomputed> differing(Contour contour, int limit) {
        return sql.list("select id, at, compared, differing from loans.sheet_recomputation where contour = ? and differing <> '{}' order by day desc limit ?",
                row -> new Recomputed(row.uuid("id"), contour, row.instant("at"), row.number("compared"), row.all(UUID.class, "differing")), contour, limit);
    }

    private static Sheet sheet(Row row) {
        return new Sheet(row.uuid("id"), row.uuid("loan_id"), row.instant("at"), row.text("inn"), YearMonth.from(row.day("month")), row.as(Metric.class, "metric"),
                row.maybe("counted", row::number), row.maybe("maximum", row::large), row.maybe("source_id", row::uuid), row.text("json"), HexFormat.of().formatHex(row.octets("sha256")));
    }
}
