package org.kopuro.consent;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.ParticipantDisconnected;
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

    void add(Token token) {
        entities.persist(token);
        entities.flush();
    }

    /** Makes two issues for one taxpayer follow one another on all nodes, so that the limits of CON-17 hold exactly. */
    void lock(Taxpayer taxpayer) {
        run("select pg_advisory_xact_lock(hashtextextended(?, 0))", statement -> {
            statement.setString(1, "consent.token " + taxpayer.contour() + " " + taxpayer.inn().digits());
            statement.execute();
            return null;
        });
    }

    int workingTokens(Taxpayer taxpayer, Instant now) {
        return count("select count(*) from consent.token where contour = ? and taxpayer_inn = ? and state in ('ACTIVE', 'FROZEN') and expires_at > ?",
                taxpayer, now);
    }

    int issuedSince(Taxpayer taxpayer, Instant start) {
        return count("select count(*) from consent.token where contour = ? and taxpayer_inn = ? and issued_at >= ?", taxpayer, start);
    }

    /**
     * Locked until the end of the transaction; waits for every call that is being answered on this token. New calls wait behind
     * it at the advisory lock, so that they cannot keep it waiting.
     */
    Token getForChange(TokenId id, Taxpayer taxpayer) {
        run("select pg_advisory_xact_lock(hashtextextended(encode(lookup, 'hex'), 0)) from consent.token where id = ?", statement -> {
            statement.setObject(1, id.value());
            return statement.execute();
        });
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
        return views(VIEW + " and t.id = ?", taxpayer, now, statement -> statement.setObject(3, id.value())).stream().findFirst();
    }

    /** Newest first; {@code before} is the id of the last token of the page before. */
    List<TokenView> list(Taxpayer taxpayer, Optional<UUID> before, int limit, Instant now) {
        String page = before.isPresent()
                ? " and (t.issued_at, t.id) < (select issued_at, id from consent.token where id = ?)" : "";
        return views(VIEW + page + " order by t.issued_at desc, t.id desc limit " + limit, taxpayer, now, statement -> {
            if (before.isPresent()) {
                statement.setObject(3, before.get());
            }
        });
    }

    /** The tokens that were working. */
    List<UUID> revokeAll(ParticipantDisconnected news) {
        return run("""
                update consent.token t set state = 'REVOKED', cause = ?, ended_at = ?
                 where participant_id = ? and contour = ? and state in ('ACTIVE', 'FROZEN')
                   and exists (select from consent.token_service l join access.service s on s.code = l.service_code where l.token_id = t.id and s.procedure_code = ?)
                returning id""", statement -> {
            statement.setString(1, TokenEvent.DISCONNECT_PARTICIPANT.cause());
            statement.setObject(2, utc(news.at()));
            statement.setObject(3, news.participant().value());
            statement.setString(4, news.contour().name());
            statement.setString(5, news.procedure());
            List<UUID> revoked = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    revoked.add(row.getObject(1, UUID.class));
                }
            }
            return revoked;
        });
    }

    private int count(String sql, Taxpayer taxpayer, Instant instant) {
        return run(sql, statement -> {
            statement.setString(1, taxpayer.contour().name());
            statement.setString(2, taxpayer.inn().digits());
            statement.setObject(3, utc(instant));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        });
    }

    private List<TokenView> views(String sql, Taxpayer taxpayer, Instant now, Binding binding) {
        return run(sql, statement -> {
            statement.setString(1, taxpayer.contour().name());
            statement.setString(2, taxpayer.inn().digits());
            binding.on(statement);
            List<TokenView> views = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    views.add(view(row, now));
                }
            }
            return views;
        });
    }

    private static TokenView view(ResultSet row, Instant now) throws SQLException {
        TokenState stored = TokenState.valueOf(row.getString("state"));
        Instant expiresAt = instant(row, "expires_at").orElseThrow();
        TokenState state = stored.at(expiresAt, now);
        return new TokenView(
                new TokenId(row.getObject("id", UUID.class)),
                new ParticipantId(row.getObject("participant_id", UUID.class)), row.getString("full_name"),
                new SubsystemId(row.getObject("subsystem_id", UUID.class)), row.getString("subsystem_name"),
                Arrays.asList((String[]) row.getArray("services").getArray()),
                instant(row, "issued_at").orElseThrow(), expiresAt,
                state, Optional.ofNullable(row.getString("cause")),
                state != stored ? Optional.of(expiresAt) : instant(row, "ended_at"),
                row.getString("last_four"), instant(row, "first_used_at"), instant(row, "last_used_at"));
    }

    private <T> T run(String sql, Work<T> work) {
        try (PreparedStatement statement = entities.unwrap(Connection.class).prepareStatement(sql)) {
            return work.on(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private interface Binding {
        void on(PreparedStatement statement) throws SQLException;
    }

    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }
}
