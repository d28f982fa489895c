package org.kopuro.access.reminders;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.kopuro.access.letters.Days;
import org.kopuro.access.letters.Letters;
import org.kopuro.access.procedures.Procedures;
import org.kopuro.access.staff.Desk;
import org.kopuro.access.staff.Staff;
import org.kopuro.calendar.Calendars;
import org.kopuro.calendar.Deadline;
import org.kopuro.calendar.WorkingCalendar;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.notices.NewNotice;
import org.kopuro.notices.NoticeKind;
import org.kopuro.participants.ParticipantView;
import org.kopuro.participants.Participants;

/** Looks for what is to be told of obligations, and tells it. */
@Stateless
public class Reminders {

    /** A unit has at most one letter of a kind in this time; what comes meanwhile is in the next one. */
    static final Duration ROUND = Duration.ofHours(1);
    private static final int LETTER_MAX = 1000;
    /** So many lines are named; of more, their number. */
    private static final int LINES_MAX = 40;
    private static final int NAME_MAX = 80;
    private static final int UNTOLD_MAX = 200;

    @Inject
    private ReminderStore store;
    @Inject
    private Staff staff;
    @Inject
    private Letters letters;
    @Inject
    private Participants participants;
    @Inject
    private Procedures procedures;
    @Inject
    private Calendars calendars;
    @Inject
    private Clock clock;

    /** The moment up to which what is due is told ahead: the end of the next working day. A day is within it from its last working day before on. */
    static Instant horizon(WorkingCalendar calendar, Instant now) {
        Deadline next = calendar.forward(calendar.dayOf(now), 1);
        if (next instanceof Deadline.CalendarMissing missing) {
            // Nothing is due in a year that is not loaded; what is due until it begins has no working day after it.
            Instant beyond = LocalDate.ofYearDay(missing.year(), 1).atStartOfDay(calendar.zone()).toInstant();
            return beyond.isAfter(now) ? beyond : now;
        }
        return next.orRefuse().ends();
    }

    /** The letters that could be written now. */
    public List<Reminder> due() {
        Instant now = clock.instant();
        return waiting().stream().filter(one -> one.participant().isPresent()
                || staff.of(one.contour(), one.procedure()).isPresent() && !store.toldSince(one, desk(one).name(), now.minus(ROUND))).toList();
    }

    private List<Reminder> waiting() {
        Instant now = clock.instant();
        List<Reminder> waiting = new ArrayList<>();
        for (String code : calendars.revisions().keySet()) {
            waiting.addAll(store.waiting(code, now, horizon(calendars.get(code), now)));
        }
        return waiting;
    }

    /** Writes the letter, in a transaction of its own; false where another node is at it, or was faster. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public boolean tell(Reminder reminder) {
        if (!store.tryAlone()) {
            return false;
        }
        Instant now = clock.instant();
        WorkingCalendar calendar = calendars.get(reminder.calendar());
        List<Owed> owed = store.claim(reminder, told(reminder), now, horizon(calendar, now), LETTER_MAX);
        if (owed.isEmpty()) {
            return false;
        }
        Days days = letters.days(procedures.get(reminder.procedure(), reminder.version()), calendar);
        if (reminder.participant().isPresent()) {
            ParticipantView participant = participants.get(reminder.participant().get());
            letters.send(owed.stream().map(one -> letter(reminder, one, participant, days)).toList());
        } else {
            Owed first = owed.get(0);
            Letters.Subject subject = new Letters.Subject("obligation", first.id(), reminder.procedure() + " / " + days.today(), once(first));
            staff.tell(kind(reminder), desk(reminder), subject, days, reminder.contour(), language -> Map.of("obligations", lines(owed, language, days)));
        }
        return true;
    }

    /** What the authority's own could not be told for want of a unit, by time left. */
    public List<Owed> untold(Contour contour) {
        Instant now = clock.instant();
        return waiting().stream().filter(one -> one.contour() == contour && one.participant().isEmpty() && staff.of(contour, one.procedure()).isEmpty())
                .flatMap(one -> store.owed(one, now, horizon(calendars.get(one.calendar()), now), UNTOLD_MAX).stream()).limit(UNTOLD_MAX).toList();
    }

    private NewNotice letter(Reminder reminder, Owed one, ParticipantView participant, Days days) {
        Language language = participant.language();
        Letters.Subject subject = new Letters.Subject(one.about().kind().name().toLowerCase(Locale.ROOT), one.about().id(), one.number(), kind(reminder) + ":" + once(one));
        NewNotice letter = letters.begin(kind(reminder), subject, participant, days, reminder.contour())
                .to(one.answerEmail().map(List::of).orElseGet(() -> Letters.addresses(participant)))
                .with("howToAnswer", Letters.word(language, "answer")).with("deadline", days.lastDay(one.dueAt())).with("obligations", line(one, language, days));
        return reminder.kind() == Reminder.Kind.AHEAD ? letter.due(one.dueAt()) : letter;
    }

    private static String once(Owed one) {
        return "obligation:" + one.id() + ":" + one.dueAt().getEpochSecond();
    }

    private static String lines(List<Owed> owed, Language language, Days days) {
        String lines = owed.stream().limit(LINES_MAX).map(one -> line(one, language, days) + ", " + name(one)).collect(Collectors.joining("\n"));
        return owed.size() <= LINES_MAX ? lines : lines + "\n+ " + (owed.size() - LINES_MAX);
    }

    private static String line(Owed one, Language language, Days days) {
        return days.lastDay(one.dueAt()) + ": " + Letters.word(language, "rule." + one.rule()) + ", № " + one.number();
    }

    private static String name(Owed one) {
        String name = one.participantName();
        return name.length() <= NAME_MAX ? name : name.substring(0, name.offsetByCodePoints(0, name.codePointCount(0, NAME_MAX) - 1)) + "…";
    }

    private static NoticeKind kind(Reminder reminder) {
        return reminder.kind() == Reminder.Kind.AHEAD ? NoticeKind.N21 : NoticeKind.N22;
    }

    private static Desk desk(Reminder reminder) {
        return reminder.kind() == Reminder.Kind.AHEAD ? Desk.UNIT : Desk.HEAD;
    }

    private static String told(Reminder reminder) {
        return reminder.participant().isPresent() ? "PARTICIPANT" : desk(reminder).name();
    }
}
