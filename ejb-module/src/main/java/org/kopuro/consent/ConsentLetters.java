package org.kopuro.consent;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.UUID;
import java.util.stream.Collectors;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.Connections;
import org.kopuro.access.letters.Days;
import org.kopuro.access.letters.Letters;
import org.kopuro.access.procedures.Procedures;
import org.kopuro.access.staff.Desk;
import org.kopuro.access.staff.Staff;
import org.kopuro.consent.events.Receiver;
import org.kopuro.kernel.Language;
import org.kopuro.notices.NewNotice;
import org.kopuro.notices.NoticeKind;
import org.kopuro.participants.ParticipantView;
import org.kopuro.participants.Participants;

/** Letters about consents to those who hold them, under the procedure of their newest connection. They name no taxpayer and no token's text. */
@Dependent
class ConsentLetters {

    /** So many consents are named; of more, their number. */
    private static final int LINES_MAX = 40;
    private static final ResourceBundle.Control EXACT_LANGUAGE = ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    @Inject
    private Letters letters;
    @Inject
    private Staff staff;
    @Inject
    private Connections connections;
    @Inject
    private Procedures procedures;
    @Inject
    private Participants participants;
    @Inject
    private Clock clock;

    /** N26. */
    void expiring(Receiver receiver, List<TidingStore.Expiring> tokens) {
        Days days = days(receiver);
        ParticipantView participant = participants.get(receiver.participant());
        String lines = tokens.stream().limit(LINES_MAX).map(one -> line(one, participant.language(), days)).collect(Collectors.joining("\n"));
        String told = tokens.size() <= LINES_MAX ? lines : lines + "\n+ " + (tokens.size() - LINES_MAX);
        letters.send(begin(NoticeKind.N26, "consents", tokens.get(0).consent(), participant, receiver, days).with("consents", told));
    }

    /** N27. */
    void overdue(Receiver receiver, List<UUID> events) {
        Days days = days(receiver);
        ParticipantView participant = participants.get(receiver.participant());
        letters.send(begin(NoticeKind.N27, "consent_events", events.get(0), participant, receiver, days).with("events", String.valueOf(events.size())));
    }

    /** N29, once an hour for a caller. */
    void strangers(Receiver caller, TidingStore.Strange presented) {
        Days days = letters.days(procedures.inForce(presented.procedure(), clock.instant()));
        String name = participants.get(caller.participant()).fullName() + " (" + presented.subsystems() + ")";
        staff.tell(NoticeKind.N29, Desk.UNIT, new Letters.Subject("tiding", presented.id(), String.valueOf(presented.tokens()), "stranger:" + presented.id()), days, caller.contour(),
                language -> Map.of("caller", name, "consents", String.valueOf(presented.tokens()), "since", days.day(presented.since())));
    }

    /** Whatever it is about is told of once a day at most, so that the day makes it another letter. */
    private NewNotice begin(NoticeKind kind, String about, UUID first, ParticipantView participant, Receiver receiver, Days days) {
        Letters.Subject subject = new Letters.Subject(about, first, days.today(), kind + ":" + first + ":" + days.today());
        return letters.begin(kind, subject, participant, days, receiver.contour()).to(addresses(participant)).with("howToAnswer", Letters.word(participant.language(), "answer"));
    }

    private static List<String> addresses(ParticipantView participant) {
        return Letters.addresses(participant).stream().limit(NewNotice.RECIPIENTS_MAX).toList();
    }

    private Days days(Receiver receiver) {
        ConnectionView newest = connections.of(receiver.participant(), receiver.contour()).get(0);
        return letters.days(procedures.inForce(newest.procedure(), clock.instant()));
    }

    private static String line(TidingStore.Expiring token, Language language, Days days) {
        ResourceBundle words = ResourceBundle.getBundle(ConsentLetters.class.getPackageName() + ".words", language.locale(), ConsentLetters.class.getClassLoader(), EXACT_LANGUAGE);
        String used = token.lastUsedAt().map(at -> words.getString("used").formatted(days.day(at))).orElseGet(() -> words.getString("unused"));
        return String.format(Locale.ROOT, "%s: %s, %s, %s", days.lastDay(token.expiresAt()), token.consent(), token.subsystem(), used);
    }
}
