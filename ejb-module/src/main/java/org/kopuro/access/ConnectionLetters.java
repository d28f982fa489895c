package org.kopuro.access;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import org.kopuro.access.letters.Days;
import org.kopuro.access.letters.Letters;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.access.procedures.Measure;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.kernel.Language;
import org.kopuro.notices.NewNotice;
import org.kopuro.notices.NoticeKind;
import org.kopuro.participants.ParticipantView;

/**
 * What a participant is told of its connection's events (N11 to N15, and N07 after a renewal). What answers a request, the request tells; that an agreement
 * has ended, the agreement.
 */
@Dependent
class ConnectionLetters {

    @Inject
    private Letters letters;

    void tell(ConnectionView connection, ConnectionEvent event, ParticipantView participant, Procedure procedure) {
        Days days = letters.days(procedure);
        switch (event) {
            case ANNOUNCE_SUSPENSION -> letters.send(announced(NoticeKind.N11, connection, participant, days, Measure.SUSPENSION));
            case ANNOUNCE_TERMINATION -> letters.send(announced(NoticeKind.N15, connection, participant, days, Measure.TERMINATION)
                    .with("agreement", Letters.word(participant.language(), "agreement")));
            case WITHDRAW_SUSPENSION, WITHDRAW_TERMINATION -> letters.send(begin(NoticeKind.N12, connection, participant, days)
                    .with("announcement", Letters.word(participant.language(), event == ConnectionEvent.WITHDRAW_SUSPENSION ? "announcement.SUSPENSION" : "announcement.TERMINATION")));
            case SUSPEND, SUSPENSION_DUE -> letters.send(due(with(NoticeKind.N13, connection, participant, days, Measure.SUSPENSION), days, DeadlineRule.TELL_SUSPENSION));
            case FORCE_DISCONNECTION, TERMINATION_DUE, LIQUIDATE, AGREEMENT_NOT_RENEWED -> letters.send(due(with(NoticeKind.N14, connection, participant, days, Measure.DISCONNECTION), days,
                    DeadlineRule.TELL_DISCONNECTION));
            case AGREEMENT_RENEWED -> letters.send(due(begin(NoticeKind.N07, connection, participant, days), days, DeadlineRule.TELL_RESTORATION));
            case CONNECT, RESTORE, DISCONNECT, AGREEMENT_EXPIRED -> { }
        }
    }

    private NewNotice announced(NoticeKind kind, ConnectionView connection, ParticipantView participant, Days days, Measure measure) {
        return with(kind, connection, participant, days, measure).with("effectiveDate", days.day(connection.announcedFor().orElseThrow()));
    }

    private NewNotice with(NoticeKind kind, ConnectionView connection, ParticipantView participant, Days days, Measure measure) {
        return begin(kind, connection, participant, days).with("grounds", grounds(connection, days.procedure(), measure, participant.language()));
    }

    private NewNotice begin(NoticeKind kind, ConnectionView connection, ParticipantView participant, Days days) {
        String number = connection.id().value().toString().substring(0, 8) + "/" + connection.events();
        Letters.Subject subject = new Letters.Subject("connection", connection.id().value(), number, "connection:" + connection.id().value() + ":" + connection.events());
        return letters.begin(kind, subject, participant, days, connection.contour()).to(Letters.addresses(participant))
                .with("howToAnswer", Letters.word(participant.language(), "answer"));
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
