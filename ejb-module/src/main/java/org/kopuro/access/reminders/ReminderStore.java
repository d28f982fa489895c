package org.kopuro.access.reminders;

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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.access.obligations.About;
import org.kopuro.access.procedures.DeadlineRule;
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

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

    /** The letters that wait, whoever they go to. */
    List<Reminder> waiting(String calendar, Instant now, Instant horizon) {
        try (PreparedStatement statement = prepare("select distinct kind, contour, procedure_code, version, case side when 'PARTICIPANT' then participant_id end addressee"
                + RINGING + "order by kind desc, addressee nulls first, contour, procedure_code, version limit 1000")) {
            ringing(statement, calendar, now, horizon);
            List<Reminder> waiting = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    waiting.add(new Reminder(Reminder.Kind.valueOf(row.getString("kind")), calendar, Contour.valueOf(row.getString("contour")), row.getString("procedure_code"),
                            row.getInt("version"), Optional.ofNullable(row.getObject("addressee", UUID.class)).map(ParticipantId::new)));
                }
            }
            return waiting;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a unit, or its head, had a letter since. */
    boolean toldSince(Reminder reminder, String told, Instant since) {
        try (PreparedStatement statement = prepare("select exists (select from access.reminder where contour = ? and procedure_code = ? and told = ? and at > ?)")) {
            statement.setString(1, reminder.contour().name());
            statement.setString(2, reminder.procedure());
            statement.setString(3, told);
            statement.setObject(4, utc(since));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** False where another transaction is at it; else nobody is until this one ends. */
    boolean tryAlone() {
        try (PreparedStatement statement = prepare("select pg_try_advisory_xact_lock(hashtextextended('access.reminder', 0))"); ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the letter tells, by time left. */
    List<Owed> owed(Reminder reminder, Instant now, Instant horizon, int limit) {
        try (PreparedStatement statement = prepare("""
                select o.id, o.about_kind, o.about_id, o.participant_id, p.full_name, o.rule, o.due_at, r.answer_email,
                       coalesce(r.number::text, a.number, left(o.about_id::text, 8)) number
                  from (select o.*
                """ + RINGING + """
                           and kind = ? and contour = ? and procedure_code = ? and version = ? and side = ? and (?::uuid is null or participant_id = ?)
                         order by due_at, id limit ?) o
                  join participants.participant p on p.id = o.participant_id
                  left join access.request r on o.about_kind = 'REQUEST' and r.id = o.about_id and r.contour = o.contour
                  left join access.agreement a on o.about_kind = 'AGREEMENT' and a.id = o.about_id and a.contour = o.contour
                 order by o.due_at, o.id""")) {
            ringing(statement, reminder.calendar(), now, horizon);
            int i = 3;
            statement.setString(++i, reminder.kind().name());
            statement.setString(++i, reminder.contour().name());
            statement.setString(++i, reminder.procedure());
            statement.setInt(++i, reminder.version());
            statement.setString(++i, reminder.side().name());
            UUID participant = reminder.participant().map(ParticipantId::value).orElse(null);
            statement.setObject(++i, participant);
            statement.setObject(++i, participant);
            statement.setInt(++i, limit);
            List<Owed> owed = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    owed.add(new Owed(row.getObject("id", UUID.class), new About(About.Kind.valueOf(row.getString("about_kind")), row.getObject("about_id", UUID.class)),
                            row.getString("number"), new ParticipantId(row.getObject("participant_id", UUID.class)), row.getString("full_name"),
                            DeadlineRule.valueOf(row.getString("rule")), row.getObject("due_at", OffsetDateTime.class).toInstant(), Optional.ofNullable(row.getString("answer_email"))));
                }
            }
            return owed;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As {@link #owed}, and from now on told: what another transaction told, or moved, at the same time is not among it. */
    List<Owed> claim(Reminder reminder, String told, Instant now, Instant horizon, int limit) {
        List<Owed> owed = owed(reminder, now, horizon, limit);
        try (PreparedStatement statement = prepare("""
                insert into access.reminder (obligation_id, due_at, kind, contour, procedure_code, told, at)
                select o.id, o.due_at, ?, o.contour, o.procedure_code, ?, ?
                  from access.obligation o join unnest(?::uuid[], ?::timestamptz[]) u (id, due_at) on (u.id, u.due_at) = (o.id, o.due_at) order by o.id
                on conflict on constraint reminder_pk do nothing returning obligation_id""")) {
            statement.setString(1, reminder.kind().name());
            statement.setString(2, told);
            statement.setObject(3, utc(now));
            statement.setArray(4, statement.getConnection().createArrayOf("uuid", owed.stream().map(Owed::id).toArray()));
            statement.setArray(5, statement.getConnection().createArrayOf("text", owed.stream().map(one -> one.dueAt().toString()).toArray()));
            Set<UUID> claimed = new HashSet<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    claimed.add(row.getObject(1, UUID.class));
                }
            }
            return owed.stream().filter(one -> claimed.contains(one.id())).toList();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void ringing(PreparedStatement statement, String calendar, Instant now, Instant horizon) throws SQLException {
        statement.setObject(1, utc(now));
        statement.setString(2, calendar);
        statement.setObject(3, utc(horizon));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        return entities.unwrap(Connection.class).prepareStatement(sql);
    }
}
