package org.kopuro.access.letters;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.UUID;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.calendar.Calendars;
import org.kopuro.calendar.Deadline;
import org.kopuro.calendar.WorkingCalendar;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.notices.NewNotice;
import org.kopuro.notices.NoticeKind;
import org.kopuro.notices.Notices;
import org.kopuro.participants.NewContact;
import org.kopuro.participants.ParticipantView;

/** Begins letters with what all of them say, and hands them to the outbox. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class Letters {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy");
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

    /** In the participant's cabinet, in its language; addresses and the facts of the kind are the caller's to add. */
    public NewNotice begin(NoticeKind kind, Subject subject, ParticipantView participant, Procedure procedure, Contour contour) {
        Language language = participant.language();
        NewNotice letter = NewNotice.of(kind, subject.dedupKey(), subject.kind(), subject.id(), language).under(procedure.code()).inCabinetOf(participant.id().value()).in(contour)
                .with("number", subject.number()).with("date", today(procedure)).with("participant", participant.fullName()).with("procedure", procedure.titles().get(language))
                .with("procedureVersion", String.valueOf(procedure.version())).with("link", link("notices")).with("contour", word(language, "contour." + contour));
        participant.inn().ifPresent(inn -> letter.with("participantInn", inn));
        return letter;
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

    /** By when a letter must have gone out; empty where the procedure sets no time, or no calendar reaches so far. */
    public Optional<Instant> due(Procedure procedure, DeadlineRule rule) {
        return procedure.deadline(rule).flatMap(term -> calendars.get(procedure.calendar()).due(clock.instant(), term.workingDays()).known()).map(Deadline.Due::ends);
    }

    /** The last day of a deadline, for people. */
    public String lastDay(Instant end, Procedure procedure) {
        return DAY.format(calendars.get(procedure.calendar()).dayOf(end.minusMillis(1)));
    }

    public String day(Instant instant, Procedure procedure) {
        return DAY.format(calendars.get(procedure.calendar()).dayOf(instant));
    }

    /** An address of this installation that a person opens. */
    public String link(String page) {
        return installation.publicAddress() + "/console/" + page;
    }

    /** What a code means in a language. */
    public static String word(Language language, String key) {
        return ResourceBundle.getBundle(Letters.class.getPackageName() + ".words", language.locale(), Letters.class.getClassLoader(), EXACT_LANGUAGE).getString(key);
    }

    private String today(Procedure procedure) {
        WorkingCalendar calendar = calendars.get(procedure.calendar());
        LocalDate day = calendar.dayOf(clock.instant());
        return DAY.format(day);
    }
}
