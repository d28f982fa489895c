package org.kopuro.access.reminders;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.kopuro.access.obligations.About;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;

/** Reads what rings from the obligations, and keeps what was told. */
@Dependent
class ReminderStore {

    /** Open, within the horizon, and not told yet of this day. */
    private static final String RINGING = """
             from (select o.*, case when o.due_at <= ? then 'LAPSED' else 'AHEAD' end kind from access.obligation o
                    where o.closed_at is null and o.calendar_code = ? and o.due_at <= ?) o
            where not exists (select from access.reminder m where m.obligation_id = o.id and m.due_at = o.due_at and m.kind = o.kind)
            """;

    @Inject
    private Sql sql;

    /** The letters that wait, whoever they go to. */
    List<Reminder> waiting(String calendar, Instant now, Instant horizon) {
        return sql.list("select distinct kind, contour, procedure_code, version, case side when 'PARTICIPANT' then participant_id end addressee" + RINGING
                        + "order by kind desc, addressee nulls first, contour, procedure_code, version limit 1000",
                row -> new Reminder(row.as(Reminder.Kind.class, "kind"), calendar, row.as(Contour.class, "contour"), row.text("procedure_code"), row.number("version"),
                        row.maybe("addressee", row::uuid).map(ParticipantId::new)), now, calendar, horizon);
    }

    /** Whether a unit, or its head, had a letter since. */
    boolean toldSince(Reminder reminder, String told, Instant since) {
        return sql.exists("select 1 from access.reminder where contour = ? and procedure_code = ? and told = ? and at > ? limit 1", reminder.contour(), reminder.procedure(), told, since);
    }

    /** False where another transaction is at it; else nobody is until this one ends. */
    boolean tryAlone() {
        return sql.one("select pg_try_advisory_xact_lock(hashtextextended('access.reminder', 0)) alone", row -> row.flag("alone"));
    }

    /** What the letter tells, by time left. */
    List<Owed> owed(Reminder reminder, Instant now, Instant horizon, int limit) {
        return sql.list("""
                select o.id, o.about_kind, o.about_id, o.participant_id, p.full_name, o.rule, o.due_at, r.answer_email,
                       coalesce(r.number::text, a.number, left(o.about_id::text, 8)) number
                  from (select o.*
                """ + RINGING + """
                           and kind = ? and contour = ? and procedure_code = ? and version = ? and side = ? and (?::uuid is null or participant_id = ?)
                         order by due_at, id limit ?) o
                  join participants.participant p on p.id = o.participant_id
                  left join access.request r on o.about_kind = 'REQUEST' and r.id = o.about_id and r.contour = o.contour
                  left join access.agreement a on o.about_kind = 'AGREEMENT' and a.id = o.about_id and a.contour = o.contour
                 order by o.due_at, o.id""",
                row -> new Owed(row.uuid("id"), new About(row.as(About.Kind.class, "about_kind"), row.uuid("about_id")), row.text("number"), new ParticipantId(row.uuid("participant_id")),
                        row.text("full_name"), row.as(DeadlineRule.class, "rule"), row.instant("due_at"), row.maybe("answer_email", row::text)),
                now, reminder.calendar(), horizon, reminder.kind(), reminder.contour(), reminder.procedure(), reminder.version(), reminder.side(), reminder.participant(),
                reminder.participant(), limit);
    }

    /** As {@link #owed}, and from now on told: what another transaction told, or moved, at the same time is not among it. */
    List<Owed> claim(Reminder reminder, String told, Instant now, Instant horizon, int limit) {
        List<Owed> owed = owed(reminder, now, horizon, limit);
        Set<UUID> claimed = Set.copyOf(sql.list("""
                insert into access.reminder (obligation_id, due_at, kind, contour, procedure_code, told, at)
                select o.id, o.due_at, ?, o.contour, o.procedure_code, ?, ?
                  from access.obligation o join unnest(?::uuid[], ?::timestamptz[]) u (id, due_at) on (u.id, u.due_at) = (o.id, o.due_at) order by o.id
                on conflict on constraint reminder_pk do nothing returning obligation_id""", row -> row.uuid("obligation_id"),
                reminder.kind(), told, now, owed.stream().map(Owed::id).toList(), owed.stream().map(one -> one.dueAt().toString()).toList()));
        return owed.stream().filter(one -> claimed.contains(one.id())).toList();
    }
}
