package org.kopuro.representation;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** Mandates and their events. The database changes a mandate when an event of it is added, and in no other way. */
@Dependent
class MandateStore {

    private static final String COLUMNS = """
            m.*, t.full_name taxpayer_name, g.full_name grantor_name, r.full_name representative_name, d.sha256,
                   array(select service_code from representation.mandate_service s where s.mandate_id = m.id order by service_code) services
            """;
    private static final String JOINED = """
              join registers.taxpayer t on (t.contour, t.inn) = (m.contour, m.taxpayer_inn)
              join registers.taxpayer g on (g.contour, g.inn) = (m.contour, m.grantor_inn)
              join registers.taxpayer r on (r.contour, r.inn) = (m.contour, m.representative_inn)
              left join documents.document d on d.id = m.document_id
            """;
    private static final String HELD = "select m.* from representation.mandate m ";

    @Inject
    private Sql sql;

    /** Makes granting for one taxpayer follow one another on all nodes, so that its limits hold exactly. */
    void lock(Contour contour, Inn taxpayer) {
        sql.call("select pg_advisory_xact_lock(hashtextextended(?, 0))", "representation.mandate " + contour + " " + taxpayer.digits());
    }

    int inForce(Contour contour, Inn taxpayer, Instant now) {
        return sql.one("select count(*) mandates from representation.mandate where contour = ? and taxpayer_inn = ? and state = 'IN_FORCE' and expires_at > ?", row -> row.number("mandates"),
                contour, taxpayer.digits(), now);
    }

    int groundsSince(Contour contour, Inn taxpayer, Instant start) {
        return sql.one("select count(*) papers from representation.ground_document where contour = ? and taxpayer_inn = ? and filed_at >= ?", row -> row.number("papers"),
                contour, taxpayer.digits(), start);
    }

    void addGround(UUID document, Contour contour, Inn taxpayer, Instant at, Actor by) {
        sql.update("insert into representation.ground_document (document_id, contour, taxpayer_inn, filed_at, actor, actor_role) values (?, ?, ?, ?, ?, ?)",
                document, contour, taxpayer.digits(), at, by.account(), by.role());
    }

    Optional<String> unknownService(Collection<String> services) {
        return sql.first("select code from unnest(?::text[]) code where code not in (select code from access.service where kind = 'EXCHANGE') order by code limit 1", row -> row.text("code"), services);
    }

    void add(MandateId id, Contour contour, Optional<MandateId> parent, Inn taxpayer, Inn grantor, NewMandate wish, Instant beginsAt, Instant expiresAt, Instant at, Actor by) {
        try {
            sql.update("""
                    insert into representation.mandate (id, contour, parent_id, depth, taxpayer_inn, grantor_inn, representative_inn, rights, begins_at, expires_at, ground_number, ground_dated,
                           registered_with, document_id, state, events, granted_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'IN_FORCE', 1, ?)""",
                    id, contour, parent, parent.isPresent() ? 2 : 1, taxpayer.digits(), grantor.digits(), wish.representative().digits(), wish.rights().stream().map(Enum::name).sorted().toList(),
                    beginsAt, expiresAt, wish.ground().number(), wish.ground().dated(), wish.ground().registeredWith(), wish.ground().document(), at);
        } catch (SqlFailure e) {
            throw switch (e.constraint()) {
                case "mandate_ground_unique" -> Refusal.of(MandateRefusal.MANDATE_EXISTS, "ground.number");
                case "mandate_document_fk" -> Refusal.of(InputRefusal.NOT_FOUND, "ground.document");
                default -> e;
            };
        }
        sql.update("insert into representation.mandate_service (mandate_id, scope_id, service_code) select m.id, m.scope_id, code from representation.mandate m, unnest(?::text[]) code where m.id = ?",
                wish.services(), id);
        addEvent(id, 1, "NONE", MandateEvent.GRANT, MandateState.IN_FORCE, at, by, Optional.of(grantor));
    }

    /** @param from as it was read under the lock of this transaction */
    void addEvent(HeldMandate from, MandateEvent event, MandateState to, Instant at, Actor by, Optional<Inn> party) {
        addEvent(from.id(), from.events() + 1, from.stored().name(), event, to, at, by, party);
    }

