package org.kopuro.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

@Entity
@Table(schema = "access", name = "access_right")
class AccessRight {

    @Id
    UUID id;
    @Enumerated(EnumType.STRING)
    Contour contour;
    @Column(name = "connection_id")
    UUID connectionId;
    @Column(name = "procedure_code")
    String procedure;
    @Column(name = "participant_id")
    UUID participantId;
    @Column(name = "subsystem_id")
    UUID subsystemId;
    @Column(name = "service_code")
    String serviceCode;
    @Column(name = "valid_from")
    LocalDate validFrom;
    @Column(name = "valid_to")
    LocalDate validTo;
    String purpose;
    @Column(name = "granted_at")
    Instant grantedAt;
    /** Who did it, as text: the provider cannot read an absent UUID. The store writes. */
    @Column(name = "granted_by", insertable = false, updatable = false)
    String grantedBy;
    @Column(name = "granted_role")
    String grantedRole;
    @Column(name = "granted_reason")
    String grantedReason;
    @Column(name = "revoked_at")
    Instant revokedAt;
    @Column(name = "revoked_reason")
    String revokedReason;
    @Column(name = "revoked_by", insertable = false, updatable = false)
    String revokedBy;
    @Column(name = "revoked_role")
    String revokedRole;

    protected AccessRight() {
    }

    AccessRight(NewAccessRight grant, ConnectionView connection, Instant at, String reason, Actor by) {
        id = UUID.randomUUID();
        contour = grant.contour();
        connectionId = connection.id().value();
        procedure = connection.procedure();
        participantId = connection.participant().value();
        subsystemId = grant.subsystem().value();
        serviceCode = grant.serviceCode();
        validFrom = grant.validFrom();
        validTo = grant.validTo().orElse(null);
        purpose = grant.purpose().orElse(null);
        grantedAt = at;
        grantedBy = by.account().map(UUID::toString).orElse(null);
        grantedRole = by.role();
        grantedReason = reason;
    }

    AccessRightState stateOn(LocalDate day) {
        return AccessRightState.of(validFrom, validTo, revokedAt != null, day);
    }

    void requireAllowed(AccessRightEvent event, LocalDate day) {
        AccessRightState state = stateOn(day);
        state.on(event).orElseThrow(() -> Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", state, event));
    }
}
