package org.kopuro.access.credentials;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.CertificatePurpose;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.SubsystemId;

/** Challenges. The database uses one up when its certificate is added, and in no other way. */
@Dependent
class ChallengeStore {

    @Inject
    private Sql sql;

    void add(ChallengeView challenge, ParticipantId participant, Instant at, Actor by) {
        sql.update("""
                insert into access.certificate_challenge (id, participant_id, contour, subsystem_id, purpose, thumbprint, issued_at, expires_at, issued_by, issued_by_role)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", challenge.id(), participant, challenge.contour(), challenge.subsystem(), challenge.purpose(),
                HexFormat.of().parseHex(challenge.thumbprint()), at, challenge.expiresAt(), by.account(), by.role());
    }

    int issuedSince(ParticipantId participant, Contour contour, Instant since) {
        return sql.one("select count(*) issued from access.certificate_challenge where participant_id = ? and contour = ? and issued_at > ?", row -> row.number("issued"),
                participant, contour, since);
    }

    /** One of the participant's that can still be used. */
    Optional<ChallengeView> open(UUID id, ParticipantId participant, Contour contour, Instant now) {
        return sql.first("""
                select c.id, c.subsystem_id, c.contour, c.purpose, c.thumbprint, c.expires_at, concat_ws('/', p.instance, p.member_class, p.member_code, nullif(s.code, '')) identifier
                  from access.certificate_challenge c
                  join participants.participant p on p.id = c.participant_id
                  join participants.subsystem s on s.id = c.subsystem_id
                 where c.id = ? and c.participant_id = ? and c.contour = ? and c.used_at is null and c.expires_at > ?""", ChallengeStore::view, id, participant, contour, now);
    }

    private static ChallengeView view(Row row) {
        return new ChallengeView(row.uuid("id"), new SubsystemId(row.uuid("subsystem_id")), row.text("identifier"), row.as(Contour.class, "contour"),
                row.as(CertificatePurpose.class, "purpose"), HexFormat.of().formatHex(row.octets("thumbprint")), row.instant("expires_at"));
    }
}
