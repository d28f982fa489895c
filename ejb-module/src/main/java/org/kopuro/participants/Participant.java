package org.kopuro.participants;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Language;

@Entity
@Table(schema = "participants", name = "participant")
class Participant {

    @Id
    UUID id;
    String instance;
    @Column(name = "member_class")
    String memberClass;
    @Column(name = "member_code")
    String memberCode;
    @Enumerated(EnumType.STRING)
    ParticipantKind kind;
    @Column(name = "full_name")
    String fullName;
    String inn;
    String ogrn;
    @Column(name = "russian_inn")
    String russianInn;
    @Column(name = "notice_email")
    String noticeEmail;
    @Enumerated(EnumType.STRING)
    Language language;
    @Enumerated(EnumType.STRING)
    @Column(name = "fault_dialect")
    FaultDialect faultDialect;
    @Column(name = "registered_at")
    Instant registeredAt;
    /** Of the newest: they say names and addresses, and the database takes them from there. */
    int events = 1;
    @OneToMany
    @OrderBy("position")
    @JoinColumn(name = "participant_id", insertable = false, updatable = false)
    List<Contact> contacts = new ArrayList<>();

    protected Participant() {
    }

    Participant(NewParticipant registration, Instant at) {
        id = UUID.randomUUID();
        instance = registration.instance();
        memberClass = registration.memberClass();
        memberCode = registration.memberCode();
        kind = registration.kind();
        fullName = registration.fullName();
        inn = registration.inn().map(Inn::digits).orElse(null);
        ogrn = registration.ogrn().map(Ogrn::digits).orElse(null);
        russianInn = registration.russianInn().map(RussianInn::digits).orElse(null);
        noticeEmail = registration.noticeEmail();
        language = registration.language();
        faultDialect = registration.faultDialect();
        registeredAt = at;
    }
}
