package org.kopuro.consent;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ParticipantDisconnected;
import org.kopuro.access.SubsystemDropped;
import org.kopuro.installation.Installation;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.SubsystemId;
import org.kopuro.participants.SubsystemView;
import org.kopuro.representation.Authority;
import org.kopuro.representation.Capacity;
import org.kopuro.representation.Link;
import org.kopuro.representation.MandateEnded;
import org.kopuro.representation.MandateId;

/** Tokens and their events. The database changes a token when an event of it is added, and in no other way. */
@Dependent
class TokenStore {

    private static final String VIEW = """
            select t.*, p.full_name, s.name subsystem_name, b.calls, b.left_over, r.id replaced_by,
                   (select array_agg(service_code order by service_code) from consent.token_service l where l.token_id = t.id) services,
                   (select json_agg(json_build_object('capacity', capacity, 'inn', inn, 'name', full_name, 'ground', ground, 'mandate', mandate_id) order by number)::text
                      from consent.token_link k where k.token_id = t.id) chain,
                   (select min(at) from consent.usage u where u.consent_id = t.id and\s""" + UsageStore.DISCLOSED + """
                   ) first_used_at,
                   (select max(at) from consent.usage u where u.consent_id = t.id and\s""" + UsageStore.DISCLOSED + """
                   ) last_used_at
              from consent.token t
              join participants.participant p on p.id = t.participant_id
              join participants.subsystem s on s.id = t.subsystem_id
              left join consent.token_budget b on b.token_id = t.id
              left join consent.token r on r.replaces = t.id
             where t.contour = ? and t.taxpayer_inn = ?
            """;
    /** Nothing in the token that a mandate does not cover; all tokens, where there is none. */
    private static final String COVERED = " and not exists (select from consent.token_service l where l.token_id = t.id and l.service_code <> all (coalesce(?::text[], array[l.service_code])))";
    /** What works and what has ended have an index each. */
    private static final String BOUND = "select id, contour, participant_id, subsystem_id, taxpayer_inn from consent.token where lookup = any(?::bytea[]) and ";
    private static final String HELD = """
            select t.id, t.contour, t.taxpayer_inn, t.participant_id, t.subsystem_id, t.state, t.events, t.expires_at,
                   (select left_over from consent.token_budget b where b.token_id = t.id) left_over
              from consent.token t
            """;

    @Inject
    private Sql sql;

    void add(UUID id, TokenText text, byte[] lookup, short pepper, Taxpayer taxpayer, SubsystemView subsystem, NewToken wish, ConsentText read, Instant at, Instant expiresAt, Authority under,
            Actor by) {
        try {
            sql.update("""
                    insert into consent.token (id, contour, taxpayer_inn, participant_id, subsystem_id, lookup, pepper_number, last_four, state, issued_at, expires_at, text_version,
                           text_language, text_sha256, events, period_from, period_to, replaces, mandate_id)
                    values (?, ?, ?, ?, ?, ?, ?, ?, 'ACTIVE', ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)""",
                    id, taxpayer.contour(), taxpayer.inn().digits(), subsystem.participant(), subsystem.id(), lookup, pepper, text.lastFour(), at, expiresAt,
                    read.version(), read.language(), read.sha256(), wish.period().map(months -> months.first().atDay(1)), wish.period().map(months -> months.last().atDay(1)),
                    wish.replaces(), under.mandate());
        } catch (SqlFailure e) {
            throw e.constraint().equals("token_replaces_unique") ? Refusal.of(ConsentRefusal.TOKEN_REPLACED_ALREADY, "replaces") : e;
        }
        sql.update("insert into consent.token_service (token_id, service_code) select ?, code from unnest(?) code", id, wish.services());
        int number = 0;
        for (Link link : under.chain()) {
            sql.update("insert into consent.token_link (token_id, number, capacity, inn, full_name, mandate_id, ground) values (?, ?, ?, ?, ?, ?, ?)",
                    id, ++number, link.capacity(), link.inn().digits(), link.name(), link.mandate(), link.ground());
        }
        wish.calls().ifPresent(calls -> sql.update("insert into consent.token_budget (token_id, calls, left_over) values (?, ?, ?)", id, calls, calls));
        addEvent(new TokenId(id), 1, "NONE", TokenEvent.ISSUE, TokenState.ACTIVE, at, by, "");
    }

