package org.kopuro.consent;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.ConnectionView;
import org.kopuro.consent.events.Receiver;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;

/** What taxpayers are told. The key of a row says it once, however many nodes are at it. */
@Dependent
class TidingStore {

    private static final String ADD = """
            insert into consent.tiding (id, contour, taxpayer_inn, kind, token_id, participant_id, subsystem_id, at, effective_at, cause, text, once)
            select gen_random_uuid(), t.contour, t.taxpayer_inn, ?, t.id, t.participant_id, t.subsystem_id, ?, ?::timestamptz, ?, ?, ? from consent.token t
            """;
    private static final String ONCE = " on conflict on constraint tiding_once_unique do nothing";

    private static final String ADD_OF_FORMS = """
            insert into consent.tiding (id, contour, taxpayer_inn, kind, form_id, participant_id, subsystem_id, at, cause, text, once)
            select gen_random_uuid(), f.contour, f.taxpayer_inn, ?, f.id, f.participant_id, f.subsystem_id, ?, ?, ?, ? from consent.form_consent f
             where f.id = any(?::uuid[]) and f.result = 'REGISTERED'
            on conflict on constraint tiding_form_once_unique do nothing
            """;

    private static final String VIEW = """
            select n.*, t.last_four, f.own_number, p.full_name, s.code subsystem,
                   case n.kind when 'EXPIRES_SOON' then coalesce(
                       (select max(u.at) from consent.usage u where u.consent_id = n.token_id and\s""" + UsageStore.DISCLOSED + """
                       ), (select max(u.at) from consent.usage u where u.form_id = n.form_id and\s""" + UsageStore.DISCLOSED + """
                       )) end last_used_at
              from consent.tiding n
              left join consent.token t on t.id = n.token_id
              left join consent.form_consent f on f.id = n.form_id
              join participants.participant p on p.id = n.participant_id
              join participants.subsystem s on s.id = n.subsystem_id
            """;

    /** A consent is told of for the smallest of these numbers of days that its end has come into, unless it was made within them (CON-123). [data] */
    private static final String SOON = """
              from %1$s t
              join lateral (select min(d) days from unnest(array[7, 3, 1]) d where t.expires_at <= ?::timestamptz + d * interval '1 day') d on true
             where t.state in ('ACTIVE', 'FROZEN', 'REGISTERED') and t.expires_at > ? and t.expires_at <= ?::timestamptz + interval '7 days' and t.%3$s < t.expires_at - d.days * interval '1 day'
               and not exists (select from consent.tiding w where w.%2$s = t.id and w.kind = 'EXPIRES_SOON' and w.once = d.days::text)
            """;
    private static final String TOKENS_SOON = SOON.formatted("consent.token", "token_id", "issued_at");
    private static final String FORMS_SOON = SOON.formatted("consent.form_consent", "form_id", "received_at");

    /** What no letter has counted. */
    private static final String STRANGERS_UNTOLD = """
             from consent.tiding n where n.kind = 'STRANGER' and n.at > ?::timestamptz - interval '1 day' and n.at <= ?
              and not exists (select from consent.stranger_counted c where c.tiding_id = n.id)
            """;

    @Inject
    private Sql sql;

    void add(TidingKind kind, Collection<UUID> tokens, Instant at, Optional<String> cause, String text) {
        add(kind, tokens, at, cause, text, "");
    }

    /** @param once what makes it another one than the last of its kind */
    void add(TidingKind kind, Collection<UUID> tokens, Instant at, Optional<String> cause, String text, String once) {
        sql.update(ADD + " where t.id = any(?::uuid[])" + ONCE, kind, at, Optional.empty(), cause, text, once, tokens);
    }

    /** Nobody is told of a token whose taxpayer is forgotten. */
    void addComplaintAnswered(TokenId token, UUID complaint, String answer, Instant at) {
        sql.update(ADD + " where t.id = ? and t.erased_at is null" + ONCE, TidingKind.COMPLAINT_ANSWERED, at, Optional.empty(), Optional.empty(), answer, complaint.toString(), token);
    }

