package org.kopuro.participants;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

@Entity
@Table(schema = "participants", name = "contact")
class Contact {

    @Id
    UUID id;
    @Column(name = "participant_id")
    UUID participantId;
    int position;
    @Column(name = "full_name")
    String fullName;
    String unit;
    String post;
    String email;
    String phone;

    protected Contact() {
    }

    NewContact view() {
        return new NewContact(fullName, unit, post, email, phone);
    }
}
