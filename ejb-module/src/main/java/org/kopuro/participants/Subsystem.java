package org.kopuro.participants;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

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

    protected Subsystem() {
    }

    Subsystem(UUID participantId, String code, String name, Instant at) {
        id = UUID.randomUUID();
        this.participantId = participantId;
        this.code = code;
        this.name = name;
        registeredAt = at;
    }
}