    /** @param once what tells two of a kind apart */
    void addOfForms(TidingKind kind, Collection<UUID> forms, Instant at, Optional<String> cause, String text, String once) {
        sql.update(ADD_OF_FORMS, kind, at, cause, text, once, forms);
    }

    /** Of the tokens that list a service under the connection's procedure, and work but for what is told. */
    void addOf(ConnectionView connection, TidingKind kind, Optional<Instant> effectiveAt) {
        sql.update(ADD + """
                 where t.participant_id = ? and t.contour = ? and t.state in ('ACTIVE', 'FROZEN') and t.expires_at > ?
                   and exists (select from consent.token_service l join access.service s on s.code = l.service_code where l.token_id = t.id and s.procedure_code = ?)""" + ONCE,
                kind, connection.since(), effectiveAt, Optional.empty(), "", connection.id().value() + "/" + connection.events(),
                connection.participant(), connection.contour(), connection.since(), connection.procedure());
    }

    /** Nothing where it was told in this hour already. */
    void addStranger(UUID id, Optional<UUID> token, UUID participant, UUID subsystem, Instant at, Instant hour) {
        sql.update("""
                insert into consent.tiding (id, contour, taxpayer_inn, kind, token_id, participant_id, subsystem_id, at, text, once)
                select ?, t.contour, t.taxpayer_inn, 'STRANGER', t.id, ?, ?, ?, '', ? from consent.token t where t.id = ?::uuid""" + ONCE,
                id, participant, subsystem, at, subsystem + "/" + hour, token);
    }

    /** Newest first; {@code before} is the id of the last one of the page before. */
    List<Tiding> list(Taxpayer taxpayer, Optional<UUID> before, int limit) {
        return sql.list(VIEW + """
                 where n.contour = ? and n.taxpayer_inn = ? and not n.muted and (?::uuid is null or (n.at, n.id) < (select at, id from consent.tiding where id = ?::uuid))
                 order by n.at desc, n.id desc limit ?""", TidingStore::tiding, taxpayer.contour(), taxpayer.inn().digits(), before, before, limit);
    }

    List<Tiding> strangers(Contour contour, int limit) {
        return sql.list(VIEW + " where n.contour = ? and n.kind = 'STRANGER' order by n.at desc, n.id desc limit ?", TidingStore::tiding, contour, limit);
    }

    /** Who presented tokens of others within a day before, of which the authority's unit was not told; in an hour in which it had a letter, nobody. */
    List<Receiver> strangersUntold(Instant now) {
        return sql.list("select distinct n.participant_id, n.contour" + STRANGERS_UNTOLD
                + " and not exists (select from consent.stranger_told d where (d.participant_id, d.contour) = (n.participant_id, n.contour) and d.hour = ?)", row -> new Receiver(new ParticipantId(row.uuid("participant_id")), row.as(Contour.class, "contour")),
                now, now, now.truncatedTo(ChronoUnit.HOURS));
    }

    /** Counts in a letter what none has counted; empty where there is none, or this hour has had its letter. One at a time for a caller: each presentation is in one letter. */
    Optional<Strange> addStrangersTold(Receiver caller, Instant now) {
        sql.call("select pg_advisory_xact_lock(hashtextextended(?, 0))", "consent.stranger_told " + caller.contour() + " " + caller.participant().value());
        if (sql.update("insert into consent.stranger_told (participant_id, contour, hour, told_at) select ?, ?, ?, ? where exists (select" + STRANGERS_UNTOLD
                + " and n.participant_id = ? and n.contour = ?) on conflict on constraint stranger_told_pk do nothing",
                caller.participant(), caller.contour(), now.truncatedTo(ChronoUnit.HOURS), now, now, now, caller.participant(), caller.contour()) == 0) {
            return Optional.empty();
        }
        return sql.first("with counted as (insert into consent.stranger_counted (tiding_id, told_at) select n.id, ?" + STRANGERS_UNTOLD
                + " and n.participant_id = ? and n.contour = ? returning tiding_id)" + """
                select count(distinct n.token_id) tokens, string_agg(distinct s.code, ', ' order by s.code) subsystems, min(n.at) since, (array_agg(n.id order by n.at))[1] id,
                       min(v.procedure_code) procedure_code
                  from counted c join consent.tiding n on n.id = c.tiding_id join participants.subsystem s on s.id = n.subsystem_id
                  join consent.token_service l on l.token_id = n.token_id join access.service v on v.code = l.service_code having count(*) > 0""",
                row -> new Strange(row.uuid("id"), row.number("tokens"), row.text("subsystems"), row.instant("since"), row.text("procedure_code")),
                now, now, now, caller.participant(), caller.contour());
    }

