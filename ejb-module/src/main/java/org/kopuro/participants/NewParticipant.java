package org.kopuro.participants;

import java.util.List;
import java.util.Optional;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/** What the authority records of an organisation when it is registered (ACC-3). */
public record NewParticipant(
        String instance, String memberClass, String memberCode, ParticipantKind kind, String fullName, Optional<Inn> inn,
        Optional<Ogrn> ogrn, Optional<RussianInn> russianInn, String noticeEmail, Language language, FaultDialect faultDialect, List<NewContact> contacts) {

    /** That has no Russian INN. */
    public NewParticipant(String instance, String memberClass, String memberCode, ParticipantKind kind, String fullName, Optional<Inn> inn, Optional<Ogrn> ogrn, String noticeEmail,
            Language language, FaultDialect faultDialect, List<NewContact> contacts) {
        this(instance, memberClass, memberCode, kind, fullName, inn, ogrn, Optional.empty(), noticeEmail, language, faultDialect, contacts);
    }

    /** That has no Russian number at all. */
    public NewParticipant(String instance, String memberClass, String memberCode, ParticipantKind kind, String fullName, Optional<Inn> inn, String noticeEmail, Language language,
            FaultDialect faultDialect, List<NewContact> contacts) {
        this(instance, memberClass, memberCode, kind, fullName, inn, Optional.empty(), noticeEmail, language, faultDialect, contacts);
    }

    public NewParticipant {
        instance = Input.text(instance, "instance", 64);
        memberClass = Input.text(memberClass, "memberClass", 16);
        memberCode = Input.text(memberCode, "memberCode", 64);
        fullName = Input.text(fullName, "fullName", 500);
        noticeEmail = Input.text(noticeEmail, "noticeEmail", 254);
        ogrn.ifPresent(number -> number.requireOf(kind, "ogrn"));
        russianInn.ifPresent(number -> number.requireOf(kind, "russianInn"));
        contacts = List.copyOf(contacts);
        if (contacts.isEmpty() || contacts.size() > 2) {
            throw Refusal.of(ParticipantRefusal.CONTACTS_ONE_OR_TWO, "contacts");
        }
    }
}
