package org.kopuro.exchange;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.ConnectionState;
import org.kopuro.access.ServiceRule;
import org.kopuro.access.TokenRule;
import org.kopuro.consent.Months;
import org.kopuro.consent.Presented;
import org.kopuro.consent.TokenState;
import org.kopuro.consent.TokenText;
import org.kopuro.exchange.repetition.RepetitionPolicy;
import org.kopuro.installation.Installation;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.participants.FaultDialect;

@Dependent
class AdmissionStore {

    /**
     * One round trip for the whole admission. The replay row is inserted here, for known certificates only, so that a stranger
     * with a key of his own cannot fill the table: of two identical messages at the same
     * instant on two nodes the second waits for the first one's commit and then finds the row. The token row is locked for
     * sharing, so that a deactivation waits for the calls it could not prevent and no call slips past it (CON-74). Row locks
     * are not fair: ever new sharers would keep a deactivation waiting. So calls queue at an advisory lock first, which is.
     * A node that hangs or is cut off in mid-call holds both, and a stop waits: PostgreSQL ends such a call after five seconds [data], and what
     * the node then still wants to disclose, it cannot commit (decision 0025).
     */
    static final String ADMISSION = """
            with heard as (
                insert into exchange.replay (signed_digest, keep_until)
                select v.digest, v.keep_until from (values (?::bytea, ?::timestamptz, ?::bytea)) v (digest, keep_until, thumbprint)
                 where v.digest is not null and exists (select 1 from participants.certificate where thumbprint = v.thumbprint and purpose = 'SIGNING')
                on conflict on constraint replay_pk do nothing returning 1),
            caller as (
                select p.id participant_id, p.inn, p.language, p.fault_dialect, s.id subsystem_id
                  from participants.participant p
                  left join participants.subsystem s on s.participant_id = p.id and s.code = ?
                 where p.instance = ? and p.member_class = ? and p.member_code = ?),
            certificate as (
                select contour, subsystem_id, not_before, not_after, blocked_at is not null blocked, ended_at is not null ended from participants.certificate
                 -- One for TLS proves who made a connection, and signs nothing (ACC-59).
                 where thumbprint = ? and (purpose = 'SIGNING' or ?) and not ?
                union all
                select contour, null, '-infinity', 'infinity', false, false from exchange.gateway where thumbprint = ? and ?),
            -- Ids are remembered for certificates that may speak for the subsystem: nobody else uses them up.
            first_heard as (
                insert into exchange.heard_id as i (contour, subsystem_id, id_digest, keep_until)
                select c.contour, k.subsystem_id, sha256(convert_to(?::text, 'UTF8')), v.at + make_interval(mins => y.remembered_minutes)
                  from (values (?::timestamptz)) v (at) cross join caller k cross join certificate c
                 cross join lateral (select policy, remembered_minutes from exchange.repetition_rule
                                      where participant_id = k.participant_id and contour = c.contour order by revision desc limit 1) y
                 where y.policy <> 'OBSERVE' and coalesce(c.subsystem_id, k.subsystem_id) = k.subsystem_id and not c.blocked and v.at between c.not_before and c.not_after
                on conflict on constraint heard_id_pk do update set keep_until = excluded.keep_until where i.keep_until <= ?::timestamptz
                returning 1),
            presented as (
                select t.*
                  from (select lookup, pg_advisory_xact_lock_shared(hashtextextended(encode(lookup, 'hex'), 0)) from unnest(?::bytea[]) lookup offset 0) gate
                 -- Among those that work first, and only where it is none of them among those that have ended (CON-148). What is found is locked and read by its id: whatever has
                 -- become of it since the statement began, it is still the same token, unless it is forgotten.
                 cross join lateral (
                    select w.id from consent.token w where w.lookup = gate.lookup and w.state in ('ACTIVE', 'FROZEN')
                    union all
                    select e.id from consent.token e where e.lookup = gate.lookup and e.state not in ('ACTIVE', 'FROZEN')
                    limit 1) found
                  join consent.token t on t.id = found.id and t.erased_at is null
                   for share of t)
            select (select count(*) from heard) heard, case when ? then set_config('idle_in_transaction_session_timeout', '5s', true) end lease,
                   k.participant_id, k.inn, k.language, k.fault_dialect, k.subsystem_id,
                   c.contour, c.subsystem_id certificate_subsystem_id, c.not_before, c.not_after,
                   -- Whose certificate has ended with the connection is told of the connection's end, but signs nothing under a later one.
                   c.blocked and not (c.ended and n.state is not distinct from 'DISCONNECTED') blocked, c.ended,
                   n.state connection_state,
                   s.enabled, w.version, s.disabled_notice, r.discloses_tax_secret, r.token_rule, r.self_call,
                   r.validity_days, r.data_age_months, r.data_range_months, r.calls_per_day, r.calls_per_token,
                   a.any_right, a.to_service, a.in_contour, a.today, o.unavailable_until,
                   case when a.joint_test_demanded and not exists (
                       select 1 from access.joint_test_pass where participant_id = k.participant_id and procedure_code = s.procedure_code and service_code = s.code
                          and major_version = w.major_version) then w.major_version end untested_major,
                   t.id token_id, t.contour token_contour, t.taxpayer_inn, t.participant_id token_participant_id,
                   t.subsystem_id token_subsystem_id, t.state token_state, t.expires_at, t.ended_at, t.paused, t.period_from, t.period_to,
                   z.service_code is null closed_contour, z.notice_ru, z.notice_ky, z.notice_en, upper(z.during) closed_until,
                   y.policy repetition, (select count(*) from first_heard) first_heard,
                   (select left_over from consent.token_budget b where b.token_id = t.id) left_over,
                   exists (select 1 from consent.token_service l where l.token_id = t.id and l.service_code = ?) lists_service
              from (values (1)) one
              left join caller k on true
              left join certificate c on true
              left join access.service s on s.code = ?
              left join lateral (
                -- As it is at the moment of the call: what is due stops calls, however late the clock is that writes it down.
                select access.connection_state_at(id, ?::timestamptz) state from access.connection
                 where participant_id = k.participant_id and contour = c.contour and procedure_code = coalesce(s.procedure_code, procedure_code)
                 order by state = 'DISCONNECTED', since desc limit 1) n on true
              left join lateral (select * from access.service_rule where service_code = s.code and effective_from <= ?
                                  order by effective_from desc limit 1) r on true
              left join lateral (
                select bool_or(true) any_right, bool_or(service_code = ?) to_service,
                       bool_or(service_code = ? and contour = c.contour) in_contour,
                       bool_or(service_code = ? and contour = c.contour and ? between valid_from and coalesce(valid_to, 'infinity')) today,
                       bool_or(joint_test_demanded) filter (where service_code = ? and contour = c.contour and ? between valid_from and coalesce(valid_to, 'infinity')) joint_test_demanded
                  from access.access_right where subsystem_id = k.subsystem_id and revoked_at is null) a on true
              left join lateral (
                select max(upper(during)) unavailable_until from access.announcement_service
                 where service_code = s.code and contour::text = c.contour::text and during @> ?::timestamptz
                   and access.announcement_told_in_time(announcement_id, ?)) o on true
              left join lateral (
                select version, major_version from access.served_version
                 where service_code = s.code and contour = c.contour and ended_at is null and version = coalesce(?::text, version) order by since, version limit 1) w on true
              left join lateral (
                select service_code, notice_ru, notice_ky, notice_en, during from exchange.closure
                 where contour::text = c.contour::text and coalesce(service_code, '') in ('', s.code) and during @> ?::timestamptz
                 order by service_code nulls first limit 1) z on true
              left join lateral (select policy from exchange.repetition_rule where participant_id = k.participant_id and contour = c.contour
                                  order by revision desc limit 1) y on true
              left join presented t on true
            """;

