package org.kopuro.exchange.evidence;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.accounts.SignedIn;
import org.kopuro.installation.Installation;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Refusal;

@Dependent
class EvidenceStore {

    /**
     * The decision with everything that it rested on, in one statement and so as of one instant. Connection and rights
     * are those of the moment of the call. Of consent, which changes, it tells the state at the export, and since when.
     */
    private static final String DECISION = """
            select jsonb_strip_nulls(jsonb_build_object(
                   'format', 'kopuro-decision/1',
                   'exportedAt', utc.text(p.now),
                   'call', jsonb_build_object('occurrence', u.occurrence, 'at', utc.text(u.at), 'contour', u.contour, 'messageId', u.message_id, 'userId', u.user_id,
                        'issue', u.issue, 'service', u.service_code, 'outcome', u.outcome, 'records', u.records, 'consentKind', u.consent_kind,
                        'askedInn', u.asked_inn, 'taxpayerInn', u.taxpayer_inn, 'periodFrom', u.period_from, 'periodTo', u.period_to),
                   'messages', jsonb_build_object('requestType', m.request_type, 'requestSha256', encode(m.request_sha256, 'hex'),
                        'answerType', m.answer_type, 'answerSha256', encode(m.answer_sha256, 'hex'),
                        'attachments', (select jsonb_agg(jsonb_build_object('direction', f.direction, 'contentId', f.content_id, 'mediaType', f.media_type, 'octets', f.octets,
                             'sha256', encode(f.sha256, 'hex')) order by f.direction desc, f.number) from exchange.message_attachment f where f.occurrence = m.occurrence)),
                   'caller', jsonb_build_object('instance', r.instance, 'memberClass', r.member_class, 'memberCode', r.member_code, 'subsystemCode', s.code,
                        'name', r.full_name, 'participant', r.id, 'subsystem', s.id, 'certificateSha256', encode(m.thumbprint, 'hex')),
                   'connection', (select jsonb_build_object('id', n.id, 'procedure', n.procedure_code, 'state', e.to_state, 'since', utc.text(e.at), 'reason', e.reason)
                        from access.connection n join access.connection_event e on e.connection_id = n.id and e.at <= u.at
                       where n.participant_id = u.participant_id and n.contour = u.contour
                         and n.procedure_code = (select procedure_code from access.service where code = u.service_code)
                       order by e.at desc, e.number desc limit 1),
                   'accessRights', coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'service', a.service_code, 'validFrom', a.valid_from,
                        'validTo', a.valid_to, 'grantedAt', utc.text(a.granted_at), 'revokedAt', utc.text(a.revoked_at)) order by a.granted_at, a.id)
                        from access.access_right a
                       where a.subsystem_id = u.subsystem_id and a.contour = u.contour and a.service_code = u.service_code and a.granted_at <= u.at
                         and coalesce(a.revoked_at > u.at, true) and (u.at at time zone p.zone)::date between a.valid_from and coalesce(a.valid_to, 'infinity')),
                        '[]'::jsonb),
                   'consent', (select jsonb_build_object('id', t.id, 'state', t.state, 'cause', t.cause, 'issuedAt', utc.text(t.issued_at),
                        'expiresAt', utc.text(t.expires_at), 'endedAt', utc.text(t.ended_at), 'textVersion', t.text_version, 'textLanguage', t.text_language,
                        'textSha256', encode(t.text_sha256, 'hex'),
                        'services', (select jsonb_agg(l.service_code order by l.service_code) from consent.token_service l where l.token_id = t.id))
                        from consent.token t where t.id = u.consent_id))) decision
              from (values (?::timestamptz, ?::text)) p (now, zone)
              join consent.usage u on u.occurrence = ?
              join exchange.message m on m.occurrence = u.occurrence
              join participants.participant r on r.id = u.participant_id
              join participants.subsystem s on s.id = u.subsystem_id
            """.replaceAll("utc\\.text\\(([a-z_.]+)\\)", "to_char($1 at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");

    @Inject
    private Sql sql;

    /** The decision as JSON, in no particular form. */
    String decision(UUID occurrence, Instant now) {
        return sql.one(DECISION, row -> row.text("decision"), now, Installation.ZONE.getId(), occurrence);
    }

    /** The certificate that the caller signed with. */
    Optional<byte[]> certificate(UUID occurrence) {
        return sql.first("select c.der from exchange.message m join participants.certificate c using (thumbprint, contour) where m.occurrence = ?",
                row -> row.octets("der"), occurrence);
    }

    void addReading(SignedIn reader, UUID occurrence, Instant now) {
        sql.update("insert into exchange.evidence_reading (at, occurrence, contour, account_id) values (?, ?, ?, ?)",
                now, occurrence, reader.contour(), reader.account());
    }

    /** In the event, the message id is the occurrence of the call, and whoever read it stands as the client. */
    void addSecurityEvent(Refusal refusal, SignedIn reader, UUID occurrence, Instant now) {
        sql.update("insert into exchange.security_event (occurrence, at, code, field, claimed_client, message_id) values (?, ?, ?, ?, ?, ?)",
                UUID.randomUUID(), now, refusal.code().name(), Optional.ofNullable(refusal.field()), reader.login(), occurrence.toString());
    }
}
