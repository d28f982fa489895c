package org.kopuro.access.obligations;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.access.procedures.DeadlineTerm;
import org.kopuro.calendar.CalendarChanged;
import org.kopuro.calendar.Deadline;
import org.kopuro.calendar.WorkingCalendar;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;

@Dependent
class ObligationStore {

    private static final String SELECT = """
            select id, about_kind, about_id, participant_id, procedure_code, version, rule, counted_from, working_days, due_at, missing_year, closed_at, outcome
              from access.obligation
            """;

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

    void add(UUID id, NewObligation obligation, DeadlineTerm term, WorkingCalendar calendar, Deadline due, Instant at) {
        try (PreparedStatement statement = prepare("""
                insert into access.obligation (id, contour, participant_id, procedure_code, version, rule, side, about_kind, about_id, counted_from, working_days,
                       calendar_code, revision, due_at, missing_year, opened_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            int i = 0;
            statement.setObject(++i, id);
            statement.setString(++i, obligation.contour().name());
            statement.setObject(++i, obligation.participant().value());
            statement.setString(++i, obligation.procedure().code());
            statement.setInt(++i, obligation.procedure().version());
            statement.setString(++i, obligation.rule().name());
            statement.setString(++i, obligation.rule().side().name());
            statement.setString(++i, obligation.about().kind().name());
            statement.setObject(++i, obligation.about().id());
            statement.setObject(++i, utc(obligation.countedFrom()));
            statement.setInt(++i, term.workingDays());
            statement.setString(++i, calendar.code());
            statement.setLong(++i, calendar.revision());
            statement.setObject(++i, due.known().map(Deadline.Due::ends).map(ObligationStore::utc).orElse(null));
            statement.setObject(++i, due instanceof Deadline.CalendarMissing missing ? missing.year() : null);
            statement.setObject(++i, utc(at));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void close(About about, Set<DeadlineRule> rules, ObligationView.Outcome outcome, Instant at) {
        try (PreparedStatement statement = prepare("update access.obligation set closed_at = ?, outcome = ? where about_id = ? and rule = any (?) and closed_at is null")) {
            statement.setObject(1, utc(at));
            statement.setString(2, outcome.name());
            statement.setObject(3, about.id());
            statement.setArray(4, statement.getConnection().createArrayOf("text", rules.stream().map(Enum::name).toArray()));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    List<ObligationView> open(Contour contour, int limit) {
        return obligations("where contour = ? and closed_at is null order by due_at nulls first, id limit " + limit, contour.name());
    }

    List<ObligationView> of(About about) {
        return obligations("where about_id = ? order by opened_at, rule", about.id());
    }

    boolean anyCountedBefore(String calendarCode, long revision) {
        return !obligations("where calendar_code = ? and revision < ? and closed_at is null limit 1", calendarCode, revision).isEmpty();
    }

    /** Locked, so that of two nodes that count anew the second finds nothing left to do. */
    List<ObligationView> countedBefore(WorkingCalendar calendar) {
        return obligations("where calendar_code = ? and revision < ? and closed_at is null order by id for update", calendar.code(), calendar.revision());
    }

    /** Whether it moved. */
    boolean recount(ObligationView one, WorkingCalendar calendar, Deadline anew, Instant at) {
        Optional<Instant> due = anew.known().map(Deadline.Due::ends);
        boolean moves = !due.equals(one.dueAt());
        try (PreparedStatement statement = prepare("""
                with recounted as (
                    update access.obligation set revision = ?, due_at = ?, missing_year = ?
                     where id = ? returning id)
                insert into access.obligation_move (obligation_id, revision, moved_at, due_before, due_after)
                select id, ?, ?, ?, ? from recounted where ?""")) {
            int i = 0;
            statement.setLong(++i, calendar.revision());
            statement.setObject(++i, due.map(ObligationStore::utc).orElse(null));
            statement.setObject(++i, anew instanceof Deadline.CalendarMissing missing ? missing.year() : null);
            statement.setObject(++i, one.id());
            statement.setLong(++i, calendar.revision());
            statement.setObject(++i, utc(at));
            statement.setObject(++i, one.dueAt().map(ObligationStore::utc).orElse(null));
            statement.setObject(++i, due.map(ObligationStore::utc).orElse(null));
            statement.setBoolean(++i, moves);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return moves;
    }

    List<MovedObligation> moves(Contour contour, int limit) {
        return moves("where o.contour = ? order by m.moved_at desc, m.revision desc, m.obligation_id limit " + limit, contour.name());
    }

    List<MovedObligation> movedBy(CalendarChanged edit, Contour contour, int limit) {
        return moves("where o.contour = ? and o.calendar_code = ? and m.revision = ? order by m.due_after nulls first, m.obligation_id limit " + limit, contour.name(), edit.calendar(), edit.revision());
    }

    private List<MovedObligation> moves(String where, Object... arguments) {
        try (PreparedStatement statement = prepare("""
                select m.obligation_id, o.about_kind, o.about_id, o.participant_id, o.rule, m.revision, m.moved_at, m.due_before, m.due_after
                  from access.obligation_move m join access.obligation o on o.id = m.obligation_id
                """ + where)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            List<MovedObligation> moves = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    moves.add(new MovedObligation(row.getObject("obligation_id", UUID.class),
                            new About(About.Kind.valueOf(row.getString("about_kind")), row.getObject("about_id", UUID.class)), new ParticipantId(row.getObject("participant_id", UUID.class)),
                            DeadlineRule.valueOf(row.getString("rule")), row.getLong("revision"), instant(row, "moved_at").orElseThrow(), instant(row, "due_before"), instant(row, "due_after")));
                }
            }
            return moves;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<ObligationView> obligations(String where, Object... arguments) {
        try (PreparedStatement statement = prepare(SELECT + where)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            List<ObligationView> obligations = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    obligations.add(new ObligationView(row.getObject("id", UUID.class), new About(About.Kind.valueOf(row.getString("about_kind")), row.getObject("about_id", UUID.class)),
                            new ParticipantId(row.getObject("participant_id", UUID.class)), row.getString("procedure_code"), row.getInt("version"),
                            DeadlineRule.valueOf(row.getString("rule")), instant(row, "counted_from").orElseThrow(), row.getInt("working_days"), instant(row, "due_at"),
                            Optional.ofNullable(row.getObject("missing_year", Integer.class)), instant(row, "closed_at"),
                            Optional.ofNullable(row.getString("outcome")).map(ObligationView.Outcome::valueOf)));
                }
            }
            return obligations;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
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
