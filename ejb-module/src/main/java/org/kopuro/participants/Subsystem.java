package org.kopuro.participants;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.kopuro.kernel.Actor;

@Entity
@Table(schema = "participants", name = "subsystem")
class Subsystem {

    @Id
    UUID id;
    @Column(name = "participant_id")
    UUID participantId;
    String code;
    String name;
    @Column(name = "registered_at")
    Instant registeredAt;
    /** As text: the provider cannot read an absent UUID. The store writes. */
    @Column(name = "registered_by", insertable = false, updatable = false)
    String registeredBy;
    @Column(name = "registered_role")
    String registeredRole;

    protected Subsystem() {
    }

    Subsystem(UUID participantId, String code, String name, Instant at, Actor by) {
        id = UUID.randomUUID();
        this.participantId = participantId;
        this.code = code;
        this.name = name;
        registeredAt = at;
        registeredBy = by.account().map(UUID::toString).orElse(null);
        registeredRole = by.role();
    }
}