    /** Who holds consents that expire soon, and of which nobody was told. */
    List<Receiver> toldSoon(Instant now) {
        return sql.list("select t.participant_id, t.contour" + TOKENS_SOON + " union select t.participant_id, t.contour" + FORMS_SOON,
                row -> new Receiver(new ParticipantId(row.uuid("participant_id")), row.as(Contour.class, "contour")), now, now, now, now, now, now);
    }

    /** Tells their taxpayers; what was told, the soonest first. */
    List<Expiring> addSoon(Receiver receiver, Instant now, int most) {
        List<UUID> tokens = addSoon("token_id", TOKENS_SOON, "tiding_once_unique", receiver, now, most);
        List<UUID> forms = tokens.size() == most ? List.of() : addSoon("form_id", FORMS_SOON, "tiding_form_once_unique", receiver, now, most - tokens.size());
        return tokens.isEmpty() && forms.isEmpty() ? List.of() : sql.list("""
                select t.id, s.code subsystem, t.expires_at, (select max(u.at) from consent.usage u where u.consent_id = t.id and\s""" + UsageStore.DISCLOSED + """
                ) last_used_at
                  from consent.token t join participants.subsystem s on s.id = t.subsystem_id where t.id = any(?::uuid[])
                union all
                select f.id, s.code, f.expires_at, (select max(u.at) from consent.usage u where u.form_id = f.id and\s""" + UsageStore.DISCLOSED + """
                )
                  from consent.form_consent f join participants.subsystem s on s.id = f.subsystem_id where f.id = any(?::uuid[]) order by expires_at, id""",
                row -> new Expiring(row.uuid("id"), row.text("subsystem"), row.instant("expires_at"), row.maybe("last_used_at", row::instant)), tokens, forms);
    }

    private List<UUID> addSoon(String reference, String soon, String once, Receiver receiver, Instant now, int most) {
        return sql.list("insert into consent.tiding (id, contour, taxpayer_inn, kind, " + reference + ", participant_id, subsystem_id, at, effective_at, text, once)"
                + " select gen_random_uuid(), t.contour, t.taxpayer_inn, 'EXPIRES_SOON', t.id, t.participant_id, t.subsystem_id, ?, t.expires_at, '', d.days::text" + soon
                + " and t.participant_id = ? and t.contour = ? order by t.expires_at, t.id limit ? on conflict on constraint " + once + " do nothing returning " + reference + " consent",
                row -> row.uuid("consent"), now, now, now, now, receiver.participant(), receiver.contour(), most);
    }

    private static Tiding tiding(Row row) {
        return new Tiding(row.uuid("id"), row.as(TidingKind.class, "kind"), row.instant("at"), row.maybe("token_id", row::uuid).map(TokenId::new), row.maybe("last_four", row::text),
                row.maybe("form_id", row::uuid), row.maybe("own_number", row::text),
                new ParticipantId(row.uuid("participant_id")), row.text("full_name"), row.text("subsystem"), row.maybe("effective_at", row::instant), row.maybe("cause", row::text),
                row.maybe("text", row::text).filter(text -> !text.isEmpty()), row.maybe("last_used_at", row::instant));
    }

    /**
     * What one caller presented that was not its own.
     *
     * @param id        of the first presentation
     * @param procedure of the services that the tokens are for
     */
    record Strange(UUID id, int tokens, String subsystems, Instant since, String procedure) {
    }

    /** A consent as a letter to its holder tells it. */
    record Expiring(UUID consent, String subsystem, Instant expiresAt, Optional<Instant> lastUsedAt) {
    }
}
