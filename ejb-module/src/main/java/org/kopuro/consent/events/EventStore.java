package org.kopuro.consent.events;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.participants.ParticipantId;

/** Events on their way to participants. */
@Dependent
class EventStore {

    private static final String ADD = """
            insert into consent.event_out (id, contour, participant_id, subsystem_id, kind, token_id, cause, at, next_attempt_at)
            select gen_random_uuid(), t.contour, t.participant_id, t.subsystem_id, ?, t.id, ?, ?, ? from consent.token t
            """;
    private static final String ADD_FORMS = """
            insert into consent.event_out (id, contour, participant_id, subsystem_id, kind, form_id, cause, at, next_attempt_at)
            select gen_random_uuid(), f.contour, f.participant_id, f.subsystem_id, ?, f.id, ?, ?, ? from consent.form_consent f
            """;
    private static final String VIEW = """
            select e.*, coalesce(e.token_id, e.form_id) consent_id, coalesce(t.taxpayer_inn, f.taxpayer_inn) taxpayer_inn, concat_ws('/', p.instance, p.member_class, p.member_code, s.code) subsystem,
                   array(select service_code from consent.token_service l where l.token_id = e.token_id
                         union select service_code from consent.form_service l where l.form_id = e.form_id order by service_code) services,
                   consent.participant_keeps(e.participant_id, e.contour, array(select service_code from consent.token_service l where l.token_id = e.token_id
                         union select service_code from consent.form_service l where l.form_id = e.form_id)) kept_months
              from consent.event_out e
              left join consent.token t on t.id = e.token_id
              left join consent.form_consent f on f.id = e.form_id
              join participants.participant p on p.id = e.participant_id
              join participants.subsystem s on s.id = e.subsystem_id
            """;

    private static final String UNTOLD = """
             from consent.event_out e where e.acknowledged_at is null and e.overdue_told_at is null and e.at <= ?
               and not exists (select from consent.event_out o where o.participant_id = e.participant_id and o.contour = e.contour and o.overdue_told_at > ?)
            """;

    @Inject
    private Sql sql;

    void add(Collection<UUID> tokens, ConsentEventKind kind, Optional<String> cause, Instant at) {
        sql.update(ADD + " where t.id = any(?::uuid[])", kind, cause, at, at, tokens);
    }

    void addOfWorking(Contour contour, Inn taxpayer, ConsentEventKind kind, Instant at) {
        sql.update(ADD + " where t.contour = ? and t.taxpayer_inn = ? and t.state = 'ACTIVE' and t.expires_at > ?", kind, Optional.empty(), at, at, contour, taxpayer.digits(), at);
    }

    void addOfForms(Collection<UUID> forms, ConsentEventKind kind, Optional<String> cause, Instant at) {
        sql.update(ADD_FORMS + " where f.id = any(?::uuid[])", kind, cause, at, at, forms);
    }

    void addOfWorkingForms(Contour contour, Inn taxpayer, ConsentEventKind kind, Instant at) {
        sql.update(ADD_FORMS + " where f.contour = ? and f.taxpayer_inn = ? and f.state = 'REGISTERED' and f.expires_at > ?", kind, Optional.empty(), at, at, contour, taxpayer.digits(), at);
    }

    /** Gives numbers to what is committed and has none, oldest first; one after another at the participant's lock. */
    void number(ParticipantId participant, Contour contour) {
        if (!sql.exists("select from consent.event_out where contour = ? and participant_id = ? and sequence is null limit 1", contour, participant)) {
            return;
        }
        lock(participant, contour);
        sql.update("""
                with last as (select coalesce(max(sequence), 0) sequence from consent.event_out where contour = ? and participant_id = ?),
                     next as (select id, row_number() over (order by at, id) number from consent.event_out where contour = ? and participant_id = ? and sequence is null)
                update consent.event_out e set sequence = last.sequence + next.number from last, next where e.id = next.id""", contour, participant, contour, participant);
    }

    List<ConsentEventView> after(ParticipantId participant, Contour contour, long sequence, int limit) {
        return sql.list(VIEW + " where e.contour = ? and e.participant_id = ? and e.sequence > ? order by e.sequence limit ?", EventStore::view, contour, participant, sequence, limit);
    }

    List<ConsentEventView> waiting(ParticipantId participant, Contour contour, int limit) {
        return sql.list(VIEW + " where e.contour = ? and e.participant_id = ? and e.sequence is not null and e.acknowledged_at is null order by e.sequence limit ?", EventStore::view,
                contour, participant, limit);
    }

    List<ConsentEventView> overdue(Contour contour, Instant before, int limit) {
        return sql.list(VIEW + " where e.contour = ? and e.acknowledged_at is null and e.at <= ? order by e.at, e.id limit ?", EventStore::view, contour, before, limit);
    }

    List<Receiver> withUntoldOverdue(Instant before, Instant toldBefore) {
        return sql.list("select distinct e.participant_id, e.contour" + UNTOLD, EventStore::receiver, before, toldBefore);
    }

