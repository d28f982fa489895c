package org.kopuro.access.duties;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.access.letters.Letter;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;

/** Participants' reports. */
@Dependent
class ReportStore {

    private static final String SELECT = """
            select r.id, r.number, r.kind, r.participant_id, r.contour, r.procedure_code, r.version, r.received_at, r.sender, r.event_day, r.starts_at,
                   coalesce(r.ends_at, e.ends_at) ends_at, r.text, r.due_at, r.late
              from access.participant_report r left join access.reported_outage_end e on e.report_id = r.id
            """;

    /** Times that overlap are joined before they are cut into months. */
    private static final String DOWNTIME = """
            with outage as (
                select range_agg(tstzrange(r.starts_at, greatest(r.starts_at, least(coalesce(r.ends_at, e.ends_at, 'infinity'), t.now)))) spans
                  from (values (?::timestamptz)) t (now)
                  join access.participant_report r on r.participant_id = ? and r.contour = ? and r.kind = 'OUTAGE' and r.starts_at < t.now
                  left join access.reported_outage_end e on e.report_id = r.id)
            select m.first, coalesce((select sum(extract(epoch from upper(span) - lower(span)))
                       from unnest(o.spans * tstzmultirange(tstzrange(m.first::timestamp at time zone ?, (m.first + interval '1 month')::timestamp at time zone ?))) span), 0)::bigint seconds
              from outage o cross join (select day::date first from generate_series(?::date, ?::date, interval '1 month') day) m
             order by m.first
            """;

    @Inject
    private Sql sql;

    void add(UUID id, NewReport report, Contour contour, Procedure procedure, Instant receivedAt, Instant at, Optional<Instant> dueAt, Actor by) {
        sql.update("""
                insert into access.participant_report (id, kind, contour, participant_id, procedure_code, version, received_at, filed_at, sender, event_day, starts_at, ends_at, text,
                       due_at, late, actor, actor_role)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", id, report.kind(), contour, report.participant(), procedure.code(), procedure.version(), receivedAt, at,
                report.letter().map(Letter::sender), report.day(), report.start(), report.end(), report.text(), dueAt, dueAt.map(due -> !receivedAt.isBefore(due)),
                by.account().orElseThrow(), by.role());
    }

    /** The database knows whether there is an open outage, whoever tells its end at the same instant. */
    void addEnd(UUID report, Instant end, Instant at, Actor by) {
        try {
            sql.update("insert into access.reported_outage_end (report_id, ends_at, told_at, actor, actor_role) values (?, ?, ?, ?, ?)",
                    report, end, at, by.account().orElseThrow(), by.role());
        } catch (SqlFailure e) {
            throw Set.of("reported_outage_open", "reported_outage_end_pk").contains(e.constraint()) ? Refusal.of(DutyRefusal.NO_OPEN_OUTAGE, "end") : e;
        }
    }

    Optional<ReportView> find(UUID id) {
        return sql.first(SELECT + "where r.id = ?", ReportStore::report, id);
    }

    List<ReportView> list(Contour contour, Optional<ParticipantId> participant, long before, int limit) {
        String newest = " and r.number < ? order by r.number desc limit ?";
        return participant.isEmpty() ? sql.list(SELECT + "where r.contour = ?" + newest, ReportStore::report, contour, before, limit)
                : sql.list(SELECT + "where r.contour = ? and r.participant_id = ?" + newest, ReportStore::report, contour, participant, before, limit);
    }

    List<MonthlyDowntime> downtime(UUID participant, Contour contour, YearMonth first, YearMonth last, ZoneId zone, Instant now) {
        return sql.list(DOWNTIME, row -> new MonthlyDowntime(YearMonth.from(row.day("first")), Duration.ofSeconds(row.large("seconds"))),
                now, participant, contour, zone.getId(), zone.getId(), first.atDay(1), last.atDay(1));
    }

    private static ReportView report(Row row) {
        return new ReportView(new ReportId(row.uuid("id")), row.large("number"), row.as(ReportKind.class, "kind"), new ParticipantId(row.uuid("participant_id")),
                row.as(Contour.class, "contour"), row.text("procedure_code"), row.number("version"), row.instant("received_at"), row.maybe("sender", row::text),
                row.maybe("event_day", row::day), row.maybe("starts_at", row::instant), row.maybe("ends_at", row::instant), row.text("text"), row.maybe("due_at", row::instant),
                row.maybe("late", row::flag));
    }
}
