package org.kopuro.participants;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.kopuro.kernel.Language;

/** A participant as shown to the authority's staff. */
public record ParticipantView(
        ParticipantId id, String instance, String memberClass, String memberCode, ParticipantKind kind, String fullName,
        Optional<String> inn, Optional<Ogrn> ogrn, Optional<RussianInn> russianInn, String noticeEmail, Language language, FaultDialect faultDialect, Instant registeredAt,
        List<NewContact> contacts, List<SubsystemView> subsystems) {

    static ParticipantView of(Participant participant, List<Subsystem> subsystems) {
        return new ParticipantView(new ParticipantId(participant.id), participant.instance, participant.memberClass,
                participant.memberCode, participant.kind, participant.fullName, Optional.ofNullable(participant.inn), Optional.ofNullable(participant.ogrn).map(Ogrn::new), Optional.ofNullable(participant.russianInn).map(RussianInn::new),
                participant.noticeEmail, participant.language, participant.faultDialect, participant.registeredAt,
                participant.contacts.stream().map(Contact::view).toList(), subsystems.stream().map(SubsystemView::of).toList());
    }
}
