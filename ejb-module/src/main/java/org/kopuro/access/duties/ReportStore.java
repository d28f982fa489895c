package org.kopuro.access.duties;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.letters.Letter;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.installation.BrokenConstraint;
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

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

    void add(UUID id, NewReport report, Contour contour, Procedure procedure, Instant receivedAt, Instant at, Optional<Instant> dueAt, Actor by) {
        try (PreparedStatement statement = prepare("""
                insert into access.participant_report (id, kind, contour, participant_id, procedure_code, version, received_at, filed_at, sender, event_day, starts_at, ends_at, text,
                       due_at, late, actor, actor_role)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            int i = 0;
            statement.setObject(++i, id);
            statement.setString(++i, report.kind().name());
            statement.setString(++i, contour.name());
            statement.setObject(++i, report.participant().value());
            statement.setString(++i, procedure.code());
            statement.setInt(++i, procedure.version());
            statement.setObject(++i, utc(receivedAt));
            statement.setObject(++i, utc(at));
            statement.setString(++i, report.letter().map(Letter::sender).orElse(null));
            statement.setObject(++i, report.day().orElse(null));
            statement.setObject(++i, report.start().map(ReportStore::utc).orElse(null));
            statement.setObject(++i, report.end().map(ReportStore::utc).orElse(null));
            statement.setString(++i, report.text());
            statement.setObject(++i, dueAt.map(ReportStore::utc).orElse(null));
            statement.setObject(++i, dueAt.map(due -> !receivedAt.isBefore(due)).orElse(null));
            statement.setObject(++i, by.account().orElseThrow());
            statement.setString(++i, by.role());
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The database knows whether there is an open outage, whoever tells its end at the same instant. */
    void addEnd(UUID report, Instant end, Instant at, Actor by) {
        try (PreparedStatement statement = prepare("insert into access.reported_outage_end (report_id, ends_at, told_at, actor, actor_role) values (?, ?, ?, ?, ?)")) {
            statement.setObject(1, report);
            statement.setObject(2, utc(end));
            statement.setObject(3, utc(at));
            statement.setObject(4, by.account().orElseThrow());
            statement.setString(5, by.role());
            statement.executeUpdate();
        } catch (SQLException e) {
            if (BrokenConstraint.in(e).filter(name -> name.equals("reported_outage_open") || name.equals("reported_outage_end_pk")).isPresent()) {
                throw Refusal.of(DutyRefusal.NO_OPEN_OUTAGE, "end");
            }
            throw new IllegalStateException(e);
        }
    }

    Optional<ReportView> find(UUID id) {
        return reports("where r.id = ?", id).stream().findFirst();
    }

    List<ReportView> list(Contour contour, Optional<ParticipantId> participant, long before, int limit) {
        String newest = " order by r.number desc limit " + limit;
        return participant.isEmpty() ? reports("where r.contour = ? and r.number < ?" + newest, contour.name(), before)
                : reports("where r.contour = ? and r.participant_id = ? and r.number < ?" + newest, contour.name(), participant.get().value(), before);
    }

    List<MonthlyDowntime> downtime(UUID participant, Contour contour, YearMonth first, YearMonth last, ZoneId zone, Instant now) {
        try (PreparedStatement statement = prepare(DOWNTIME)) {
            statement.setObject(1, utc(now));
            statement.setObject(2, participant);
            statement.setString(3, contour.name());
            statement.setString(4, zone.getId());
            statement.setString(5, zone.getId());
            statement.setObject(6, first.atDay(1));
            statement.setObject(7, last.atDay(1));
            List<MonthlyDowntime> months = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    months.add(new MonthlyDowntime(YearMonth.from(row.getObject("first", LocalDate.class)), Duration.ofSeconds(row.getLong("seconds"))));
                }
            }
            return months;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<ReportView> reports(String where, Object... arguments) {
        try (PreparedStatement statement = prepare(SELECT + where)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            List<ReportView> reports = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    reports.add(report(row));
                }
            }
            return reports;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ReportView report(ResultSet row) throws SQLException {
        return new ReportView(new ReportId(row.getObject("id", UUID.class)), row.getLong("number"), ReportKind.valueOf(row.getString("kind")),
                new ParticipantId(row.getObject("participant_id", UUID.class)), Contour.valueOf(row.getString("contour")), row.getString("procedure_code"), row.getInt("version"),
                instant(row, "received_at").orElseThrow(), Optional.ofNullable(row.getString("sender")), Optional.ofNullable(row.getObject("event_day", LocalDate.class)),
                instant(row, "starts_at"), instant(row, "ends_at"), row.getString("text"), instant(row, "due_at"), Optional.ofNullable(row.getObject("late", Boolean.class)));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        return entities.unwrap(Connection.class).prepareStatement(sql);
    }
}