    @Inject
    private Sql sql;

    /** @param leased whether the call may not rest, because a stop would wait for it */
    AdmissionFacts read(Call call, List<byte[]> tokenLookups, boolean leased, Instant now, Instant keepReplayUntil) {
        LocalDate today = LocalDate.ofInstant(now, Installation.ZONE);
        Credential credential = call.credential();
        byte[] thumbprint = credential.thumbprint();
        XRoadClient client = call.client();
        String service = call.service().code();
        return sql.one(ADMISSION, row -> facts(row, credential),
                credential.signedDigest(), keepReplayUntil, thumbprint,
                client.subsystemCode(), client.instance(), client.memberClass(), client.memberCode(),
                thumbprint, credential.signedDigest().isEmpty(), credential.gateway(), thumbprint, credential.gateway(),
                call.messageId(), now, now, tokenLookups.toArray(byte[][]::new), leased, service, service, now, today, service, service, service, today, service, today, now, now,
                call.service().version(), now);
    }

    /** How to speak to the member that a message claims to come from; read on the way to a fault only. */
    Optional<Correspondent> correspondent(XRoadClient client) {
        return sql.first("select language, fault_dialect from participants.participant where instance = ? and member_class = ? and member_code = ?",
                AdmissionStore::correspondent, client.instance(), client.memberClass(), client.memberCode());
    }

    /** One that signs. */
    Optional<byte[]> certificate(byte[] thumbprint) {
        return sql.first("select der from participants.certificate where thumbprint = ? and purpose = 'SIGNING'", row -> row.octets("der"), (Object) thumbprint);
    }

