package org.kopuro.participants;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;

/** Certificates and their events. The database changes a certificate when an event of it is added, and in no other way. */
@Dependent
class CertificateStore {

    private static final int HISTORY_MAX = 200;
    private static final String SELECT = """
            select c.thumbprint, c.subsystem_id, c.contour, c.purpose, c.proof, c.der, c.subject, c.not_before, c.not_after, c.registered_at, c.blocked_at, c.blocked_reason, c.ended_at,
                   c.events
              from participants.certificate c
            """;
    private static final String OF_PARTICIPANT = "where c.contour = ? and c.subsystem_id in (select s.id from participants.subsystem s where s.participant_id = ?)";

    @Inject
    private Sql sql;

    /** A certificate with its octets. */
    record Held(CertificateView view, byte[] der) {
    }

    void add(NewCertificate registration, Instant at, Actor by) {
        SigningCertificate certificate = registration.certificate();
        try {
            sql.update("""
                    insert into participants.certificate (thumbprint, subsystem_id, contour, purpose, proof, challenge_id, der, subject, not_before, not_after, registered_at, events)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)""", certificate.thumbprint(), registration.subsystem(), registration.contour(), registration.purpose(),
                    registration.proof(), registration.challenge(), certificate.der(), certificate.subject(), certificate.notBefore(), certificate.notAfter(), at);
        } catch (SqlFailure e) {
            throw e.constraint().equals("certificate_pk") ? Refusal.of(ParticipantRefusal.CERTIFICATE_ALREADY_REGISTERED, "pem") : e;
        }
        addEvent(certificate.thumbprint(), 1, registration.contour(), "NONE", CertificateEvent.REGISTER, CertificateState.REGISTERED, at, by, registration.reason());
    }

    /** @param from as it was read under the lock of this transaction */
    void addEvent(CertificateView from, CertificateEvent event, CertificateState to, Instant at, Actor by, String reason) {
        addEvent(HexFormat.of().parseHex(from.thumbprint()), from.events() + 1, from.contour(), from.state().name(), event, to, at, by, reason);
    }

    private void addEvent(byte[] thumbprint, int number, Contour contour, String from, CertificateEvent event, CertificateState to, Instant at, Actor by, String reason) {
        sql.update("""
                insert into participants.certificate_event (thumbprint, number, contour, from_state, event, to_state, at, actor, actor_role, reason)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", thumbprint, number, contour, from, event, to, at, by.account(), by.role(), reason);
    }

    Optional<Held> find(byte[] thumbprint, Contour contour) {
        return sql.first(SELECT + "where c.thumbprint = ? and c.contour = ?", CertificateStore::held, thumbprint, contour);
    }

    /** Locked until the end of the transaction, so that two events on one certificate follow one another. */
    Optional<Held> findForChange(byte[] thumbprint, Contour contour) {
        return sql.first(SELECT + "where c.thumbprint = ? and c.contour = ? for no key update", CertificateStore::held, thumbprint, contour);
    }

    /** Of the participant in the contour, the soonest to expire first. */
    List<Held> of(ParticipantId participant, Contour contour) {
        return sql.list(SELECT + OF_PARTICIPANT + " order by c.not_after, c.thumbprint", CertificateStore::held, contour, participant);
    }

    /** Those that have not ended, locked until the end of the transaction. */
    List<Held> livingForChange(ParticipantId participant, Contour contour) {
        return sql.list(SELECT + OF_PARTICIPANT + " and c.ended_at is null order by c.thumbprint for no key update", CertificateStore::held, contour, participant);
    }

    /** Of all participants: what is good now and soon is not, the soonest first. */
    List<Held> expiring(Contour contour, Instant now, Instant until, int limit) {
        return sql.list(SELECT + "where c.contour = ? and c.blocked_at is null and c.not_after > ? and c.not_after <= ? order by c.not_after, c.thumbprint limit ?",
                CertificateStore::held, contour, now, until, limit);
    }

    List<CertificateChange> history(byte[] thumbprint) {
        return sql.list("select number, event, to_state, at, actor, actor_role, reason from participants.certificate_event where thumbprint = ? order by number limit " + HISTORY_MAX,
                row -> new CertificateChange(row.number("number"), row.as(CertificateEvent.class, "event"), row.as(CertificateState.class, "to_state"), row.instant("at"),
                        row.maybe("actor", row::uuid), row.text("actor_role"), row.text("reason")), thumbprint);
    }

    private static Held held(Row row) {
        CertificateState state = row.maybe("ended_at", row::instant).isPresent() ? CertificateState.ENDED
                : row.maybe("blocked_at", row::instant).isPresent() ? CertificateState.BLOCKED : CertificateState.REGISTERED;
        return new Held(new CertificateView(HexFormat.of().formatHex(row.octets("thumbprint")), new SubsystemId(row.uuid("subsystem_id")), row.as(Contour.class, "contour"),
                row.as(CertificatePurpose.class, "purpose"), row.as(CertificateProof.class, "proof"), row.text("subject"), row.instant("not_before"), row.instant("not_after"),
                row.instant("registered_at"), state, row.maybe("blocked_reason", row::text), row.number("events")), row.octets("der"));
    }
}