    /** @param from as it was read under the lock of this transaction */
    void addEvent(HeldToken from, TokenEvent event, TokenState to, Instant at, Actor by, String text) {
        addEvent(from.id(), from.events() + 1, from.stored().name(), event, to, at, by, text);
    }

    private void addEvent(TokenId id, int number, String from, TokenEvent event, TokenState to, Instant at, Actor by, String text) {
        sql.update("insert into consent.token_event (token_id, number, from_state, event, to_state, at, actor, actor_role, text) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                id, number, from, event, to, at, by.account(), by.role(), text);
    }

    /** Makes issuing and pausing of one taxpayer follow one another on all nodes, so that the limits of CON-17 hold exactly and no new token escapes a pause. */
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

    private int count(String counting, Taxpayer taxpayer, Instant instant) {
        return sql.one(counting, row -> row.number("tokens"), taxpayer.contour(), taxpayer.inn().digits(), instant);
    }

    /**
     * Locked until the end of the transaction; waits for every call that is being answered on this token. New calls wait behind
     * it at the advisory lock, so that they cannot keep it waiting.
     */
    Optional<HeldToken> hold(TokenId id) {
        sql.call("select pg_advisory_xact_lock(hashtextextended(encode(lookup, 'hex'), 0)) from consent.token where id = ?", id);
        return sql.first(HELD + " where t.id = ? and t.erased_at is null for update of t", TokenStore::held, id);
    }

    /** What a stored value belongs to, and whom it is bound to. */
    record Bound(UUID id, Contour contour, UUID participant, UUID subsystem, String taxpayerInn) {
    }

    Optional<Bound> bound(List<byte[]> lookups) {
        return sql.first("select * from (" + BOUND + "state in ('ACTIVE', 'FROZEN') union all " + BOUND + "state not in ('ACTIVE', 'FROZEN')) t limit 1",
                row -> new Bound(row.uuid("id"), row.as(Contour.class, "contour"), row.uuid("participant_id"), row.uuid("subsystem_id"), row.text("taxpayer_inn")), lookups, lookups);
    }

    /** Of its services those that a call would be let through to, as the exchange asks; but for a closure of all of the contour, which is about no token. */
    Introspected introspect(UUID id, Instant now) {
        return sql.one("""
                select t.*, b.left_over, concat_ws('/', p.instance, p.member_class, p.member_code, s.code) subsystem, l.connected, l.allowed, coalesce(l.services, '{}') services,
                       consent.participant_keeps(t.participant_id, t.contour, array(select service_code from consent.token_service k where k.token_id = t.id)) kept_months
                  from consent.token t
                  join participants.participant p on p.id = t.participant_id
                  join participants.subsystem s on s.id = t.subsystem_id
                  left join consent.token_budget b on b.token_id = t.id
                  cross join lateral (
                    select bool_or(c.passes) connected, bool_or(c.passes and a.granted) allowed,
                           array_agg(v.code order by v.code) filter (where c.passes and a.granted and v.enabled and not o.out) services
                      from consent.token_service l
                      join access.service v on v.code = l.service_code
                      cross join lateral (select exists (select from access.connection c
                                    where (c.participant_id, c.contour, c.procedure_code) = (t.participant_id, t.contour, v.procedure_code)
                                      and access.connection_state_at(c.id, ?::timestamptz) in ('CONNECTED', 'SUSPENSION_ANNOUNCED', 'TERMINATION_ANNOUNCED')) passes) c
                      cross join lateral (select exists (select from access.access_right r
                                    where r.subsystem_id = t.subsystem_id and r.contour = t.contour and r.service_code = v.code and r.revoked_at is null
                                      and ? between r.valid_from and coalesce(r.valid_to, 'infinity')) granted) a
                      cross join lateral (select exists (select from access.announcement_service u
                                    where u.service_code = v.code and u.contour::text = t.contour::text and u.during @> ?::timestamptz
                                      and access.announcement_told_in_time(u.announcement_id, ?))
                                    or exists (select from exchange.closure z
                                    where z.service_code = v.code and z.contour::text = t.contour::text and z.during @> ?::timestamptz) out) o
                     where l.token_id = t.id) l
                 where t.id = ?""", row -> introspected(row, now), now, LocalDate.ofInstant(now, Installation.ZONE), now, now, now, id);
    }

    private static Introspected introspected(Row row, Instant now) {
        TokenState stored = row.as(TokenState.class, "state");
        Instant expiresAt = row.instant("expires_at");
        Optional<Integer> left = row.maybe("left_over", row::number);
        TokenState state = stored.at(expiresAt, left, now);
        List<String> services = row.all(String.class, "services");
        Optional<AccessRefusal> closed = !services.isEmpty() ? Optional.empty()
                : Optional.of(!row.flag("connected") ? AccessRefusal.PARTICIPANT_SUSPENDED : row.flag("allowed") ? AccessRefusal.SERVICE_DISABLED : AccessRefusal.ACCESS_RIGHT_MISSING);
        return new Introspected(new TokenId(row.uuid("id")), row.text("taxpayer_inn"), row.text("subsystem"), services, closed, row.instant("issued_at"), expiresAt, months(row),
                left, state, row.flag("paused"), state != stored && state == TokenState.EXPIRED ? Optional.of(expiresAt) : row.maybe("ended_at", row::instant),
                row.maybe("kept_months", row::number));
    }

    /** All that works of a taxpayer, in one order for everybody. */
    void holdAll(Taxpayer taxpayer) {
        sql.call("""
                select pg_advisory_xact_lock(key)
                  from (select hashtextextended(encode(lookup, 'hex'), 0) key from consent.token where contour = ? and taxpayer_inn = ? and state in ('ACTIVE', 'FROZEN') order by key offset 0) keys""",
                taxpayer.contour(), taxpayer.inn().digits());
    }

    /** False where it is as it was. */
    boolean pause(Taxpayer taxpayer, Instant at) {
        return sql.update("insert into consent.pause (contour, taxpayer_inn, since) values (?, ?, ?) on conflict on constraint pause_pk do nothing",
                taxpayer.contour(), taxpayer.inn().digits(), at) == 1;
    }

    boolean resume(Taxpayer taxpayer) {
        return sql.update("delete from consent.pause where contour = ? and taxpayer_inn = ?", taxpayer.contour(), taxpayer.inn().digits()) == 1;
    }

    Optional<Instant> pausedSince(Taxpayer taxpayer) {
        return sql.first("select since from consent.pause where contour = ? and taxpayer_inn = ?", row -> row.instant("since"), taxpayer.contour(), taxpayer.inn().digits());
    }

    Optional<TokenView> find(Taxpayer taxpayer, TokenId id, Instant now) {
        return sql.first(VIEW + " and t.id = ?", row -> view(row, now), taxpayer.contour(), taxpayer.inn().digits(), id);
    }

    /** Newest first; {@code before} is the id of the last token of the page before. */
    List<TokenView> list(Taxpayer taxpayer, Optional<Set<String>> covered, Optional<UUID> before, int limit, Instant now) {
        String page = before.isPresent()
                ? " and (t.issued_at, t.id) < (select issued_at, id from consent.token where id = ?)" : "";
        return sql.list(VIEW + COVERED + page + " order by t.issued_at desc, t.id desc limit " + limit, row -> view(row, now),
                Stream.concat(Stream.of(taxpayer.contour(), taxpayer.inn().digits(), covered), before.stream()).toArray());
    }

    /** What ends with a mandate and those that were passed on from it. */
    List<TokenView> standingOn(Taxpayer taxpayer, MandateId mandate, Instant now) {
        return sql.list(VIEW + """
                 and t.live_mandate is not null and t.expires_at > ? and t.mandate_id in (select id from representation.mandate where ? in (id, parent_id))
                 order by t.issued_at desc, t.id desc""", row -> view(row, now), taxpayer.contour(), taxpayer.inn().digits(), now, mandate);
    }

    List<String> servicesOf(TokenId id) {
        return sql.list("select service_code from consent.token_service where token_id = ? order by service_code", row -> row.text("service_code"), id);
    }

    /** What ended with its mandate: revoked, or written down as expired. */
    record EndedToken(UUID id, UUID mandate, TokenEvent event) {
    }

    /** All that stands on mandates which are held, at once; nothing is made under them meanwhile. Calls that are being answered end first, new ones wait. */
    List<EndedToken> endAll(MandateEnded news) {
        sql.call("""
                select pg_advisory_xact_lock(key)
                  from (select hashtextextended(encode(lookup, 'hex'), 0) key from consent.token where mandate_id = any(?::uuid[]) and live_mandate is not null order by key offset 0) keys""",
                news.mandates());
        return sql.list("""
                with ended as (
                    insert into consent.token_event (token_id, number, from_state, event, to_state, at, actor_role, text)
                    select id, events + 1, state, case when expires_at > ? then 'END_MANDATE' else 'REACH_EXPIRY' end, case when expires_at > ? then 'REVOKED' else 'EXPIRED' end, ?, ?, ''
                      from (select id, events, state, expires_at from consent.token where mandate_id = any(?::uuid[]) and live_mandate is not null order by id for update) t
                    returning token_id, event)
                select e.token_id, e.event, t.mandate_id from ended e join consent.token t on t.id = e.token_id order by e.token_id""",
                row -> new EndedToken(row.uuid("token_id"), row.uuid("mandate_id"), row.as(TokenEvent.class, "event")), news.at(), news.at(), news.at(), Actor.SYSTEM.role(), news.mandates());
    }

    /** A subsystem whose participant is connected under these procedures. */
    record Connected(UUID id, PossibleHolder holder, List<String> procedures) {
    }

    /** By a part of the participant's name or of a product's, by INN or member code; no services yet. */
    List<Connected> connected(Contour contour, String sought, int limit) {
        return sql.list("""
                select s.id, s.name, concat_ws('/', p.instance, p.member_class, p.member_code, nullif(s.code, '')) address, p.id participant_id, p.full_name, p.inn, c.procedures, c.ending, d.products
                  from participants.participant p
                  join participants.subsystem s on s.participant_id = p.id
                  join lateral (select array_agg(procedure_code) procedures, bool_or(state <> 'CONNECTED') ending from access.connection
                                 where participant_id = p.id and contour = ? and state in ('CONNECTED', 'SUSPENSION_ANNOUNCED', 'TERMINATION_ANNOUNCED')) c on c.procedures is not null
                  join lateral (select coalesce(array_agg(distinct o.name), '{}') products from access.product_use u join access.product o on o.id = u.product_id
                                 where u.participant_id = p.id and u.contour = ? and u.ended_at is null) d on true
                 where p.inn = ? or p.member_code = ? or position(lower(?) in lower(p.full_name || chr(10) || array_to_string(d.products, chr(10)))) > 0
                 order by p.full_name, address limit ?""", TokenStore::connected, contour, contour, sought, sought, sought, limit);
    }

    private static Connected connected(Row row) {
        return new Connected(row.uuid("id"), new PossibleHolder(row.text("address"), row.text("name"), new ParticipantId(row.uuid("participant_id")), row.text("full_name"),
                row.maybe("inn", row::text), row.all(String.class, "products"), List.of(), row.flag("ending")), row.all(String.class, "procedures"));
    }

    private static final String REVOKE = """
            insert into consent.token_event (token_id, number, from_state, event, to_state, at, actor_role, text)
            select id, events + 1, state, ?, 'REVOKED', ?, ?, ''
              from (select id, events, state from consent.token t
                     where participant_id = ? and contour = ? and state in ('ACTIVE', 'FROZEN') and expires_at > ? and %s
                     order by id for update) t
            returning token_id""";

    /** What works on services of the procedure, all at once; the ids. */
    List<UUID> revokeAll(ParticipantDisconnected news) {
        return sql.list(REVOKE.formatted("exists (select from consent.token_service l join access.service s on s.code = l.service_code where l.token_id = t.id and s.procedure_code = ?)"),
                row -> row.uuid("token_id"), TokenEvent.DISCONNECT_PARTICIPANT, news.at(), Actor.SYSTEM.role(), news.participant(), news.contour(), news.at(), news.procedure());
    }

    /** What works in that subsystem, all at once; the ids. */
    List<UUID> revokeAll(SubsystemDropped news) {
        return sql.list(REVOKE.formatted("subsystem_id = ?"), row -> row.uuid("token_id"), TokenEvent.DISCONNECT_PARTICIPANT, news.at(), Actor.SYSTEM.role(), news.participant(),
                news.contour(), news.at(), news.subsystem());
    }

    /** Its expiry is now: the database moves it, of tokens of TEST alone. */
    void bringForward(HeldToken token, Instant at, Actor by) {
        sql.update("insert into consent.expiry_brought_forward (token_id, contour, participant_id, former_expiry, at, actor, actor_role) values (?, ?, ?, ?, ?, ?, ?)",
                token.id(), token.contour(), token.participant(), token.expiresAt(), at, by.account(), by.role());
    }

    /**
     * What has come about by the moment and is not yet written down; what another node works on is left to it, and what waits after a failure to a later look.
     *
     * @param one that alone
     */
    List<HeldToken> due(TokenDue due, Instant now, Optional<UUID> one, int most) {
        String tried = " and not installation.waits(? || t.id, ?) and coalesce(t.id = ?::uuid, true) ";
        String last = " limit ? for update of t skip locked";
        String waiting = due.matter("");
        return switch (due) {
            case EXPIRED -> sql.list(HELD + " where t.state in ('ACTIVE', 'FROZEN') and t.expires_at <= ?" + tried + "order by t.expires_at" + last, TokenStore::held, now, waiting, now, one, most);
            case USED_UP -> sql.list(HELD + """
                     where t.state = 'ACTIVE' and t.expires_at > ? and t.id in (select token_id from consent.token_budget where left_over = 0)
                    """ + tried + "order by t.id" + last, TokenStore::held, now, waiting, now, one, most);
            // What has had a successor since before then.
            case REPLACED -> sql.list(HELD + """
                      join consent.token s on s.replaces = t.id
                     where t.state in ('ACTIVE', 'FROZEN') and t.expires_at > ? and s.issued_at <= ?
                    """ + tried + "order by t.id" + last, TokenStore::held, now, now.minus(TokenDates.OVERLAP), waiting, now, one, most);
            case OF_ENDED_TAXPAYER -> sql.list(HELD + """
                      join registers.taxpayer x on (x.contour, x.inn) = (t.contour, t.taxpayer_inn) and x.ended_on <= ?
                     where t.state in ('ACTIVE', 'FROZEN') and t.expires_at > ?
                    """ + tried + "order by t.id" + last, TokenStore::held, LocalDate.ofInstant(now, Installation.ZONE), now, waiting, now, one, most);
        };
    }

    /** As {@link #due}, held only as long as the transaction of whoever asks. */
    List<UUID> ids(TokenDue due, Instant now, int most) {
        return due(due, now, Optional.empty(), most).stream().map(token -> token.id().value()).toList();
    }

    private static HeldToken held(Row row) {
        return new HeldToken(new TokenId(row.uuid("id")), row.as(Contour.class, "contour"), row.text("taxpayer_inn"), row.uuid("participant_id"), row.uuid("subsystem_id"),
                row.as(TokenState.class, "state"), row.number("events"), row.instant("expires_at"), row.maybe("left_over", row::number));
    }

    private static TokenView view(Row row, Instant now) {
        TokenState stored = row.as(TokenState.class, "state");
        Instant expiresAt = row.instant("expires_at");
        Optional<Budget> budget = row.maybe("calls", row::number).map(calls -> new Budget(calls, row.number("left_over")));
        TokenState state = stored.at(expiresAt, budget.map(Budget::left), now);
        return new TokenView(
                new TokenId(row.uuid("id")), new ParticipantId(row.uuid("participant_id")), row.text("full_name"),
                new SubsystemId(row.uuid("subsystem_id")), row.text("subsystem_name"), row.all(String.class, "services"),
                row.instant("issued_at"), expiresAt, state, row.maybe("cause", row::text),
                state != stored && state == TokenState.EXPIRED ? Optional.of(expiresAt) : row.maybe("ended_at", row::instant),
                row.text("last_four"), row.maybe("first_used_at", row::instant), row.maybe("last_used_at", row::instant), months(row), budget,
                state == TokenState.ACTIVE && row.flag("paused"), row.maybe("replaces", row::uuid).map(TokenId::new), row.maybe("replaced_by", row::uuid).map(TokenId::new),
                row.maybe("chain", row::text).map(TokenStore::links).orElse(List.of()), row.maybe("mandate_id", row::uuid).filter(mandate -> !row.flag("own")).map(MandateId::new));
    }

    private static List<Link> links(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readArray().getValuesAs(JsonObject.class).stream().map(TokenStore::link).toList();
        }
    }

    private static Link link(JsonObject told) {
        Optional<MandateId> mandate = told.isNull("mandate") ? Optional.empty() : Optional.of(new MandateId(UUID.fromString(told.getString("mandate"))));
        return new Link(Capacity.valueOf(told.getString("capacity")), new Inn(told.getString("inn")), told.getString("name"), mandate, told.getString("ground"));
    }

    private static Optional<Months> months(Row row) {
        return row.maybe("period_from", row::day).map(first -> new Months(YearMonth.from(first), YearMonth.from(row.day("period_to"))));
    }
}
