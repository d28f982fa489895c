package org.kopuro.access.obligations;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.access.procedures.DeadlineTerm;
import org.kopuro.calendar.CalendarChanged;
import org.kopuro.calendar.Deadline;
import org.kopuro.calendar.WorkingCalendar;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;

@Dependent
class ObligationStore {

    private static final String SELECT = """
            select id, about_kind, about_id, participant_id, procedure_code, version, rule, counted_from, working_days, due_at, missing_year, closed_at, outcome
              from access.obligation
            """;

    private static final String MOVES = """
            select m.obligation_id, o.about_kind, o.about_id, o.participant_id, o.rule, m.revision, m.moved_at, m.due_before, m.due_after
              from access.obligation_move m join access.obligation o on o.id = m.obligation_id
            """;

    @Inject
    private Sql sql;

    void add(UUID id, NewObligation obligation, DeadlineTerm term, WorkingCalendar calendar, Deadline due, Instant at) {
        sql.update("""
                insert into access.obligation (id, contour, participant_id, procedure_code, version, rule, side, about_kind, about_id, counted_from, working_days,
                       calendar_code, revision, due_at, missing_year, opened_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", id, obligation.contour(), obligation.participant(), obligation.procedure().code(),
                obligation.procedure().version(), obligation.rule(), obligation.rule().side(), obligation.about().kind(), obligation.about().id(), obligation.countedFrom(),
                term.workingDays(), calendar.code(), calendar.revision(), ends(due), missingYear(due), at);
    }

    void close(About about, Set<DeadlineRule> rules, ObligationView.Outcome outcome, Instant at) {
        sql.update("update access.obligation set closed_at = ?, outcome = ? where about_id = ? and rule = any (?::text[]) and closed_at is null", at, outcome, about.id(), rules);
    }

    List<ObligationView> open(Contour contour, int limit) {
        return obligations("where contour = ? and closed_at is null order by due_at nulls first, id limit " + limit, contour);
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
        Optional<Instant> due = ends(anew);
        boolean moves = !due.equals(one.dueAt());
        sql.update("""
                with recounted as (
                    update access.obligation set revision = ?, due_at = ?, missing_year = ?
                     where id = ? returning id)
                insert into access.obligation_move (obligation_id, revision, moved_at, due_before, due_after)
                select id, ?, ?, ?::timestamptz, ?::timestamptz from recounted where ?""", calendar.revision(), due, missingYear(anew), one.id(), calendar.revision(), at, one.dueAt(), due, moves);
        return moves;
    }

    private static Optional<Instant> ends(Deadline deadline) {
        return deadline.known().map(Deadline.Due::ends);
    }

    private static Optional<Integer> missingYear(Deadline deadline) {
        return deadline instanceof Deadline.CalendarMissing missing ? Optional.of(missing.year()) : Optional.empty();
    }

    List<MovedObligation> moves(Contour contour, int limit) {
        return moves("where o.contour = ? order by m.moved_at desc, m.revision desc, m.obligation_id limit " + limit, contour);
    }

    List<MovedObligation> movedBy(CalendarChanged edit, Contour contour, int limit) {
        return moves("where o.contour = ? and o.calendar_code = ? and m.revision = ? order by m.due_after nulls first, m.obligation_id limit " + limit, contour, edit.calendar(), edit.revision());
    }

    private List<MovedObligation> moves(String where, Object... arguments) {
        return sql.list(MOVES + where, row -> new MovedObligation(row.uuid("obligation_id"), about(row), new ParticipantId(row.uuid("participant_id")), row.as(DeadlineRule.class, "rule"),
                row.large("revision"), row.instant("moved_at"), row.maybe("due_before", row::instant), row.maybe("due_after", row::instant)), arguments);
    }

    private List<ObligationView> obligations(String where, Object... arguments) {
        return sql.list(SELECT + where, row -> new ObligationView(row.uuid("id"), about(row), new ParticipantId(row.uuid("participant_id")), row.text("procedure_code"), row.number("version"),
                row.as(DeadlineRule.class, "rule"), row.instant("counted_from"), row.number("working_days"), row.maybe("due_at", row::instant), row.maybe("missing_year", row::number),
                row.maybe("closed_at", row::instant), row.maybe(ObligationView.Outcome.class, "outcome")), arguments);
    }

    private static About about(Row row) {
        return new About(row.as(About.Kind.class, "about_kind"), row.uuid("about_id"));
    }
}
