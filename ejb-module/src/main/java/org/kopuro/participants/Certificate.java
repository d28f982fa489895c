package org.kopuro.participants;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

@Entity
@Table(schema = "participants", name = "certificate")
class Certificate {

    @Id
    byte[] thumbprint;
    @Column(name = "subsystem_id")
    UUID subsystemId;
    @Enumerated(EnumType.STRING)
    Contour contour;
    byte[] der;
    String subject;
    @Column(name = "not_before")
    Instant notBefore;
    @Column(name = "not_after")
    Instant notAfter;
    @Column(name = "registered_at")
    Instant registeredAt;
    @Column(name = "blocked_at")
    Instant blockedAt;
    @Column(name = "blocked_reason")
    String blockedReason;
    @Column(name = "ended_at")
    Instant endedAt;

    protected Certificate() {
    }

    Certificate(UUID subsystemId, Contour contour, SigningCertificate certificate, Instant at) {
        thumbprint = certificate.thumbprint();
        this.subsystemId = subsystemId;
        this.contour = contour;
        der = certificate.der();
        subject = certificate.subject();
        notBefore = certificate.notBefore();
        notAfter = certificate.notAfter();
        registeredAt = at;
    }

    CertificateState state() {
        return endedAt != null ? CertificateState.ENDED : blockedAt == null ? CertificateState.REGISTERED : CertificateState.BLOCKED;
    }

    /** What was blocked before keeps its reason. */
    void end(String reason, Instant at) {
        if (blockedAt == null) {
            blockedAt = at;
            blockedReason = reason;
        }
        endedAt = at;
    }

    void apply(CertificateEvent event, String reason, Instant at) {
        CertificateState next = state().on(event)
                .orElseThrow(() -> Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", state(), event));
        blockedAt = next == CertificateState.BLOCKED ? at : null;
        blockedReason = next == CertificateState.BLOCKED ? reason : null;
    }
}
