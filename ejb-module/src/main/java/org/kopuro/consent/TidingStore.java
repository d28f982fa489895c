package org.kopuro.consent;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
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

    private static final String VIEW = """
            select n.*, t.last_four, p.full_name, s.code subsystem,
                   case n.kind when 'EXPIRES_SOON' then (select max(u.at) from consent.usage u where u.consent_id = n.token_id and u.outcome = 'DISCLOSED') end last_used_at
              from consent.tiding n
              join consent.token t on t.id = n.token_id
              join participants.participant p on p.id = n.participant_id
              join participants.subsystem s on s.id = n.subsystem_id
            """;

    /** A token is told of for the smallest of these numbers of days that its end has come into, unless it was made within them (CON-123). [data] */
    private static final String SOON = """
              from consent.token t
              join lateral (select min(d) days from unnest(array[7, 3, 1]) d where t.expires_at <= ?::timestamptz + d * interval '1 day') d on true
             where t.state in ('ACTIVE', 'FROZEN') and t.expires_at > ? and t.expires_at <= ?::timestamptz + interval '7 days' and t.issued_at < t.expires_at - d.days * interval '1 day'
               and not exists (select from consent.tiding w where w.token_id = t.id and w.kind = 'EXPIRES_SOON' and w.once = d.days::text)
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
                 where n.contour = ? and n.taxpayer_inn = ? and (?::uuid is null or (n.at, n.id) < (select at, id from consent.tiding where id = ?::uuid))
                 order by n.at desc, n.id desc limit ?""", TidingStore::tiding, taxpayer.contour(), taxpayer.inn().digits(), before, before, limit);
    }

    List<Tiding> strangers(Contour contour, int limit) {
        return sql.list(VIEW + " where n.contour = ? and n.kind = 'STRANGER' order by n.at desc, n.id desc limit ?", TidingStore::tiding, contour, limit);
    }

    /** Who holds tokens that expire soon, and of which nobody was told. */
    List<Receiver> toldSoon(Instant now) {
        return sql.list("select distinct t.participant_id, t.contour" + SOON, row -> new Receiver(new ParticipantId(row.uuid("participant_id")), row.as(Contour.class, "contour")), now, now, now);
    }

    /** Tells their taxpayers; what was told, the soonest first. */
    List<Expiring> addSoon(Receiver receiver, Instant now, int most) {
        List<UUID> told = sql.list("""
                insert into consent.tiding (id, contour, taxpayer_inn, kind, token_id, participant_id, subsystem_id, at, effective_at, text, once)
                select gen_random_uuid(), t.contour, t.taxpayer_inn, 'EXPIRES_SOON', t.id, t.participant_id, t.subsystem_id, ?, t.expires_at, '', d.days::text
                """ + SOON + " and t.participant_id = ? and t.contour = ? order by t.expires_at, t.id limit ?" + ONCE + " returning token_id", row -> row.uuid("token_id"),
                now, now, now, now, receiver.participant(), receiver.contour(), most);
        return told.isEmpty() ? List.of() : sql.list("""
                select t.id, s.code subsystem, t.expires_at, (select max(u.at) from consent.usage u where u.consent_id = t.id and u.outcome = 'DISCLOSED') last_used_at
                  from consent.token t join participants.subsystem s on s.id = t.subsystem_id where t.id = any(?::uuid[]) order by t.expires_at, t.id""",
                row -> new Expiring(new TokenId(row.uuid("id")), row.text("subsystem"), row.instant("expires_at"), row.maybe("last_used_at", row::instant)), told);
    }

    private static Tiding tiding(Row row) {
        return new Tiding(row.uuid("id"), row.as(TidingKind.class, "kind"), row.instant("at"), new TokenId(row.uuid("token_id")), row.text("last_four"),
                new ParticipantId(row.uuid("participant_id")), row.text("full_name"), row.text("subsystem"), row.maybe("effective_at", row::instant), row.maybe("cause", row::text),
                Optional.of(row.text("text")).filter(text -> !text.isEmpty()), row.maybe("last_used_at", row::instant));
    }

    /** A token as a letter to its holder tells it. */
    record Expiring(TokenId token, String subsystem, Instant expiresAt, Optional<Instant> lastUsedAt) {
    }
}
