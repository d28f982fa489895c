package org.kopuro.access;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kopuro.access.letters.Days;
import org.kopuro.access.letters.Letters;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.access.procedures.Measure;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.access.staff.Desk;
import org.kopuro.access.staff.Staff;
import org.kopuro.kernel.Language;
import org.kopuro.notices.NewNotice;
import org.kopuro.notices.NoticeKind;
import org.kopuro.participants.ParticipantView;

/**
 * What a participant is told of its connection's events (N11 to N15 and N25, and N07 after a renewal). What answers a request, the request tells; that an agreement
 * has ended, the agreement.
 */
@Dependent
class ConnectionLetters {

    @Inject
    private Letters letters;
    @Inject
    private ConnectionStore store;
    @Inject
    private AnnouncementStore announcements;
    @Inject
    private Staff staff;

    void tell(ConnectionView connection, ConnectionEvent event, ParticipantView participant, Procedure procedure) {
        Days days = letters.days(procedure);
        switch (event) {
            case ANNOUNCE_SUSPENSION -> announce(connection, dueBefore(announced(NoticeKind.N11, connection, participant, days, Measure.SUSPENSION), connection, days,
                    DeadlineRule.ANNOUNCE_SUSPENSION));
            case ANNOUNCE_TERMINATION -> announce(connection, dueBefore(announced(NoticeKind.N15, connection, participant, days, Measure.TERMINATION)
                    .with("agreement", store.agreementNumber(connection).orElseGet(() -> Letters.word(participant.language(), "agreement"))), connection, days,
                    DeadlineRule.ANNOUNCE_TERMINATION));
            case DATE_MOVED -> move(connection, participant, days);
            case WITHDRAW_SUSPENSION, WITHDRAW_TERMINATION -> letters.send(begin(NoticeKind.N12, connection, participant, days)
                    .with("announcement", Letters.word(participant.language(), event == ConnectionEvent.WITHDRAW_SUSPENSION ? "announcement.SUSPENSION" : "announcement.TERMINATION")));
            case SUSPEND, SUSPENSION_DUE -> letters.send(due(with(NoticeKind.N13, connection, participant, days, Measure.SUSPENSION), days, DeadlineRule.TELL_SUSPENSION));
            case FORCE_DISCONNECTION, TERMINATION_DUE, LIQUIDATE, AGREEMENT_NOT_RENEWED -> letters.send(due(with(NoticeKind.N14, connection, participant, days, Measure.DISCONNECTION), days,
                    DeadlineRule.TELL_DISCONNECTION));
            case AGREEMENT_RENEWED -> letters.send(due(begin(NoticeKind.N07, connection, participant, days), days, DeadlineRule.TELL_RESTORATION));
            case CONNECT, RESTORE, DISCONNECT, AGREEMENT_EXPIRED -> { }
        }
    }

    /** Who hears of the connection, and where its request wanted its answers (ACC-81); the same address twice gets one letter. */
    List<String> addresses(ConnectionView connection, ParticipantView participant) {
        List<String> addresses = new ArrayList<>(Letters.addresses(participant));
        store.answerAddress(connection).ifPresent(addresses::add);
        return addresses;
    }

    /** Only what is told takes effect, so each of its letters is remembered with its event. */
    private void announce(ConnectionView connection, NewNotice letter) {
        announcements.add(connection, letters.send(letter));
    }

    /** To the participant, and to the authority's unit. */
    private void move(ConnectionView connection, ParticipantView participant, Days days) {
        boolean suspends = connection.state() == ConnectionState.SUSPENSION_ANNOUNCED;
        Measure measure = suspends ? Measure.SUSPENSION : Measure.TERMINATION;
        String announcement = suspends ? "announcement.SUSPENSION" : "announcement.TERMINATION";
        announce(connection, announced(NoticeKind.N25, connection, participant, days, measure).with("announcement", Letters.word(participant.language(), announcement)));
        staff.tell(NoticeKind.N25, Desk.UNIT, subject(connection), days.procedure(), connection.contour(), language -> Map.of(
                "announcement", Letters.word(language, announcement) + ", " + participant.fullName(), "effectiveDate", days.day(connection.announcedFor().orElseThrow()),
                "grounds", grounds(connection, days.procedure(), measure, language)));
    }

    private static NewNotice dueBefore(NewNotice letter, ConnectionView connection, Days days, DeadlineRule rule) {
        days.lastToTell(rule, connection.announcedFor().orElseThrow()).ifPresent(letter::due);
        return letter;
    }

    private NewNotice announced(NoticeKind kind, ConnectionView connection, ParticipantView participant, Days days, Measure measure) {
        return with(kind, connection, participant, days, measure).with("effectiveDate", days.day(connection.announcedFor().orElseThrow()));
    }

    private NewNotice with(NoticeKind kind, ConnectionView connection, ParticipantView participant, Days days, Measure measure) {
        return begin(kind, connection, participant, days).with("grounds", grounds(connection, days.procedure(), measure, participant.language()));
    }

    private NewNotice begin(NoticeKind kind, ConnectionView connection, ParticipantView participant, Days days) {
        return letters.begin(kind, subject(connection), participant, days, connection.contour())
                // The end of an agreement is told to those who are there for the participant, whoever once asked for the connection (N15).
                .to(kind == NoticeKind.N15 || kind == NoticeKind.N25 && connection.state() != ConnectionState.SUSPENSION_ANNOUNCED ? Letters.addresses(participant) : addresses(connection, participant))
                .with("howToAnswer", Letters.word(participant.language(), "answer"));
    }

    private static Letters.Subject subject(ConnectionView connection) {
        String number = connection.id().value().toString().substring(0, 8) + "/" + connection.events();
        return new Letters.Subject("connection", connection.id().value(), number, "connection:" + connection.id().value() + ":" + connection.events());
    }

    private static NewNotice due(NewNotice letter, Days days, DeadlineRule rule) {
        days.due(rule).ifPresent(letter::due);
        return letter;
    }

    /** The procedure's words for the ground, where there is one, and the official's. */
    private static String grounds(ConnectionView connection, Procedure procedure, Measure measure, Language language) {
        Optional<String> listed = connection.ground().flatMap(code -> procedure.ground(measure, code)).map(ground -> ground.texts().get(language) + " (" + ground.source() + ")");
        return listed.map(text -> text + ". " + connection.reason()).orElse(connection.reason());
    }
}