    boolean isGateway(byte[] thumbprint) {
        return sql.exists("select from exchange.gateway where thumbprint = ?", (Object) thumbprint);
    }

    List<UUID> unsent(Instant from, Instant until, int limit) {
        return sql.list("""
                select u.occurrence from consent.usage u
                 where u.at between ? and ? and u.outcome = 'DISCLOSED' and not exists (select from exchange.message m where m.occurrence = u.occurrence)
                   and not exists (select from consent.usage_not_sent x where x.occurrence = u.occurrence) order by u.at limit ?""",
                row -> row.uuid("occurrence"), from, until, limit);
    }

    int sweepReplays(Instant now) {
        return sql.update("""
                delete from exchange.replay
                 where keep_until < ? and (select pg_try_advisory_xact_lock(hashtextextended('exchange.replay sweep', 0)))""", now);
    }

    int sweepHeardIds(Instant now) {
        return sql.update("""
                delete from exchange.heard_id
                 where keep_until < ? and (select pg_try_advisory_xact_lock(hashtextextended('exchange.heard_id sweep', 0)))""", now);
    }

    void add(SecurityEvent event) {
        sql.update("""
                insert into exchange.security_event (occurrence, at, code, field, claimed_client, message_id, thumbprint, remote_address)
                values (?, ?, ?, ?, ?, ?, ?, ?)""",
                event.occurrence(), event.at(), event.refusal().code().name(), Optional.ofNullable(event.refusal().field()).map(text -> bounded(text, 200)),
                event.claimedClient().map(text -> bounded(text, 300)), event.messageId().map(text -> bounded(TokenText.mask(text), 300)),
                event.thumbprint(), event.remoteAddress());
    }

    private static AdmissionFacts facts(Row row, Credential credential) {
        return new AdmissionFacts(
                credential.signedDigest().isPresent() && row.number("heard") == 0,
                row.maybe("participant_id", row::uuid).map(participant -> new AdmissionFacts.Caller(participant,
                        row.maybe("subsystem_id", row::uuid), row.maybe("inn", row::text), correspondent(row))),
                row.maybe(Contour.class, "contour").map(contour -> new AdmissionFacts.Certificate(contour,
                        row.maybe("certificate_subsystem_id", row::uuid), row.instant("not_before"), row.instant("not_after"), row.flag("blocked"), row.flag("ended"))),
                row.maybe(ConnectionState.class, "connection_state"),
                row.maybe(TokenRule.class, "token_rule").map(tokenRule -> new AdmissionFacts.Offered(row.flag("enabled"), row.maybe("version", row::text),
                        row.maybe("untested_major", row::text), row.maybe("disabled_notice", row::text), row.maybe("unavailable_until", row::instant), rule(row, tokenRule))),
                new AdmissionFacts.Rights(row.flag("any_right"), row.flag("to_service"), row.flag("in_contour"), row.flag("today")),
                row.maybe("token_id", row::uuid).map(token -> new Presented(token, row.as(Contour.class, "token_contour"), row.text("taxpayer_inn"),
                        row.uuid("token_participant_id"), row.uuid("token_subsystem_id"), row.as(TokenState.class, "token_state"),
                        row.instant("expires_at"), row.maybe("ended_at", row::instant), row.maybe("left_over", row::number), row.flag("paused"),
                        row.maybe("period_from", row::day).map(first -> new Months(YearMonth.from(first), YearMonth.from(row.day("period_to")))), row.flag("lists_service"))),
                row.maybe("notice_ru", row::text).map(ru -> new AdmissionFacts.Closed(row.flag("closed_contour"),
                        Map.of(Language.RU, ru, Language.KY, row.text("notice_ky"), Language.EN, row.text("notice_en")), row.maybe("closed_until", row::instant))),
                row.maybe(RepetitionPolicy.class, "repetition").filter(policy -> policy != RepetitionPolicy.OBSERVE && row.number("first_heard") == 0));
    }

    private static ServiceRule rule(Row row, TokenRule tokenRule) {
        return new ServiceRule(row.flag("discloses_tax_secret"), tokenRule, row.flag("self_call"), row.maybe("validity_days", row::number),
                row.maybe("data_age_months", row::number), row.maybe("data_range_months", row::number), row.maybe("calls_per_day", row::number),
                row.maybe("calls_per_token", row::number));
    }

    private static Correspondent correspondent(Row row) {
        return new Correspondent(row.as(Language.class, "language"), row.as(FaultDialect.class, "fault_dialect"));
    }

    private static String bounded(String text, int limit) {
        return text.length() <= limit ? text : text.substring(0, limit);
    }
}
