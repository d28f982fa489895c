package org.kopuro.exchange;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.ConnectionState;
import org.kopuro.access.ServiceRule;
import org.kopuro.access.TokenRule;
import org.kopuro.consent.Presented;
import org.kopuro.consent.TokenText;
import org.kopuro.consent.TokenState;
import org.kopuro.installation.Installation;
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
     */
    private static final String ADMISSION = """
            with heard as (
                insert into exchange.replay (signed_digest, keep_until)
                select v.digest, v.keep_until from (values (?::bytea, ?::timestamptz, ?::bytea)) v (digest, keep_until, thumbprint)
                 where v.digest is not null and exists (select 1 from participants.certificate where thumbprint = v.thumbprint)
                on conflict on constraint replay_pk do nothing returning 1),
            caller as (
                select p.id participant_id, p.inn, p.language, p.fault_dialect, s.id subsystem_id
                  from participants.participant p
                  left join participants.subsystem s on s.participant_id = p.id and s.code = ?
                 where p.instance = ? and p.member_class = ? and p.member_code = ?),
            certificate as (
                select contour, subsystem_id, not_before, not_after, blocked_at is not null blocked, ended_at is not null ended from participants.certificate
                 where thumbprint = ? and not ?
                union all
                select contour, null, '-infinity', 'infinity', false, false from exchange.gateway where thumbprint = ? and ?),
            presented as (
                select t.*
                  from (select lookup, pg_advisory_xact_lock_shared(hashtextextended(encode(lookup, 'hex'), 0)) from unnest(?) lookup offset 0) gate
                  join consent.token t on t.lookup = gate.lookup
                   for share of t)
            select (select count(*) from heard) heard,
                   k.participant_id, k.inn, k.language, k.fault_dialect, k.subsystem_id,
                   c.contour, c.subsystem_id certificate_subsystem_id, c.not_before, c.not_after,
                   -- Whose certificate has ended with the connection is told of the connection's end, but signs nothing under a later one.
                   c.blocked and not (c.ended and n.state is not distinct from 'DISCONNECTED') blocked,
                   n.state connection_state,
                   s.enabled, s.version, s.disabled_notice, r.discloses_tax_secret, r.token_rule, r.self_call,
                   r.validity_days, r.data_age_months, r.data_range_months, r.calls_per_day,
                   a.any_right, a.to_service, a.in_contour, a.today, o.unavailable_until,
                   t.id token_id, t.contour token_contour, t.taxpayer_inn, t.participant_id token_participant_id,
                   t.subsystem_id token_subsystem_id, t.state token_state, t.expires_at, t.ended_at,
                   exists (select 1 from consent.token_service l where l.token_id = t.id and l.service_code = ?) lists_service
              from (values (1)) one
              left join caller k on true
              left join certificate c on true
              left join access.service s on s.code = ?
              left join lateral (
                select state from access.connection
                 where participant_id = k.participant_id and contour = c.contour and procedure_code = coalesce(s.procedure_code, procedure_code)
                 order by state = 'DISCONNECTED', since desc limit 1) n on true
              left join lateral (select * from access.service_rule where service_code = s.code and effective_from <= ?
                                  order by effective_from desc limit 1) r on true
              left join lateral (
                select bool_or(true) any_right, bool_or(service_code = ?) to_service,
                       bool_or(service_code = ? and contour = c.contour) in_contour,
                       bool_or(service_code = ? and contour = c.contour and ? between valid_from and coalesce(valid_to, 'infinity')) today
                  from access.access_right where subsystem_id = k.subsystem_id and revoked_at is null) a on true
              left join lateral (
                select max(upper(during)) unavailable_until from access.announcement_service
                 where service_code = s.code and contour::text = c.contour::text and during @> ?::timestamptz) o on true
              left join presented t on true
            """;

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

    AdmissionFacts read(Call call, List<byte[]> tokenLookups, Instant now, Instant keepReplayUntil) {
        Connection connection = entities.unwrap(Connection.class);
        LocalDate today = LocalDate.ofInstant(now, Installation.ZONE);
        Credential credential = call.credential();
        String service = call.service().code();
        try (PreparedStatement statement = connection.prepareStatement(ADMISSION)) {
            Array lookups = connection.createArrayOf("bytea", tokenLookups.toArray(byte[][]::new));
            int i = 0;
            statement.setBytes(++i, credential.signedDigest().orElse(null));
            statement.setObject(++i, keepReplayUntil.atOffset(ZoneOffset.UTC));
            statement.setBytes(++i, credential.thumbprint());
            statement.setString(++i, call.client().subsystemCode());
            statement.setString(++i, call.client().instance());
            statement.setString(++i, call.client().memberClass());
            statement.setString(++i, call.client().memberCode());
            statement.setBytes(++i, credential.thumbprint());
            statement.setBoolean(++i, credential.gateway());
            statement.setBytes(++i, credential.thumbprint());
            statement.setBoolean(++i, credential.gateway());
            statement.setArray(++i, lookups);
            statement.setString(++i, service);
            statement.setString(++i, service);
            statement.setObject(++i, today);
            statement.setString(++i, service);
            statement.setString(++i, service);
            statement.setString(++i, service);
            statement.setObject(++i, today);
            statement.setObject(++i, now.atOffset(ZoneOffset.UTC));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return facts(row, credential);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How to speak to the member that a message claims to come from; read on the way to a fault only. */
    Optional<Correspondent> correspondent(XRoadClient client) {
        try (PreparedStatement statement = entities.unwrap(Connection.class).prepareStatement(
                "select language, fault_dialect from participants.participant where instance = ? and member_class = ? and member_code = ?")) {
            statement.setString(1, client.instance());
            statement.setString(2, client.memberClass());
            statement.setString(3, client.memberCode());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(correspondent(row)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    int sweepReplays(Instant now) {
        try (PreparedStatement statement = entities.unwrap(Connection.class).prepareStatement("""
                delete from exchange.replay
                 where keep_until < ? and (select pg_try_advisory_xact_lock(hashtextextended('exchange.replay sweep', 0)))""")) {
            statement.setObject(1, now.atOffset(ZoneOffset.UTC));
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void add(SecurityEvent event) {
        try (PreparedStatement statement = entities.unwrap(Connection.class).prepareStatement("""
                insert into exchange.security_event (occurrence, at, code, field, claimed_client, message_id, thumbprint, remote_address)
                values (?, ?, ?, ?, ?, ?, ?, ?)""")) {
            statement.setObject(1, event.occurrence());
            statement.setObject(2, event.at().atOffset(ZoneOffset.UTC));
            statement.setString(3, event.refusal().code().name());
            statement.setString(4, event.refusal().field() == null ? null : bounded(event.refusal().field(), 200));
            statement.setString(5, event.claimedClient().map(text -> bounded(text, 300)).orElse(null));
            statement.setString(6, event.messageId().map(text -> bounded(TokenText.mask(text), 300)).orElse(null));
            statement.setBytes(7, event.thumbprint().orElse(null));
            statement.setString(8, event.remoteAddress());
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AdmissionFacts facts(ResultSet row, Credential credential) throws SQLException {
        UUID participant = row.getObject("participant_id", UUID.class);
        String contour = row.getString("contour");
        String connection = row.getString("connection_state");
        boolean known = row.getString("token_rule") != null;
        UUID token = row.getObject("token_id", UUID.class);
        return new AdmissionFacts(
                credential.signedDigest().isPresent() && row.getInt("heard") == 0,
                participant == null ? Optional.empty() : Optional.of(new AdmissionFacts.Caller(participant,
                        Optional.ofNullable(row.getObject("subsystem_id", UUID.class)), Optional.ofNullable(row.getString("inn")),
                        correspondent(row))),
                contour == null ? Optional.empty() : Optional.of(new AdmissionFacts.Certificate(Contour.valueOf(contour),
                        Optional.ofNullable(row.getObject("certificate_subsystem_id", UUID.class)), instant(row, "not_before"),
                        instant(row, "not_after"), row.getBoolean("blocked"))),
                Optional.ofNullable(connection).map(ConnectionState::valueOf),
                known ? Optional.of(new AdmissionFacts.Offered(row.getBoolean("enabled"), row.getString("version"),
                        Optional.ofNullable(row.getString("disabled_notice")), Optional.ofNullable(instant(row, "unavailable_until")), rule(row))) : Optional.empty(),
                new AdmissionFacts.Rights(row.getBoolean("any_right"), row.getBoolean("to_service"), row.getBoolean("in_contour"),
                        row.getBoolean("today")),
                token == null ? Optional.empty() : Optional.of(new Presented(token, Contour.valueOf(row.getString("token_contour")),
                        row.getString("taxpayer_inn"), row.getObject("token_participant_id", UUID.class),
                        row.getObject("token_subsystem_id", UUID.class), TokenState.valueOf(row.getString("token_state")),
                        instant(row, "expires_at"), Optional.ofNullable(instant(row, "ended_at")), row.getBoolean("lists_service"))));
    }

    private static ServiceRule rule(ResultSet row) throws SQLException {
        return new ServiceRule(row.getBoolean("discloses_tax_secret"), TokenRule.valueOf(row.getString("token_rule")),
                row.getBoolean("self_call"), ceiling(row, "validity_days"), ceiling(row, "data_age_months"),
                ceiling(row, "data_range_months"), ceiling(row, "calls_per_day"));
    }

    private static Correspondent correspondent(ResultSet row) throws SQLException {
        return new Correspondent(Language.valueOf(row.getString("language")), FaultDialect.valueOf(row.getString("fault_dialect")));
    }

    private static Optional<Integer> ceiling(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private static String bounded(String text, int limit) {
        return text.length() <= limit ? text : text.substring(0, limit);
    }
}
