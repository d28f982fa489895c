package org.kopuro.consent;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.kopuro.access.ParticipantDisconnected;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.SubsystemId;

@Dependent
class TokenStore {

    private static final String VIEW = """
            select t.*, p.full_name, s.name subsystem_name,
                   (select array_agg(service_code order by service_code) from consent.token_service l where l.token_id = t.id) services,
                   (select min(at) from consent.usage u where u.consent_id = t.id and u.outcome = 'DISCLOSED') first_used_at,
                   (select max(at) from consent.usage u where u.consent_id = t.id and u.outcome = 'DISCLOSED') last_used_at
              from consent.token t
              join participants.participant p on p.id = t.participant_id
              join participants.subsystem s on s.id = t.subsystem_id
             where t.contour = ? and t.taxpayer_inn = ?
            """;

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;
    @Inject
    private Sql sql;

    void add(Token token) {
        entities.persist(token);
        entities.flush();
    }

    /** Makes two issues for one taxpayer follow one another on all nodes, so that the limits of CON-17 hold exactly. */
    void lock(Taxpayer taxpayer) {
        sql.call("select pg_advisory_xact_lock(hashtextextended(?, 0))", "consent.token " + taxpayer.contour() + " " + taxpayer.inn().digits());
    }

    int workingTokens(Taxpayer taxpayer, Instant now) {
        return count("select count(*) tokens from consent.token where contour = ? and taxpayer_inn = ? and state in ('ACTIVE', 'FROZEN') and expires_at > ?",
                taxpayer, now);
    }

    int issuedSince(Taxpayer taxpayer, Instant start) {
        return count("select count(*) tokens from consent.token where contour = ? and taxpayer_inn = ? and issued_at >= ?", taxpayer, start);
    }

    /**
     * Locked until the end of the transaction; waits for every call that is being answered on this token. New calls wait behind
     * it at the advisory lock, so that they cannot keep it waiting.
     */
    Token getForChange(TokenId id, Taxpayer taxpayer) {
        sql.call("select pg_advisory_xact_lock(hashtextextended(encode(lookup, 'hex'), 0)) from consent.token where id = ?", id);
        Token token = entities.find(Token.class, id.value(), LockModeType.PESSIMISTIC_WRITE);
        if (token == null || token.contour != taxpayer.contour() || !token.taxpayerInn.equals(taxpayer.inn().digits())) {
            throw Refusal.of(InputRefusal.NOT_FOUND, "token");
        }
        return token;
    }

    void flush() {
        entities.flush();
    }

    Optional<TokenView> find(Taxpayer taxpayer, TokenId id, Instant now) {
        return sql.first(VIEW + " and t.id = ?", row -> view(row, now), taxpayer.contour(), taxpayer.inn().digits(), id);
    }

    /** Newest first; {@code before} is the id of the last token of the page before. */
    List<TokenView> list(Taxpayer taxpayer, Optional<UUID> before, int limit, Instant now) {
        String page = before.isPresent()
                ? " and (t.issued_at, t.id) < (select issued_at, id from consent.token where id = ?)" : "";
        return sql.list(VIEW + page + " order by t.issued_at desc, t.id desc limit " + limit, row -> view(row, now),
                Stream.concat(Stream.of(taxpayer.contour(), taxpayer.inn().digits()), before.stream()).toArray());
    }

    /** The tokens that were working. */
    List<UUID> revokeAll(ParticipantDisconnected news) {
        return sql.list("""
                update consent.token t set state = 'REVOKED', cause = ?, ended_at = ?
                 where participant_id = ? and contour = ? and state in ('ACTIVE', 'FROZEN')
                   and exists (select from consent.token_service l join access.service s on s.code = l.service_code where l.token_id = t.id and s.procedure_code = ?)
                returning id""", row -> row.uuid("id"), TokenEvent.DISCONNECT_PARTICIPANT.cause(), news.at(), news.participant(), news.contour(), news.procedure());
    }

    private int count(String counting, Taxpayer taxpayer, Instant instant) {
        return sql.one(counting, row -> row.number("tokens"), taxpayer.contour(), taxpayer.inn().digits(), instant);
    }

    private static TokenView view(Row row, Instant now) {
        TokenState stored = row.as(TokenState.class, "state");
        Instant expiresAt = row.instant("expires_at");
        TokenState state = stored.at(expiresAt, now);
        return new TokenView(
                new TokenId(row.uuid("id")), new ParticipantId(row.uuid("participant_id")), row.text("full_name"),
                new SubsystemId(row.uuid("subsystem_id")), row.text("subsystem_name"), row.all(String.class, "services"),
                row.instant("issued_at"), expiresAt, state, row.maybe("cause", row::text),
                state != stored ? Optional.of(expiresAt) : row.maybe("ended_at", row::instant),
                row.text("last_four"), row.maybe("first_used_at", row::instant), row.maybe("last_used_at", row::instant));
    }
}
