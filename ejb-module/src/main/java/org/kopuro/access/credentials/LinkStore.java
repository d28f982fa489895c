package org.kopuro.access.credentials;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.ConnectionId;
import org.kopuro.access.ConnectionView;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;

@Dependent
class LinkStore {

    private static final int PAGE_MAX = 200;

    @Inject
    private Sql sql;

    void add(UUID id, ConnectionView connection, UUID notice, String address, byte[] tokenSha256, Instant at, Instant expiresAt, Actor by) {
        sql.update("""
                insert into access.credential_link (id, participant_id, contour, procedure_code, connection_id, notice_id, address, token_sha256, issued_at, expires_at,
                                                    issued_by, issued_by_role, state)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'OPEN')""", id, connection.participant(), connection.contour(), connection.procedure(), connection.id(),
                notice, address, tokenSha256, at, expiresAt, by.account().orElseThrow(), by.role());
    }

    Optional<LinkView> open(byte[] tokenSha256, Instant now) {
        return views("where token_sha256 = ? and state = 'OPEN' and expires_at > ?", now, tokenSha256, now).stream().findFirst();
    }

    /** False where it was used, replaced or ended before, or has become too old. */
    boolean redeem(UUID id, UUID account, Instant at) {
        return sql.update("update access.credential_link set state = 'REDEEMED', closed_at = ?, account_id = ? where id = ? and state = 'OPEN' and expires_at > ?", at, account, id, at) == 1;
    }

    /** Closes the node's open link; as it was before. */
    List<LinkView> close(ParticipantId participant, Contour contour, LinkState as, Instant at) {
        List<LinkView> open = views("where participant_id = ? and contour = ? and state = 'OPEN' for update", at, participant, contour);
        open.forEach(link -> sql.update("update access.credential_link set state = ?, closed_at = ? where id = ?", as, at, link.id()));
        return open;
    }

    Optional<LinkView> find(UUID id, Instant now) {
        return views("where id = ?", now, id).stream().findFirst();
    }

    List<LinkView> of(ParticipantId participant, Contour contour, Instant now) {
        return views("where participant_id = ? and contour = ? order by issued_at desc, id limit " + PAGE_MAX, now, participant, contour);
    }

    long issuedSince(ParticipantId participant, Contour contour, Instant since) {
        return of(participant, contour, since).stream().filter(link -> link.issuedAt().isAfter(since)).count();
    }

    Optional<String> lastAddress(ParticipantId participant, Contour contour) {
        return of(participant, contour, Instant.MIN).stream().findFirst().map(LinkView::address);
    }

    private List<LinkView> views(String where, Instant now, Object... parameters) {
        return sql.list("""
                select id, participant_id, contour, connection_id, notice_id, address, issued_at, expires_at, state, closed_at, account_id from access.credential_link\s""" + where,
                row -> {
                    LinkState state = row.as(LinkState.class, "state");
                    return new LinkView(row.uuid("id"), new ParticipantId(row.uuid("participant_id")), row.as(Contour.class, "contour"), new ConnectionId(row.uuid("connection_id")),
                            row.uuid("notice_id"), row.text("address"), row.instant("issued_at"), row.instant("expires_at"),
                            state == LinkState.OPEN && !row.instant("expires_at").isAfter(now) ? LinkState.EXPIRED : state, row.maybe("closed_at", row::instant),
                            row.maybe("account_id", row::uuid));
                }, parameters);
    }
}
