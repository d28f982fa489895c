package org.kopuro.access.letters;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.UUID;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.calendar.Calendars;
import org.kopuro.calendar.WorkingCalendar;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.notices.NewNotice;
import org.kopuro.notices.NoticeKind;
import org.kopuro.notices.Notices;
import org.kopuro.participants.NewContact;
import org.kopuro.participants.ParticipantView;
import org.kopuro.participants.RussianInn;

/** Begins letters with what all of them say, and hands them to the outbox. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class Letters {

    private static final ResourceBundle.Control EXACT_LANGUAGE = ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    @Inject
    private Notices notices;
    @Inject
    private Calendars calendars;
    @Inject
    private Installation installation;
    @Inject
    private Clock clock;

    /** What a letter is about: a record with its number, and the key under which its news is told once. */
    public record Subject(String kind, UUID id, String number, String dedupKey) {
    }

    /** The days that letters under the procedure tell. */
    public Days days(Procedure procedure) {
        return days(procedure, calendars.get(procedure.calendar()));
    }

    /** The same, of a calendar that was read already. */
    public Days days(Procedure procedure, WorkingCalendar calendar) {
        return new Days(procedure, calendar, clock.instant());
    }

    /** In the participant's cabinet, in its language; addresses and the facts of the kind are the caller's to add. */
    public NewNotice begin(NoticeKind kind, Subject subject, ParticipantView participant, Days days, Contour contour) {
        NewNotice letter = begin(kind, subject, participant.fullName(), participant.language(), days, contour).inCabinetOf(participant.id().value()).with("link", link("notices"));
        Optional<String> russian = days.procedure().ofRussia() ? participant.russianInn().map(RussianInn::digits) : Optional.empty();
        russian.or(participant::inn).ifPresent(inn -> letter.with("participantInn", inn));
        participant.ogrn().ifPresent(ogrn -> letter.with("participantOgrn", ogrn.digits()));
        return letter;
    }

    /** To somebody of the authority, in no cabinet. */
    public NewNotice begin(NoticeKind kind, Subject subject, String addressee, Language language, Days days, Contour contour) {
        Procedure procedure = days.procedure();
        return NewNotice.of(kind, subject.dedupKey(), subject.kind(), subject.id(), language).under(procedure.code()).in(contour)
                .with("number", subject.number()).with("date", days.today()).with("participant", addressee).with("procedure", procedure.titles().get(language))
                .with("procedureVersion", String.valueOf(procedure.version())).with("contour", word(language, "contour." + contour));
    }

    /** In the outbox, or not at all if the caller's transaction fails. */
    public UUID send(NewNotice letter) {
        return notices.write(letter);
    }

    /** To whom news about a connection goes: the participant's address and its contacts (§12). */
    public static List<String> addresses(ParticipantView participant) {
        List<String> addresses = new ArrayList<>(List.of(participant.noticeEmail()));
        participant.contacts().stream().map(NewContact::email).forEach(addresses::add);
        return addresses;
    }

    /** The same of many, in as many statements as one. */
    public List<UUID> send(List<NewNotice> letters) {
        return notices.write(letters);
    }

    /** An address of this installation that a person opens. */
    public String link(String page) {
        return installation.publicAddress() + "/console/" + page;
    }

    /** What a code means in a language. */
    public static String word(Language language, String key) {
        return ResourceBundle.getBundle(Letters.class.getPackageName() + ".words", language.locale(), Letters.class.getClassLoader(), EXACT_LANGUAGE).getString(key);
    }
}