    /** One letter at a time: whoever waits at the participant's lock finds it told. */
    List<UUID> overdueTold(Receiver receiver, Instant before, Instant toldBefore, Instant at) {
        lock(receiver.participant(), receiver.contour());
        return sql.list("update consent.event_out set overdue_told_at = ? where id in (select e.id" + UNTOLD + " and e.participant_id = ? and e.contour = ?) returning id", row -> row.uuid("id"),
                at, before, toldBefore, receiver.participant(), receiver.contour());
    }

    private static Receiver receiver(Row row) {
        return new Receiver(new ParticipantId(row.uuid("participant_id")), row.as(Contour.class, "contour"));
    }

    private void lock(ParticipantId participant, Contour contour) {
        sql.call("select pg_advisory_xact_lock(hashtextextended(?, 0))", "consent.event_out " + contour + " " + participant.value());
    }

    int acknowledge(ParticipantId participant, Contour contour, Collection<UUID> ids, Instant at) {
        return sql.update("""
                update consent.event_out set acknowledged_at = ?, next_attempt_at = null, lease = null, leased_until = null
                 where contour = ? and participant_id = ? and id = any(?::uuid[]) and acknowledged_at is null""", at, contour, participant, ids);
    }

    void unusable(ParticipantId participant, Contour contour, UUID id, String error) {
        sql.update("update consent.event_out set last_problem = ? where contour = ? and participant_id = ? and id = ? and acknowledged_at is null", "SET " + error, contour, participant, id);
    }

    /** Whose events are due to be pushed. */
    List<Receiver> receivers(Instant now) {
        return sql.list("""
                select distinct e.participant_id, e.contour from consent.event_out e join consent.callback c on (c.subsystem_id, c.contour) = (e.subsystem_id, e.contour)
                 where e.acknowledged_at is null and e.next_attempt_at <= ? and (e.leased_until is null or e.leased_until <= ?)""",
                EventStore::receiver, now, now);
    }

    /** Events that are due, for whom a callback is registered, and that nobody else is pushing. */
    List<Push> claim(Receiver receiver, UUID lease, Instant now, Duration leased, int most) {
        sql.update("""
                update consent.event_out set lease = ?, leased_until = ?
                 where id in (select e.id from consent.event_out e join consent.callback c on (c.subsystem_id, c.contour) = (e.subsystem_id, e.contour)
                               where e.participant_id = ? and e.contour = ? and e.sequence is not null and e.acknowledged_at is null and e.next_attempt_at <= ?
                                 and (e.leased_until is null or e.leased_until <= ?)
                               order by e.sequence limit ? for update of e skip locked)""",
                lease, now.plus(leased), receiver.participant(), receiver.contour(), now, now, most);
        return sql.list(VIEW.replace("select e.*", "select e.*, c.url") + """
                  join consent.callback c on (c.subsystem_id, c.contour) = (e.subsystem_id, e.contour)
                 where e.lease = ? order by e.sequence""", row -> new Push(view(row), row.text("url"), lease), lease);
    }

    void pushed(Push push, Instant at) {
        sql.update("update consent.event_out set acknowledged_at = ?, attempts = attempts + 1, next_attempt_at = null, lease = null, leased_until = null, last_problem = null where id = ? and lease = ?",
                at, push.event().id(), push.lease());
    }

    /** All of that lease at that server which has had no answer; elsewhere they may be under way. */
    void leave(Push push) {
        sql.update("""
                update consent.event_out e set lease = null, leased_until = null from consent.callback c
                 where e.lease = ? and (c.subsystem_id, c.contour) = (e.subsystem_id, e.contour) and c.url = ?""", push.lease(), push.url());
    }

    /** @param next empty when it is given up */
    void failed(Push push, String problem, Optional<Instant> next) {
        sql.update("update consent.event_out set attempts = attempts + 1, next_attempt_at = ?::timestamptz, lease = null, leased_until = null, last_problem = ? where id = ? and lease = ?",
                next, problem, push.event().id(), push.lease());
    }

    /** All that is due at the server of that event, but for what another node is pushing. */
    void pause(Push push, Instant until) {
        sql.update("""
                update consent.event_out set next_attempt_at = ?, lease = null, leased_until = null
                 where contour = ? and participant_id = ? and subsystem_id = (select subsystem_id from consent.event_out where id = ?)
                   and acknowledged_at is null and next_attempt_at < ? and (lease is null or lease = ?)""",
                until, push.event().contour(), push.event().participant(), push.event().id(), until, push.lease());
    }

    private static ConsentEventView view(Row row) {
        return new ConsentEventView(row.uuid("id"), row.as(Contour.class, "contour"), new ParticipantId(row.uuid("participant_id")), row.text("subsystem"),
                row.as(ConsentEventKind.class, "kind"), row.uuid("consent_id"), row.maybe("taxpayer_inn", row::text), row.all(String.class, "services"), row.maybe("cause", row::text), row.instant("at"),
                row.maybe("sequence", row::large).orElse(0L), row.maybe("acknowledged_at", row::instant), row.number("attempts"), row.maybe("last_problem", row::text), row.maybe("kept_months", row::number));
    }
}