    private void addEvent(MandateId id, int number, String from, MandateEvent event, MandateState to, Instant at, Actor by, Optional<Inn> party) {
        sql.update("insert into representation.mandate_event (mandate_id, number, from_state, event, to_state, at, actor, actor_role, party_inn) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                id, number, from, event, to, at, by.account(), by.role(), party.map(Inn::digits));
    }

    /** As it stays until the end of the transaction; others may share it, nobody ends it. */
    Optional<HeldMandate> share(MandateId id) {
        return sql.first(HELD + "where m.id = ? and m.erased_at is null for share of m", MandateStore::held, id);
    }

    /**
     * Waits for everybody who exercises it. Whoever exercises a mandate beneath it may still refer to this one, in the links of a token, and is waited for at that one:
     * so the key stays free until all are held.
     */
    Optional<HeldMandate> hold(MandateId id) {
        return sql.first(HELD + "where m.id = ? and m.erased_at is null for no key update of m", MandateStore::held, id);
    }

    /** What is in force beneath a mandate that is held. */
    List<HeldMandate> holdChildren(MandateId parent) {
        return sql.list(HELD + "where m.parent_id = ? and m.state = 'IN_FORCE' order by m.id for no key update of m", MandateStore::held, parent);
    }

    /** Whose term is over, or where a party is no more, and that is not yet written down. */
    List<MandateId> due(LocalDate today, Instant now, int most) {
        return sql.list("""
                select id from representation.mandate where state = 'IN_FORCE' and expires_at <= ?
                union
                select m.id from registers.taxpayer x
                  join representation.mandate m on m.contour = x.contour and m.state = 'IN_FORCE' and x.inn in (m.taxpayer_inn, m.grantor_inn, m.representative_inn)
                 where x.ended_on <= ?
                limit ?""", row -> new MandateId(row.uuid("id")), now, today, most);
    }

    /** As the register says now, whether or not that is written down. */
    boolean partyHasEnded(HeldMandate mandate, LocalDate today) {
        return sql.exists("select from registers.taxpayer where contour = ? and inn = any (?) and ended_on <= ?", mandate.contour(), mandate.parties().stream().map(Inn::digits).toList(), today);
    }

    Optional<MandateView> find(MandateId id, Instant now) {
        return sql.first("select " + COLUMNS + " from representation.mandate m " + JOINED + " where m.id = ?", row -> view(row, now), id);
    }

    /** Those of a party, the newest first; {@code before} is the id of the last one of the page before. */
    List<MandateView> of(Contour contour, Inn party, Optional<UUID> before, int limit, Instant now) {
        return sql.list("select " + COLUMNS + " from representation.mandate m " + JOINED + """
                 where m.contour = ? and (m.taxpayer_inn = ? or m.depth = 2 and m.grantor_inn = ? or m.representative_inn = ?)
                   and (?::uuid is null or (m.granted_at, m.id) < (select granted_at, id from representation.mandate where id = ?::uuid))
                 order by m.granted_at desc, m.id desc limit ?""", row -> view(row, now), contour, party.digits(), party.digits(),
                party.digits(), before, before, limit);
    }

    void addTiding(MandateId mandate, Contour contour, Collection<Inn> told, MandateTidingKind kind, Instant at, Collection<UUID> tokens) {
        sql.update("""
                insert into representation.tiding (id, contour, told_inn, kind, mandate_id, at, tokens)
                select gen_random_uuid(), ?, inn, ?, ?, ?, ?::uuid[] from unnest(?::text[]) inn
                on conflict on constraint tiding_once_unique do nothing""", contour, kind, mandate, at, tokens, told.stream().map(Inn::digits).toList());
    }

    List<MandateTiding> tidings(Contour contour, Inn told, Optional<UUID> before, int limit, Instant now) {
        return sql.list("select n.id tiding_id, n.kind, n.at, n.tokens, " + COLUMNS + " from representation.tiding n join representation.mandate m on m.id = n.mandate_id " + JOINED + """
                 where n.contour = ? and n.told_inn = ? and (?::uuid is null or (n.at, n.id) < (select at, id from representation.tiding where id = ?::uuid))
                 order by n.at desc, n.id desc limit ?""", row -> new MandateTiding(row.uuid("tiding_id"), row.as(MandateTidingKind.class, "kind"), row.instant("at"), view(row, now),
                row.all(UUID.class, "tokens")), contour, told.digits(), before, before, limit);
    }

    private static HeldMandate held(Row row) {
        return new HeldMandate(new MandateId(row.uuid("id")), row.as(Contour.class, "contour"), row.maybe("parent_id", row::uuid).map(MandateId::new), new Inn(row.text("taxpayer_inn")),
                new Inn(row.text("grantor_inn")), new Inn(row.text("representative_inn")), rights(row), row.instant("begins_at"), row.instant("expires_at"),
                row.as(MandateState.class, "state"), row.number("events"));
    }

    private static MandateView view(Row row, Instant now) {
        MandateState stored = row.as(MandateState.class, "state");
        Instant expiresAt = row.instant("expires_at");
        MandateState state = stored.at(expiresAt, now);
        return new MandateView(new MandateId(row.uuid("id")), row.as(Contour.class, "contour"), row.maybe("parent_id", row::uuid).map(MandateId::new), new Inn(row.text("taxpayer_inn")),
                row.text("taxpayer_name"), new Inn(row.text("grantor_inn")), row.text("grantor_name"), new Inn(row.text("representative_inn")), row.text("representative_name"), rights(row),
                row.all(String.class, "services"), row.instant("begins_at"), expiresAt,
                new Ground(row.text("ground_number"), row.day("ground_dated"), row.maybe("registered_with", row::text), row.maybe("document_id", row::uuid)),
                row.maybe("sha256", row::octets).map(HexFormat.of()::formatHex), state, row.maybe("cause", row::text), row.instant("granted_at"),
                state != stored ? Optional.of(expiresAt) : row.maybe("ended_at", row::instant));
    }

    private static Set<MandateRight> rights(Row row) {
        return row.all(String.class, "rights").stream().map(MandateRight::valueOf).collect(Collectors.toUnmodifiableSet());
    }
}
