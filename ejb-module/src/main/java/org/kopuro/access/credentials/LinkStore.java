package org.kopuro.access.credentials;

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
import java.util.UUID;
import org.kopuro.access.ConnectionId;
import org.kopuro.access.ConnectionView;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;

@Dependent
class LinkStore {

    private static final int PAGE_MAX = 200;

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

    void add(UUID id, ConnectionView connection, UUID notice, String address, byte[] tokenSha256, Instant at, Instant expiresAt, Actor by) {
        change("""
                insert into access.credential_link (id, participant_id, contour, procedure_code, connection_id, notice_id, address, token_sha256, issued_at, expires_at,
                                                    issued_by, issued_by_role, state)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'OPEN')""", id, connection.participant().value(), connection.contour().name(), connection.procedure(), connection.id().value(),
                notice, address, tokenSha256, at, expiresAt, by.account().orElseThrow(), by.role());
    }

    Optional<LinkView> open(byte[] tokenSha256, Instant now) {
        return views("where token_sha256 = ? and state = 'OPEN' and expires_at > ?", now, tokenSha256, now).stream().findFirst();
    }

    /** False where it was used, replaced or ended before, or has become too old. */
    boolean redeem(UUID id, UUID account, Instant at) {
        return change("update access.credential_link set state = 'REDEEMED', closed_at = ?, account_id = ? where id = ? and state = 'OPEN' and expires_at > ?", at, account, id, at) == 1;
    }

    /** Closes the node's open link; as it was before. */
    List<LinkView> close(ParticipantId participant, Contour contour, LinkState as, Instant at) {
        List<LinkView> open = views("where participant_id = ? and contour = ? and state = 'OPEN' for update", at, participant.value(), contour.name());
        open.forEach(link -> change("update access.credential_link set state = ?, closed_at = ? where id = ?", as.name(), at, link.id()));
        return open;
    }

    Optional<LinkView> find(UUID id, Instant now) {
        return views("where id = ?", now, id).stream().findFirst();
    }

    List<LinkView> of(ParticipantId participant, Contour contour, Instant now) {
        return views("where participant_id = ? and contour = ? order by issued_at desc, id limit " + PAGE_MAX, now, participant.value(), contour.name());
    }

    long issuedSince(ParticipantId participant, Contour contour, Instant since) {
        return of(participant, contour, since).stream().filter(link -> link.issuedAt().isAfter(since)).count();
    }

    Optional<String> lastAddress(ParticipantId participant, Contour contour) {
        return of(participant, contour, Instant.MIN).stream().findFirst().map(LinkView::address);
    }

    private List<LinkView> views(String where, Instant now, Object... parameters) {
        try (PreparedStatement statement = prepare("""
                select id, participant_id, contour, connection_id, notice_id, address, issued_at, expires_at, state, closed_at, account_id from access.credential_link\s""" + where, parameters)) {
            List<LinkView> links = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Instant expiresAt = instant(row, "expires_at").orElseThrow();
                    LinkState state = LinkState.valueOf(row.getString("state"));
                    links.add(new LinkView(row.getObject("id", UUID.class), new ParticipantId(row.getObject("participant_id", UUID.class)), Contour.valueOf(row.getString("contour")),
                            new ConnectionId(row.getObject("connection_id", UUID.class)), row.getObject("notice_id", UUID.class), row.getString("address"),
                            instant(row, "issued_at").orElseThrow(), expiresAt, state == LinkState.OPEN && !expiresAt.isAfter(now) ? LinkState.EXPIRED : state,
                            instant(row, "closed_at"), Optional.ofNullable(row.getObject("account_id", UUID.class))));
                }
            }
            return links;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private int change(String sql, Object... parameters) {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = entities.unwrap(Connection.class).prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            Object parameter = parameters[i];
            statement.setObject(i + 1, parameter instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : parameter);
        }
        return statement;
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
